"""Who takes part in a workshop: companies are registered, come or do not, give up their place."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.common.changes import assign
from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import entry, record
from maillage.organisations.models import Site
from maillage.territories.models import Mandate
from maillage.workshops.cards import editable_workshop
from maillage.workshops.models import Participation, Workshop

Status = Participation.Status

#: What may be said of a participation before the day, and from the day on.
BEFORE = (Status.REGISTERED, Status.CANCELLED)
SINCE = (Status.PRESENT, Status.NO_SHOW, Status.CANCELLED)


class AlreadyRegistered(RuleBroken):
    """The company has its place."""


class WorkshopFull(RuleBroken):
    """No place is left."""


class TooEarly(RuleBroken):
    """Nobody has come yet."""


class WorkshopCancelled(RuleBroken):
    """It is not held."""


def statuses_on(workshop: Workshop, day: date) -> tuple[Participation.Status, ...]:
    """What may be said of a participation on that day: who came is known from the day of the workshop on."""
    return SINCE if day >= workshop.held_on else BEFORE


@transaction.atomic
def register(
    *, workshop_id: UUID, site_id: UUID, mandate: Mandate, at: datetime, motivation: str = ""
) -> Participation:
    """
    Give a company of the programme a place at a workshop, or the next place on the waiting list when it is full.

    A company that had cancelled is registered again. After the day of the workshop, it is one that came.

    :raises NotAllowed: the workshop is held elsewhere, or the company is of another programme.
    :raises AlreadyRegistered: it has its place.
    :raises WorkshopCancelled: the workshop is not held.
    """
    workshop = editable_workshop(workshop_id, mandate)
    if workshop.status == Workshop.Status.CANCELLED:
        raise WorkshopCancelled(_("This workshop is cancelled: restore it before you register companies."))
    site = Site.objects.visible_to(mandate).select_related("company").filter(pk=site_id).first()
    if site is None:
        raise NotAllowed(_("This company is not in the directory of the programme: add it first."))
    seat = Participation.objects.at(workshop).select_for_update(of=("self",)).filter(site=site).first()
    if seat is not None and seat.status in {Status.REGISTERED, Status.WAITING, Status.PRESENT}:
        raise AlreadyRegistered(_("%(company)s is already registered.") % {"company": site.company.name})
    is_over = timezone.localdate(at) > workshop.held_on
    status = Status.PRESENT if is_over else Status.REGISTERED if has_room(workshop) else Status.WAITING
    if seat is not None:
        return _move(seat, status, workshop, mandate, at)
    seat = Participation.objects.create(
        workshop=workshop, site=site, status=status, motivation=motivation.strip(), registered_at=at
    )
    record(
        act=Entry.Act.CREATED,
        of=seat,
        by=mandate,
        at=at,
        changes={"company": site.company.name, "status": status.value},
        territory_id=workshop.territory_id,
    )
    return seat


@transaction.atomic
def change_participation(*, participation_id: UUID, status: str, mandate: Mandate, at: datetime) -> Participation:
    """
    Say what becomes of a participation.

    :raises NotAllowed: the workshop is held elsewhere.
    :raises TooEarly: one says who came on the day of the workshop.
    :raises WorkshopFull: no place is left for who waited.
    """
    seat = (
        Participation.objects.editable_by(mandate)
        .select_related("workshop", "site__company")
        .select_for_update(of=("self",))
        .filter(pk=participation_id)
        .first()
    )
    if seat is None:
        raise NotAllowed(_("This workshop is not of your place: its own practitioner prepares it."))
    status = Status(status)
    if status == seat.status:
        return seat
    _refuse_before_the_day(status, seat.workshop, at)
    if status == Status.REGISTERED and seat.status != Status.PRESENT and not has_room(seat.workshop):
        raise WorkshopFull(
            _("All %(seats)s places are taken: free one, or find more places.") % {"seats": seat.workshop.capacity}
        )
    return _move(seat, status, seat.workshop, mandate, at)


@transaction.atomic
def welcome_all(*, workshop_id: UUID, mandate: Mandate, at: datetime) -> int:
    """
    Say that every registered company came; those that did not are then corrected one by one.

    :returns: how many came by this act.
    :raises NotAllowed: the workshop is held elsewhere.
    :raises TooEarly: one says who came on the day of the workshop.
    """
    workshop = editable_workshop(workshop_id, mandate)
    _refuse_before_the_day(Status.PRESENT, workshop, at)
    expected = list(Participation.objects.at(workshop).expected().select_for_update(of=("self",)))
    Participation.objects.at(workshop).expected().update(status=Status.PRESENT)
    Entry.objects.bulk_create(
        _entry(seat, mandate, at, {"status": [seat.status, Status.PRESENT.value]}, workshop) for seat in expected
    )
    return len(expected)


@transaction.atomic
def seat_companies(*, workshop_id: UUID, tables: dict[UUID, int | None], mandate: Mandate, at: datetime) -> int:
    """
    Give companies their tables, by participation; none takes a table away.

    :returns: how many changed table.
    :raises NotAllowed: the workshop is held elsewhere.
    """
    workshop = editable_workshop(workshop_id, mandate)
    moved, entries = [], []
    for seat in Participation.objects.at(workshop).select_for_update(of=("self",)):
        changes = assign(seat, table=tables.get(seat.pk, seat.table))
        if changes:
            moved.append(seat)
            entries.append(_entry(seat, mandate, at, changes, workshop))
    Participation.objects.bulk_update(moved, ["table"])
    Entry.objects.bulk_create(entries)
    return len(moved)


def has_room(workshop: Workshop) -> bool:
    """Tell whether a place is left."""
    return Participation.objects.at(workshop).coming().count() < workshop.capacity


def _refuse_before_the_day(status: str, workshop: Workshop, at: datetime) -> None:
    if status in {Status.PRESENT, Status.NO_SHOW} and timezone.localdate(at) < workshop.held_on:
        raise TooEarly(_("The workshop has not been held yet: say who came on the day."))


def _move(seat: Participation, status: str, workshop: Workshop, mandate: Mandate, at: datetime) -> Participation:
    changes = assign(seat, status=Status(status).value)
    seat.save(update_fields=["status"])
    _entry(seat, mandate, at, changes, workshop).save(force_insert=True)
    return seat


def _entry(seat: Participation, mandate: Mandate, at: datetime, changes: dict, workshop: Workshop) -> Entry:
    return entry(act=Entry.Act.CHANGED, of=seat, by=mandate, at=at, changes=changes, territory_id=workshop.territory_id)
