"""The door by which the application has a line read."""

from decimal import Decimal
from typing import Any

from maillage.engine import parse
from maillage.engine.amounts import period_of, unit_of
from maillage.engine.words import fold
from maillage.resources.nomenclature import Category, Direction


def understand(text: str, side: str | None = None) -> dict[str, Any]:
    """
    Read a line and return what it says of a card, as the fields of `maillage.resources.models.Resource`.

    ``side`` is a value of `Direction`, believed over what the line says.
    """
    line = parse(text, side=Direction(side).value if side else None)
    return {
        "direction": line.side,
        "text": " ".join(text.split())[:500],
        "title": _titled(line.phrase),
        "category": line.category or Category.OTHER.value,
        "synergy_type": line.synergy_type,
        "quantity": None if not line.quantity else Decimal(str(round(line.quantity, 3))),
        "unit": line.unit if line.quantity else "",
        "period": line.period,
        "regularity": line.regularity,
        "is_hazardous": line.hazardous,
    }


def understand_unit(word: str) -> str:
    """Return the unit that a word written alone names (a cell of a spreadsheet), or nothing."""
    return unit_of(fold(word))


def understand_period(word: str) -> str:
    """Return the period that a word written alone names (a cell of a spreadsheet), or nothing."""
    return period_of(fold(word))


def _titled(phrase: str) -> str:
    return (phrase[:1].upper() + phrase[1:])[:160]
