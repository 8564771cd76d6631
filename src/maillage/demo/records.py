"""Rows made in memory, then written together: the same names give the same rows on every machine."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import models

Row = TypeVar("Row", bound=models.Model)

NAMESPACE = uuid5(NAMESPACE_URL, "https://maillage.example/demonstration")
FRANCE = ZoneInfo("Europe/Paris")
BATCH = 2000
FRIDAY = 4


def identifier(*names: object) -> UUID:
    """Return the identifier that these names always have."""
    return uuid5(NAMESPACE, "/".join(map(str, names)))


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant of that day, French time."""
    return datetime.combine(day, time(hour, minute), FRANCE)


def workday(day: date) -> date:
    """Return that day, or the Friday before it: nobody calls a company on a Sunday."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


class Shelf:
    """The rows of one load, by model, in the order in which they were made."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], list] = defaultdict(list)

    def put(self, row: Row) -> Row:
        self._rows[type(row)].append(row)
        return row

    def join(self, many: models.Manager, **ends: UUID) -> None:
        """Tie two records of a many-to-many field; ``ends`` are the columns of its table."""
        self.put(many.through(**ends))

    def of(self, model: type[Row]) -> list[Row]:
        return self._rows[model]

    def all(self) -> list[list]:
        """Return the rows, one list a model."""
        return list(self._rows.values())

    def write(self) -> None:
        """Insert everything. Call it in a transaction: foreign keys are checked at its end, whatever the order."""
        for model, rows in self._rows.items():
            model.objects.bulk_create(rows, batch_size=BATCH)

    def digest(self) -> str:
        """Return a fingerprint of every value of every row, but for the numbers that the database gives."""
        seen = hashlib.sha256()
        for model, rows in self._rows.items():
            names = [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
            for row in rows:
                seen.update(repr([getattr(row, name) for name in names]).encode())
        return seen.hexdigest()
