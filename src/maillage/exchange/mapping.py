"""Propose which column means what, and remember what a territory answered for the same headings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from maillage.common.errors import RuleBroken
from maillage.exchange.fields import FIELDS, Kind, vocabulary
from maillage.exchange.models import RememberedMapping
from maillage.exchange.spreadsheets.content import guess
from maillage.exchange.spreadsheets.headings import meanings
from maillage.exchange.spreadsheets.sheet import Sheet

#: {field: column}, columns counted from 0.
Mapping = dict[str, int]

# Surer than this, a column is said to be understood; below, it is said to be guessed.
SURE = 0.8
REMEMBERED = 1.0


class IncompleteMapping(RuleBroken):
    """A column that the import cannot do without has not been named."""


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column is taken for: ``field`` is empty when it is left aside; ``confidence`` goes from 0 to 1."""

    column: int
    heading: str
    samples: list[str]
    field: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class MappingProposal:
    """Every column of a file with what it is taken for."""

    columns: list[ColumnGuess]
    is_remembered: bool = False

    @property
    def mapping(self) -> Mapping:
        return {guess.field: guess.column for guess in self.columns if guess.field}


def propose_mapping(sheet: Sheet, kind: str, territory=None) -> MappingProposal:
    """Propose a field for each column of a sheet: as the territory said last time, or from headings and contents."""
    remembered = _recall(sheet, kind, territory)
    found = {column: (field, REMEMBERED) for field, column in remembered.items()} if remembered else _match(sheet, kind)
    columns = [
        ColumnGuess(column, heading, sheet.samples(column), *found.get(column, ("", 0.0)))
        for column, heading in sheet.columns()
    ]
    return MappingProposal([guess for guess in columns if guess.heading or guess.samples], bool(remembered))


def remember(*, territory, kind: str, signature: str, mapping: Mapping, at: datetime) -> None:
    """Keep what a territory said of these headings, so that nobody maps them twice."""
    RememberedMapping.objects.update_or_create(
        territory=territory, kind=kind, signature=signature, defaults={"mapping": mapping, "updated_at": at}
    )


def require_complete(kind: str, mapping: Mapping) -> None:
    """
    Refuse a mapping without the columns that make a row.

    :raises IncompleteMapping: nothing says which company, or which resource.
    """
    if "company" not in mapping and "siret" not in mapping:
        raise IncompleteMapping(_("Say which column holds the name of the company, or its SIRET."))
    if kind == Kind.PARTICIPANTS and "company" not in mapping:
        raise IncompleteMapping(_("Say which column holds the name of the company."))
    if kind == Kind.RESOURCES and not mapping.keys() & {"text", "offer_text", "need_text", "pool_text"}:
        raise IncompleteMapping(_("Say which column holds the resource, in one line."))


def _recall(sheet: Sheet, kind: str, territory) -> Mapping:
    if territory is None:
        return {}
    known = RememberedMapping.objects.filter(territory=territory, kind=kind, signature=sheet.signature).first()
    fields = {field.key for field in FIELDS[kind]}
    return {field: column for field, column in known.mapping.items() if field in fields} if known else {}


def _match(sheet: Sheet, kind: str) -> dict[int, tuple[str, float]]:
    """Give each field to the column that fits it best, each column one field at most, the surest first."""
    words = vocabulary(kind)
    pairs = []
    for column, heading in sheet.columns():
        pairs += [(meaning.confidence, -column, meaning.field) for meaning in meanings(heading, words)]
        if seen := guess([row.cell(column) for row in sheet.rows[:50]]):
            pairs.append((0.7, -column, seen))
    return _assign(sorted(pairs, reverse=True), {field.key for field in FIELDS[kind]})


def _assign(pairs: list[tuple[float, int, str]], fields: set[str]) -> dict[int, tuple[str, float]]:
    taken: dict[int, tuple[str, float]] = {}
    given = set()
    for confidence, negative_column, field in pairs:
        column = -negative_column
        if field in fields and column not in taken and field not in given:
            taken[column] = (field, confidence)
            given.add(field)
    return taken
