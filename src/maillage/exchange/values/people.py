"""What is written of companies and people: e-mails, telephones, headcounts."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from maillage.common.text import fold
from maillage.exchange.spreadsheets.sheet import Cell, as_text
from maillage.exchange.values.reading import NOTHING, Reading, doubtful, refused

_EMAIL = re.compile(r"[^\s<>;,/()\[\]]+@[^\s<>;,/()\[\]]+")
_ABSENT = {
    "-",
    "--",
    "/",
    "?",
    "nc",
    "n/c",
    "na",
    "n/a",
    "neant",
    "aucun",
    "aucune",
    "inconnu",
    "non renseigne",
    "none",
}
_BANDS = (
    (0, "00"), (2, "01"), (5, "02"), (9, "03"), (19, "11"), (49, "12"), (99, "21"), (199, "22"), (249, "31"),
    (499, "32"), (999, "41"), (1999, "42"), (4999, "51"), (9999, "52"),
)  # fmt: skip
LARGEST_BAND = "53"


def is_absent(text: str) -> bool:
    """Tell whether a cell says, in words, that there is nothing to say."""
    return fold(text) in _ABSENT


def read_email(cell: Cell) -> Reading[str]:
    """Read an e-mail address; the first one when a cell holds several."""
    text = as_text(cell).removeprefix("mailto:").strip("<>.;, ")
    if not text or is_absent(text):
        return NOTHING
    if _is_email(text):
        return Reading(text.lower())
    found = [address for address in _EMAIL.findall(text) if _is_email(address.strip("."))]
    if found:
        address = found[0].strip(".").lower()
        return doubtful(address, "several_emails", address) if len(found) > 1 else Reading(address)
    return refused("email_wrong", _mended(text))


def read_phone(cell: Cell) -> Reading[str]:
    """Read a telephone number, French or foreign; the first one when a cell holds several."""
    text = as_text(cell).lstrip("'")
    if not text or is_absent(text):
        return NOTHING
    for part in re.split(r"\s*(?:/|;|,|\bou\b|\bor\b|\n)\s*", text):
        digits = re.sub(r"\D", "", part.replace("(0)", ""))
        foreign = part.strip().startswith(("+", "00")) and not digits.removeprefix("00").startswith("33")
        if foreign and 8 <= len(digits) <= 15:
            return Reading(part.strip()[:40])
        national = re.sub(r"^(?:0033|33)(?=[1-9]\d{8}$)", "", digits)
        if len(national) == 9 and national[0] in "123456789":
            national = f"0{national}"
        if len(national) == 10 and national[0] == "0" and national[1] != "0":
            return Reading(" ".join(national[at : at + 2] for at in range(0, 10, 2)))
    return refused("phone_wrong")


def read_headcount(cell: Cell) -> Reading[str]:
    """Read a headcount as a band of INSEE: « 50 », « 20-49 », « une cinquantaine » is not understood."""
    if isinstance(cell, date):
        # 10-19 typed in a cell becomes October 2019, or the tenth of some month.
        return refused("headcount_date", f"{cell.month} à {cell.year % 100}" if cell.day == 1 else "")
    text = fold(as_text(cell)).replace("\u202f", "").replace("\xa0", "")
    if not text or is_absent(text):
        return NOTHING
    numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"(?<=\d)[ .](?=\d{3}\b)", "", text))]
    if re.search(r"\d[.,]\d", text) and len(numbers) == 2:
        numbers = numbers[:1]
    if not numbers or len(numbers) > 2:
        return (
            Reading("00") if text.startswith(("aucun", "sans salarie", "no employee")) else refused("headcount_unclear")
        )
    return Reading(_band(_typical(numbers, text)))


def _typical(numbers: list[int], text: str) -> int:
    """The number that says the band: the low end of a range, one under « less than », one over « more than »."""
    if len(numbers) == 2:
        return min(numbers)
    if text.startswith(("<", "moins", "less", "under", "inferieur")):
        return max(0, numbers[0] - 1)
    if text.startswith((">", "plus", "more", "over", "+")) or text.endswith("+"):
        return numbers[0] + 1
    return numbers[0]


def _band(number: int) -> str:
    return next((code for most, code in _BANDS if number <= most), LARGEST_BAND)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _mended(text: str) -> str:
    """What the address probably was, or nothing."""
    tried = re.sub(r"\s*(?:\(at\)|\[at\]|\(a\)|\bat\b|\barobase\b)\s*", "@", text, flags=re.IGNORECASE)
    tried = re.sub(r"\s+", "", fold(tried)).replace(",", ".").replace("@@", "@").replace("..", ".").rstrip(".")
    if "@" in tried and "." not in tried.rpartition("@")[2]:
        tried = re.sub(r"(fr|com|org|net|eu|bzh)$", r".\1", tried)
    return tried if _is_email(tried) else ""
