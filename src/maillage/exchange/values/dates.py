"""Dates as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from maillage.common.text import fold
from maillage.exchange.spreadsheets.sheet import Cell, as_text
from maillage.exchange.values.reading import NOTHING, Reading, doubtful, refused

# Day 0 of spreadsheet programs, their leap year of 1900 included.
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(36526, 73051)  # 1 January 2000 to 31 December 2099
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars march mar", "avril avr april apr",
            "mai may", "juin june jun", "juillet juil july jul", "aout august aug", "septembre sept sep september",
            "octobre oct october", "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t].*)?")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})(?:[ t,].*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_WORDS = re.compile(r"(?:le |the |on )?(?:[a-z]+day |lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )?(.*)")


def read_date(cell: Cell) -> Reading[date]:
    """Read a date in figures or in words, day first; a serial number of a spreadsheet; a month, from its first day."""
    if cell is None or isinstance(cell, bool):
        return NOTHING
    if isinstance(cell, datetime):
        return Reading(cell.date())
    if isinstance(cell, date):
        return Reading(cell)
    text = fold(as_text(cell))
    if not text:
        return NOTHING
    if re.fullmatch(r"\d{5}", text):
        return Reading(EXCEL_EPOCH + timedelta(days=int(text))) if int(text) in SERIALS else refused("not_a_date")
    return _from_figures(text) or _from_words(text) or refused("not_a_date")


def _from_figures(text: str) -> Reading[date] | None:
    if match := _ISO.fullmatch(text):
        return _made(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH_YEAR.fullmatch(text):
        return _made(int(match[2]), int(match[1]), 1)
    if match := _FIGURES.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), _full_year(int(match[3]))
        if month > 12 >= day:
            made = _made(year, day, month)
            return doubtful(made.value, "month_first", made.value.strftime("%d/%m/%Y")) if made and made.value else made
        return _made(year, month, day)
    return None


def _from_words(text: str) -> Reading[date] | None:
    found = _WORDS.fullmatch(text)
    words = re.findall(r"\d+|[a-z]+", (found[1] if found else text).replace("1er", "1"))
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    numbers = [int(word) for word in words if word.isdigit()]
    if month is None or not numbers or len(words) > 5:
        return None
    year = _full_year(numbers[-1])
    if len(numbers) == 1:
        return _made(year, month, 1) if numbers[0] > 1000 else None
    return _made(year, month, numbers[0])


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def _made(year: int, month: int, day: int) -> Reading[date] | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return refused("not_a_date")
    return Reading(made) if 1990 <= made.year <= 2100 else refused("not_a_date")
