"""The journal as people read it: the act, the record by its name, the fields by theirs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from maillage.journal.models import Entry
from maillage.organisations.models import Consent

#: The records that have a page of their own.
PAGES = {
    "organisations.company": "practice:company",
    "resources.resource": "practice:resource",
    "synergies.synergy": "practice:synergy",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry, told: what was done to what, and each change as (what, before, after)."""

    entry: Entry
    kind: str
    changes: list[tuple[str, str, str]]

    @property
    def url(self) -> str:
        """The page of the record, if it has one."""
        view = PAGES.get(self.entry.object_type)
        return reverse(view, args=[self.entry.object_id]) if view else ""

    @property
    def sentence(self) -> str:
        """The changes on one line, for a spreadsheet."""
        return " ; ".join(
            f"{what} ({before or '–'} → {after or '–'})" if before or after else what
            for what, before, after in self.changes
        )


def tell(entries) -> list[Told]:
    return [tell_one(entry) for entry in entries]


def kinds() -> list[tuple[str, str]]:
    """The kinds of records that the journal speaks of, by name in the reader's language."""
    models = [model for model in apps.get_models() if model.__module__.startswith("maillage.")]
    return sorted(
        ((model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in models), key=lambda k: k[1]
    )


def tell_one(entry: Entry) -> Told:
    try:
        model = apps.get_model(entry.object_type)
    except (LookupError, ValueError):
        return Told(entry, entry.object_type, [])
    changes = [_change(model, name, values) for name, values in entry.changes.items()]
    return Told(entry, str(model._meta.verbose_name), [change for change in changes if change])


def _change(model, name: str, values: Any) -> tuple[str, str, str] | None:
    if name == "count":
        return None
    if name.startswith("consent "):
        return _("consent: %(purpose)s") % {"purpose": Consent.Purpose(name.removeprefix("consent ")).label}, "", ""
    try:
        field = model._meta.get_field(name)
        label = str(getattr(field, "verbose_name", name))
    except FieldDoesNotExist:
        field, label = None, name
    if not (isinstance(values, list) and len(values) == 2):
        return label, "", ""
    before, after = (_value(field, value) for value in values)
    return label, before, after


def _value(field, value: Any) -> str:
    """Write a value as its field shows it; an identifier says nothing to a person."""
    if value is None or value == "":
        return ""
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    try:
        UUID(text)
    except ValueError:
        return _instant(field, text)
    return ""


def _instant(field, text: str) -> str:
    kind = field.get_internal_type() if field is not None else ""
    try:
        if kind == "DateTimeField" and (at := parse_datetime(text)):
            return date_format(localtime(at) if is_aware(at) else at, "DATETIME_FORMAT")
        if kind == "DateField" and (day := parse_date(text)):
            return date_format(day, "DATE_FORMAT")
    except ValueError:
        pass
    return text
