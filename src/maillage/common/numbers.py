"""Numbers as the language writes them."""

from decimal import Decimal

from django.utils import formats

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


def number_in_words(value, decimals: int | None = None) -> str:
    """
    Write a number as the language in force does: 4 038 in French, 4,038 in English; nothing for None.

    Decimals are those given, or as many as the value has, two at most.
    """
    if value is None or value == "":
        return ""
    value = Decimal(str(value))
    if decimals is None:
        value = round(value, 2).normalize()
        decimals = max(0, -int(value.as_tuple().exponent))
    text = formats.number_format(value, decimals, use_l10n=True, force_grouping=True)
    return text.replace("\xa0", NARROW_SPACE)
