"""Put back what an import made or changed, unless later work leans on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.common.errors import RuleBroken
from maillage.exchange.changes import WRITTEN, chunks, digests, plain
from maillage.exchange.models import ImportBatch

#: What the programme derives by itself from the records, and derives again: it goes away with them.
DERIVED = {"matching.proposal": Q(verdict="")}
NAMED = 3


class StandsInTheWay(RuleBroken):
    """Later work leans on what the import made. The sentence names it."""


@dataclass(slots=True)
class _Written:
    """What the batch did to the records of one model."""

    made: dict[UUID, str]
    changed: dict[UUID, tuple[dict[str, Any], dict[str, Any]]]


def undo(batch: ImportBatch) -> dict[str, int]:
    """
    Delete what the batch made and put back what it changed; return how many of each. In the caller's transaction.

    :raises StandsInTheWay: a record was changed since, or another record leans on it.
    """
    written = _written(batch)
    obstacles = [*_changed_since(written), *_leaning(written)]
    if obstacles:
        raise StandsInTheWay(_sentence(obstacles))
    for model in reversed(WRITTEN):
        for pks in chunks(list(written[model].made)):
            model._default_manager.filter(pk__in=pks).delete()
    for model in WRITTEN:
        _put_back(model, written[model].changed)
    return {
        "deleted": sum(len(done.made) for done in written.values()),
        "restored": sum(len(done.changed) for done in written.values()),
    }


def _written(batch: ImportBatch) -> dict[type[models.Model], _Written]:
    by_label = {model._meta.label_lower: model for model in WRITTEN}
    written = {model: _Written({}, {}) for model in WRITTEN}
    for label, pk, before, after in batch.records.values_list("object_type", "object_id", "before", "after"):
        done = written[by_label[label]]
        if before is None:
            done.made[pk] = after["digest"]
        else:
            done.changed[pk] = (before, after)
    return written


def _changed_since(written: dict[type[models.Model], _Written]) -> Iterator[str]:
    """Name the records that are not any more as the import left them."""
    for model, done in written.items():
        now = dict(digests(model, list(done.made)))
        touched = [pk for pk, digest in done.made.items() if pk in now and now[pk] != digest]
        touched += [pk for pk, (_before, after) in done.changed.items() if _values(model, pk, after) != after]
        for record in _loaded(model, touched):
            yield _("%(kind)s “%(name)s”, changed since") % _named(record)


def _leaning(written: dict[type[models.Model], _Written]) -> Iterator[str]:
    """Name the records, made since by somebody or something else, that hold on to what would be deleted."""
    ours: dict[type[models.Model], set[UUID]] = defaultdict(set)
    for model, done in written.items():
        ours[model] = set(done.made)
    for model, done in written.items():
        for relation in model._meta.related_objects:
            other = relation.related_model
            derived = DERIVED.get(other._meta.label_lower)
            for pks in chunks(list(done.made)):
                leaning = other._base_manager.filter(**{f"{relation.field.name}__in": pks})
                leaning = leaning.exclude(derived) if derived else leaning
                strangers = [pk for pk in leaning.values_list("pk", flat=True) if pk not in ours[other]]
                for record in _loaded(other, strangers):
                    yield _("%(kind)s “%(name)s”") % _named(record)


def _put_back(model: type[models.Model], changed: dict[UUID, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for pk, (before, _after) in changed.items():
        values = {
            model._meta.get_field(name.removesuffix("_id")).attname: _python(model, name, value)
            for name, value in before.items()
        }
        model._default_manager.filter(pk=pk).update(**values)


def _python(model: type[models.Model], name: str, value: Any) -> Any:
    return None if value is None else model._meta.get_field(name.removesuffix("_id")).to_python(value)


def _values(model: type[models.Model], pk: UUID, names: dict[str, Any]) -> dict[str, Any]:
    found = model._default_manager.filter(pk=pk).values(*names).first()
    return {name: plain(value) for name, value in found.items()} if found else {}


def _loaded(model: type[models.Model], pks: list[UUID]) -> Iterator[models.Model]:
    for some in chunks(pks):
        yield from model._base_manager.filter(pk__in=some).order_by("pk")


def _named(record: models.Model) -> dict[str, str]:
    return {"kind": str(record._meta.verbose_name), "name": _name(record)}


def _name(record: models.Model) -> str:
    """The name a person knows the record by: its own, or that of the company or card it is about."""
    for path in ("title", "name", "left.title", "resource.title", "site.company.name", "company.name", "contact.name"):
        value: Any = record
        for step in path.split("."):
            value = getattr(value, step, None)
        if value:
            return str(value)
    return str(record)


def _sentence(obstacles: list[str]) -> str:
    names = "; ".join(obstacles[:NAMED])
    others = len(obstacles) - NAMED
    if others > 0:
        names += "; " + ngettext("and %(count)s other", "and %(count)s others", others) % {"count": others}
    return _("Work done since leans on this import: %(names)s. Undo that first, then undo the import.") % {
        "names": names
    }
