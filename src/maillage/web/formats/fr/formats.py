"""French as it is printed: narrow no-break spaces between thousands, the first of the month as « 1er »."""

THOUSAND_SEPARATOR = "\N{NARROW NO-BREAK SPACE}"
DECIMAL_SEPARATOR = ","
NUMBER_GROUPING = 3
DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
