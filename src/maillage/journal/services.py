"""Write the journal. Every service that changes a record calls `record` in its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models

from maillage.journal.models import Entry


class Author(Protocol):
    """What the journal needs of a mandate: `maillage.territories.models.Mandate` and `SystemAuthor` both fit."""

    pk: UUID | None
    user_id: UUID | None
    author_name: str
    programme_id: UUID | None


class SystemAuthor:
    """The author of what no person did: a demonstration, a command, a company's own link."""

    pk = None
    user_id = None

    def __init__(self, name: str, programme_id: UUID | None = None):
        self.author_name = name
        self.programme_id = programme_id


def entry(
    *,
    act: str,
    of: models.Model,
    by: Author,
    at: datetime,
    changes: dict[str, Any] | None = None,
    reason: str = "",
    territory_id: UUID | None = None,
) -> Entry:
    """Build an entry without saving it, for services that write many at once."""
    return Entry(
        at=at,
        act=act,
        actor_id=by.user_id,
        actor_name=by.author_name,
        mandate_id=by.pk,
        programme_id=by.programme_id,
        territory_id=territory_id,
        object_type=of._meta.label_lower,
        object_id=of.pk,
        object_label=str(of)[:250],
        changes=changes or {},
        reason=reason[:500],
    )


def record(
    *,
    act: str,
    of: models.Model,
    by: Author,
    at: datetime,
    changes: dict[str, Any] | None = None,
    reason: str = "",
    territory_id: UUID | None = None,
) -> Entry:
    """Write one act to the journal and return it."""
    written = entry(act=act, of=of, by=by, at=at, changes=changes, reason=reason, territory_id=territory_id)
    written.save(force_insert=True)
    return written
