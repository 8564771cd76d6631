"""A quantity as people say it."""

from maillage.common.numbers import number_in_words
from maillage.resources.nomenclature import Period, Unit


def quantity_in_words(record) -> str:
    """Write the quantity of a card or of a synergy (with its unit and period): « 120 t par an », or nothing."""
    if record.quantity is None:
        return ""
    return "\N{NO-BREAK SPACE}".join(word for word in (number_in_words(record.quantity), unit_in_words(record)) if word)


def unit_in_words(record) -> str:
    """Write what the quantity of a card or of a synergy counts, and over what time: « t par an », or nothing."""
    unit = dict(Unit.choices).get(record.unit, record.unit)
    period = "" if record.period in ("", Period.ONCE) else Period(record.period).label
    return "\N{NO-BREAK SPACE}".join(str(word) for word in (unit, period) if word)
