"""What an import makes and changes, gathered in memory, then written in bulk and remembered for undo."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from maillage.exchange.models import ImportBatch, ImportedRecord
from maillage.organisations.models import Company, Consent, Contact, Site
from maillage.resources.models import Resource
from maillage.workshops.models import Participation, WorkshopResource

#: What an import may write, each after what it leans on.
WRITTEN: tuple[type[models.Model], ...] = (
    Company,
    Site,
    Contact,
    Consent,
    Participation,
    Resource,
    WorkshopResource,
)
BATCH = 500
# Written by any later act on the record, even one that changes nothing else.
NOT_COMPARED = {"updated_at"}


class Changes:
    """The records made and changed since the last `write`, and the identifiers of all those before."""

    def __init__(self) -> None:
        self.made: dict[type[models.Model], list[UUID]] = defaultdict(list)
        self.changed: dict[type[models.Model], dict[UUID, dict[str, tuple[Any, Any]]]] = defaultdict(dict)
        self.count = 0
        self._fresh: dict[UUID, models.Model] = {}
        self._pending: dict[type[models.Model], dict[UUID, dict[str, Any]]] = defaultdict(dict)
        self._ours: set[UUID] = set()

    def make(self, record: models.Model) -> None:
        """Add a record to be made."""
        self.count += 1
        self._fresh[record.pk] = record
        self._ours.add(record.pk)
        self.made[type(record)].append(record.pk)

    def change(self, model: type[models.Model], pk: UUID, field: str, before: Any, after: Any) -> None:
        """Change a field of a record, whether this import made it or found it."""
        self.count += 1
        if fresh := self._fresh.get(pk):
            setattr(fresh, field, after)
            return
        self._pending[model].setdefault(pk, {})[field] = after
        if pk not in self._ours:
            fields = self.changed[model].setdefault(pk, {})
            fields[field] = (fields[field][0] if field in fields else before, after)

    def write(self) -> None:
        """Write what is pending, in a number of queries that does not depend on how many rows there are."""
        for model in WRITTEN:
            records = [record for record in self._fresh.values() if type(record) is model]
            model._default_manager.bulk_create(records, batch_size=BATCH)
            if pending := self._pending.get(model):
                self._update(model, pending)
        self.forget()

    def forget(self) -> None:
        """Leave what is pending unwritten."""
        self._fresh.clear()
        self._pending.clear()

    def remember(self, batch: ImportBatch) -> None:
        """Write down, for undo, what was made and what was changed."""
        ImportedRecord.objects.bulk_create(self._records(batch), batch_size=BATCH)

    def _records(self, batch: ImportBatch) -> Iterator[ImportedRecord]:
        for model in WRITTEN:
            label = model._meta.label_lower
            for pk, digest in digests(model, self.made[model]):
                yield ImportedRecord(batch=batch, object_type=label, object_id=pk, after={"digest": digest})
            for pk, fields in self.changed[model].items():
                yield ImportedRecord(
                    batch=batch,
                    object_type=label,
                    object_id=pk,
                    before={field: plain(before) for field, (before, _after) in fields.items()},
                    after={field: plain(after) for field, (_before, after) in fields.items()},
                )

    def _update(self, model: type[models.Model], pending: dict[UUID, dict[str, Any]]) -> None:
        fields = sorted({field for values in pending.values() for field in values})
        records = model._default_manager.in_bulk(list(pending))
        for pk, values in pending.items():
            for field, value in values.items():
                setattr(records[pk], field, value)
        names = [model._meta.get_field(field.removesuffix("_id")).name for field in fields]
        model._default_manager.bulk_update(records.values(), names, batch_size=BATCH)


def digests(model: type[models.Model], pks: list[UUID]) -> Iterator[tuple[UUID, str]]:
    """Yield, for each of the records that still exist, a digest of its values as the database holds them."""
    fields = [field.attname for field in model._meta.concrete_fields if field.attname not in NOT_COMPARED]
    for chunk in chunks(pks):
        for values in model._default_manager.filter(pk__in=chunk).order_by("pk").values_list(*fields):
            text = "\x1f".join(f"{field}={plain(value)}" for field, value in zip(fields, values, strict=True))
            yield values[fields.index("id")], hashlib.sha256(text.encode()).hexdigest()[:32]


def chunks(items: list, size: int = BATCH) -> Iterable[list]:
    """Cut a list into pieces that a query can name."""
    return (items[start : start + size] for start in range(0, len(items), size))


def plain(value: Any) -> Any:
    """Write a value so that JSON keeps it and two equal values are written alike."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
