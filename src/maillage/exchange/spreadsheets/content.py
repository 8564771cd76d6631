"""Guess what a column holds from its cells, when its heading says nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maillage.common.identifiers import is_siret
from maillage.exchange.spreadsheets.sheet import Cell, as_text

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_NAF = re.compile(r"\d{2}\.?\d{2}\s?[A-Z]", re.IGNORECASE)
_PHONE = re.compile(r"(\+33|0)\s?[1-9]([\s.-]?\d{2}){4}")
_POSTAL = re.compile(r"\d{5}")

SHAPES = (
    ("siret", lambda text: is_siret(re.sub(r"\D", "", text))),
    ("email", lambda text: _EMAIL.fullmatch(text) is not None),
    ("activity", lambda text: _NAF.fullmatch(text) is not None),
    ("phone", lambda text: _PHONE.fullmatch(text) is not None),
    ("postal_code", lambda text: _POSTAL.fullmatch(text) is not None),
)
# Enough to be sure, few enough to forgive broken cells.
SHARE = 0.7


def guess(cells: Sequence[Cell]) -> str:
    """Return the field whose shape most of the cells have, or an empty text."""
    texts = [text for cell in cells if (text := as_text(cell))]
    if len(texts) < 2:
        return ""
    for field, fits in SHAPES:
        if sum(map(fits, texts)) >= SHARE * len(texts):
            return field
    return ""
