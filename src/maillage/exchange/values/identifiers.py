"""Company numbers, activity and waste codes, as spreadsheets mangle them."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from maillage.common.identifiers import is_siren, is_siret
from maillage.exchange.spreadsheets.sheet import Cell, as_text
from maillage.exchange.values.reading import NOTHING, Reading, doubtful, refused

_SCIENTIFIC = re.compile(r"\d[.,]\d+\s?e\+?\d{1,2}", re.IGNORECASE)
_LABEL = re.compile(r"^(?:n[°o]?\s*)?(?:siret|siren|rcs)\s*(?:n[°o])?\s*:?\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\u00a0\u202f\u2009.\-_/']")
_NAF = re.compile(r"(\d{2})[.,\s]?(\d{2})\s?([A-Za-z])\b")
_WASTE = re.compile(r"(\d{1,2})[\s.]?(\d{2})[\s.]?(\d{2})\s?\*?")


class Numbers(NamedTuple):
    """The SIRET of a site and the SIREN of its company; each may be missing."""

    siret: str | None
    siren: str | None


def read_siret(cell: Cell) -> Reading[Numbers]:
    """Read a SIRET with spaces, made a number, without its first zero; or the SIREN alone."""
    text = _LABEL.sub("", as_text(cell).lstrip("'"))
    if not text or text in {"-", "/", "?", "nc", "NC", "n/a", "N/A"}:
        return NOTHING
    if _SCIENTIFIC.fullmatch(text):
        return _from_scientific(text)
    digits = _SEPARATORS.sub("", re.sub(r"[.,]0+$", "", text))
    if not (digits.isascii() and digits.isdigit()):
        return refused("siret_letters", is_blocking=True)
    if len(digits) == 14:
        return _whole(digits) if is_siret(digits) else refused("siret_wrong", is_blocking=True)
    return _short(digits)


def read_siren(cell: Cell) -> Reading[str]:
    """Read a SIREN, or the SIREN of a SIRET written in its place."""
    reading = read_siret(cell)
    if reading.value is None:
        return Reading(None, reading.problem)
    return Reading(reading.value.siren)


def read_activity(cell: Cell, known: Container[str]) -> Reading[str]:
    """Read a NAF code with or without its dot, alone or before its label."""
    text = as_text(cell)
    if not text:
        return NOTHING
    match = _NAF.search(text)
    code = f"{match[1]}.{match[2]}{match[3].upper()}" if match else ""
    return Reading(code) if code in known else refused("unknown_activity")


def read_waste_code(cell: Cell, known: Container[str]) -> Reading[str]:
    """Read a code of the European List of Waste, with spaces, dots or a star, or without its first zero."""
    text = as_text(cell)
    if not text:
        return NOTHING
    match = _WASTE.match(text)
    code = f"{int(match[1]):02d}{match[2]}{match[3]}" if match else ""
    return Reading(code) if code in known else refused("unknown_waste_code")


def spaced(siret: str) -> str:
    """Write a SIRET as people read it: 362 521 879 00034."""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}".strip()


def _whole(siret: str) -> Reading[Numbers]:
    return Reading(Numbers(siret, siret[:9]))


def _short(digits: str) -> Reading[Numbers]:
    for padded in (digits.zfill(14), digits.zfill(9)):
        if 2 < len(padded) - len(digits):
            continue
        if len(padded) == 14 and is_siret(padded):
            return doubtful(Numbers(padded, padded[:9]), "siret_zero", spaced(padded))
        if len(padded) == 9 and is_siren(padded):
            return doubtful(Numbers(None, padded), "siren_only")
    return refused("siret_length", is_blocking=True, count=len(digits))


def _from_scientific(text: str) -> Reading[Numbers]:
    """A SIRET shown as 3,62522E+13 has lost figures, unless those that are left make a valid one."""
    mantissa, exponent = re.split("e\\+?", text.replace(",", ".").replace(" ", ""), flags=re.IGNORECASE)
    whole, _dot, rest = mantissa.partition(".")
    digits = whole + rest.ljust(int(exponent), "0") if len(rest) <= int(exponent) else ""
    if len(digits) == 14 and is_siret(digits) and len(rest) >= 9:
        return _whole(digits)
    if len(digits) == 14 and len(rest) >= 8 and is_siren(digits[:9]):
        return doubtful(Numbers(None, digits[:9]), "siret_rounded")
    return refused("siret_rounded", is_blocking=True)
