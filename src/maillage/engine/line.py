"""
Read a line as people speak: « on jette ~300 palettes 80x120 / mois », « looking for 3 t clean cotton rags a year ».

What is read is taken out of the line: the side, the amount with its unit and period, what is said of regularity. What
is left is the resource. The vocabulary is in the tables of `maillage.engine.knowledge`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from maillage.engine import knowledge
from maillage.engine.amounts import Amount, Span, alternatives, read_amount
from maillage.engine.items import Side
from maillage.engine.words import fold

#: Nobody says more in one breath; the rest of a longer line is left out.
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """What was understood of a line. Codes are those of the nomenclature, empty when nothing was said of it."""

    side: Side
    phrase: str
    quantity: float | None
    unit: str
    period: str
    category: str
    synergy_type: str
    hazardous: bool
    regularity: str


_MONTH = (
    r"(?:janv(?:ier)?|fev(?:r(?:ier)?)?|mars|avril|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?"
    r"|dec(?:embre)?|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_MONTHS = re.compile(rf"\b(?:de |d'|from )?{_MONTH}\.? ?(?:-|a|to) ?{_MONTH}\b")
_LEADING = re.compile(
    r"^(?:[\s,;:.\-/~=]+|(?:de la|de l'|du|des|de|le|la|les|un|une|of|the|some|an|a|and|et|ou|en|x)\s+|[dl]'\s*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s+(?:de|d'|du|des|à|a|en|par|of|per|et|and|pour|for|environ|env|ou)|[\s,;:.\-/~(+]+)+$", re.IGNORECASE
)
_ORDER_OF_SIDES = ("POOL", "NEED", "OFFER")
_ORDER_OF_REGULARITIES = ("SEASONAL", "STOCK", "ONE_OFF", "REGULAR")


def parse(text: str, *, side: Side | None = None) -> Line:
    """
    Read one line, in French or English; ``side``, when given, is believed over what the line says.

    Quantities are turned into the units of the nomenclature (a quintal is 0.1 t) and into its periods (so much a
    quarter is four times as much a year). A line that names no side is an offer; an amount without a period happens
    once.
    """
    shown = unicodedata.normalize("NFC", " ".join(text.split()))[:LONGEST_LINE]
    folded = fold(shown)
    said_side, side_spans = _find(folded, knowledge.sides(), _ORDER_OF_SIDES)
    said_regularity, regularity_spans = _find(folded, knowledge.regularities(), _ORDER_OF_REGULARITIES)
    amount = read_amount(folded)
    chosen = side or cast(Side, said_side or "OFFER")
    phrase = _without(shown, [*side_spans, *regularity_spans, *amount.spans]) or shown
    hint = _hint(fold(phrase))
    return Line(
        side=chosen,
        phrase=phrase,
        quantity=amount.quantity,
        unit=amount.unit,
        period=amount.period,
        category=hint.category,
        synergy_type=hint.synergy_type or ("POOLING" if chosen == "POOL" else ""),
        hazardous=hint.is_hazardous,
        regularity=_regularity(folded, said_regularity, amount),
    )


def _find(folded: str, phrases: Mapping[str, knowledge.Phrase], order: tuple[str, ...]) -> tuple[str, list[Span]]:
    """Find which code the line names, the first in ``order``, and the words to take out of it."""
    found = [(phrases[match[0]], match.span()) for match in _matcher(tuple(phrases)).finditer(folded)]
    said = {phrase.code for phrase, _span in found}
    code = next((code for code in order if code in said), "")
    return code, [span for phrase, span in found if not phrase.is_kept]


@lru_cache(maxsize=4)
def _matcher(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{alternatives(phrases)})(?:(?<=')|(?![a-z0-9]))")


def _regularity(folded: str, said: str, amount: Amount) -> str:
    if _MONTHS.search(folded) and said in {"", "REGULAR"}:
        return "SEASONAL"
    return said or ("REGULAR" if amount.is_repeated else "")


def _without(shown: str, spans: list[Span]) -> str:
    """Take the spans out of the line and tidy what is left."""
    for start, end in sorted(spans, reverse=True):
        shown = f"{shown[:start]} \0 {shown[end:]}"
    parts = (_TRAILING.sub("", _LEADING.sub("", part.strip())) for part in shown.split("\0"))
    phrase = " ".join(part for part in parts if part)
    phrase = phrase if phrase.count("(") == phrase.count(")") else re.sub(r"\s*[()]", "", phrase)
    return re.sub(r"\s+([,;.])", r"\1", _TRAILING.sub("", _LEADING.sub("", phrase))).strip()


def _hint(folded: str) -> knowledge.Hint:
    """Guess what the resource is from its most telling word; between equals, the first said."""
    found = [knowledge.hints()[match[0]] for match in _matcher(tuple(knowledge.hints())).finditer(folded)]
    hazardous = any(hint.is_hazardous for hint in found)
    best = max(found, key=lambda hint: hint.weight, default=knowledge.Hint("", "", False, 0))
    return knowledge.Hint(best.category, best.synergy_type, hazardous, best.weight)
