"""What a change changes, as the journal keeps it."""

from datetime import date, datetime
from typing import Any

from django.db import models


def assign(record: models.Model, **values: Any) -> dict[str, list[Any]]:
    """Give a record its new values, without saving; return what differs as ``{field: [before, after]}``."""
    changes = {}
    for name, after in values.items():
        before = getattr(record, name)
        if before != after:
            setattr(record, name, after)
            changes[name] = [_plain(before), _plain(after)]
    return changes


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | bool) else str(value)
