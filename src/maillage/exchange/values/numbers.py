"""Numbers as people write them: decimal commas, spaces between thousands, « environ », ranges, units in the cell."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from maillage.common.text import fold
from maillage.exchange.spreadsheets.sheet import Cell, as_text
from maillage.exchange.values.reading import NOTHING, Reading, doubtful, refused
from maillage.exchange.values.words import PERIODS, UNITS

SPACES = re.compile("[\\s\u00a0\u202f\u2009'’]")
_NUMBER = r"\d+(?:[ \u00a0\u202f\u2009'’]\d{3})*(?:[.,]\d+)*"
_ABOUT = re.compile(
    r"^(?:~|≈|±|env(?:iron)?\.?|about|approx\.?|ca\.?|plus de|moins de|<|>|max\.?|min\.?)\s*", re.IGNORECASE
)
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|à|a|to|/|et)\s*({_NUMBER})(.*)", re.IGNORECASE)
_SINGLE = re.compile(rf"(-?{_NUMBER})(.*)", re.DOTALL)
# One separator followed by exactly three figures: thousands for some, decimals for others.
_UNCLEAR = re.compile(r"\d{1,3}[.,]\d{3}")
_PER = re.compile(r"\s*(?:/|par|per|chaque|each)\s*", re.IGNORECASE)
MOST = Decimal(10) ** 10


class Quantity(NamedTuple):
    """A number with the unit and the period written beside it, if any."""

    number: Decimal
    unit: str = ""
    period: str = ""


def read_quantity(cell: Cell) -> Reading[Quantity]:
    """Read « 12 », « 1 234,5 t/an », « ~300 », « 10 à 20 palettes par mois »."""
    if cell is None or isinstance(cell, bool):
        return NOTHING
    if isinstance(cell, int | float | Decimal):
        return _positive(Decimal(str(cell)), "")
    text = _ABOUT.sub("", as_text(cell))
    if match := _RANGE.fullmatch(text):
        low, high = decimal(match[1]), decimal(match[2])
        if low is not None and high is not None and low < high:
            middle = (low + high) / 2
            reading = _positive(middle, match[3])
            return reading if reading.problem else doubtful(reading.value, "range", written(middle))
    if match := _SINGLE.fullmatch(text):
        number = decimal(match[1])
        if number is not None:
            reading = _positive(number, match[2])
            if not reading.problem and _UNCLEAR.fullmatch(match[1]):
                return doubtful(reading.value, "unclear_number", written(number))
            return reading
    return refused("not_a_number")


def read_whole(cell: Cell, *, most: int) -> Reading[int]:
    """Read a small whole number: a table, a round."""
    text = as_text(cell)
    if not text:
        return NOTHING
    match = re.fullmatch(r"\D{0,12}?(\d{1,4})\D{0,3}", text)
    if match is None or not 0 < int(match[1]) <= most:
        return refused("not_a_small_number", most=most)
    return Reading(int(match[1]))


def read_money(cell: Cell) -> Reading[Decimal]:
    """Read an amount of euros: « 1 200 € », « 1,2 k€ »."""
    text = as_text(cell)
    if not text:
        return NOTHING
    if isinstance(cell, int | float):
        number, rest = Decimal(str(cell)), ""
    else:
        match = _SINGLE.fullmatch(_ABOUT.sub("", re.sub(r"^[€$]\s*|^eur\s*", "", text, flags=re.IGNORECASE)))
        number, rest = (decimal(match[1]), fold(match[2])) if match else (None, "")
    if number is None or not 0 <= number < MOST:
        return refused("not_a_number")
    return Reading(number * (1000 if re.match(r"\s*k", rest) else 1))


def decimal(text: str) -> Decimal | None:
    """Read a number whatever its separators; the last of two different ones marks the decimals."""
    bare = SPACES.sub("", text)
    if "," in bare and "." in bare:
        thousands = "." if bare.rindex(",") > bare.rindex(".") else ","
        bare = bare.replace(thousands, "")
    elif bare.count(",") > 1 or bare.count(".") > 1:
        bare = bare.replace(",", "").replace(".", "")
    try:
        return Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None


def written(number: Decimal) -> str:
    """Write a number as a French cell holds it."""
    return f"{number.normalize():f}".replace(".", ",")


def measure(text: str) -> tuple[str, str]:
    """Read a unit and a period: « t/an », « palettes par mois », « m3 ». Empty texts for what is not known."""
    parts = [fold(part).strip(" .()") for part in _PER.split(text.strip(" .()"), maxsplit=1)]
    unit = UNITS.get(parts[0], "")
    period = PERIODS.get(parts[-1], "") if len(parts) > 1 or not unit else ""
    return unit, period


def _positive(number: Decimal, rest: str) -> Reading[Quantity]:
    if number <= 0:
        return refused("not_positive")
    if number >= MOST:
        return refused("not_a_number")
    return Reading(Quantity(round(number, 3), *measure(rest)))
