"""Open a workshop, correct it, move it along. Every function loads under scope, checks its rule, writes, journals."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from maillage.common.changes import assign
from maillage.common.errors import NotAllowed, RuleBroken
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.territories.models import Mandate, Role, Territory
from maillage.territories.scope import territories_edited_by, territories_read_by
from maillage.workshops.cards import editable_workshop
from maillage.workshops.models import Workshop


class TitleMissing(RuleBroken):
    """A workshop is known by its title."""


class HoursReversed(RuleBroken):
    """It ends before it starts."""


class SeatsMissing(RuleBroken):
    """There is no room for the companies aimed at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopGiven:
    """
    What is written of a workshop.

    ``place`` is printed; ``commune_id`` is an INSEE code, empty when the place is larger than one commune.
    """

    title: str
    held_on: date
    place: str
    commune_id: str | None = None
    kind: str = Workshop.Kind.DETECTION
    venue: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    capacity: int = 40
    target_companies: int = 35


@transaction.atomic
def create_workshop(*, territory_id: UUID, given: WorkshopGiven, mandate: Mandate, at: datetime) -> Workshop:
    """
    Plan a workshop in a territory of the mandate's place.

    :raises NotAllowed: the territory lies elsewhere.
    :raises TitleMissing, HoursReversed, SeatsMissing: what is written does not hold together.
    """
    territory = places_for_workshops(mandate).filter(pk=territory_id).first()
    if territory is None:
        raise NotAllowed(_("This territory is not yours: its own practitioner plans its workshops."))
    workshop = Workshop(territory=territory)
    _write(workshop, given)
    record(act=Entry.Act.CREATED, of=workshop, by=mandate, at=at, territory_id=territory.pk)
    return workshop


@transaction.atomic
def change_workshop(*, workshop_id: UUID, given: WorkshopGiven, mandate: Mandate, at: datetime) -> Workshop:
    """
    Correct what is written of a workshop.

    :raises NotAllowed: it is held elsewhere.
    :raises TitleMissing, HoursReversed, SeatsMissing: what is written does not hold together.
    """
    workshop = editable_workshop(workshop_id, mandate)
    changes = _write(workshop, given)
    if changes:
        _journal(workshop, mandate, at, changes)
    return workshop


@transaction.atomic
def move_workshop(*, workshop_id: UUID, status: str, mandate: Mandate, at: datetime) -> Workshop:
    """
    Say how far a workshop is: registration open, reports sent, cancelled…

    :raises NotAllowed: it is held elsewhere.
    """
    workshop = editable_workshop(workshop_id, mandate)
    changes = assign(workshop, status=Workshop.Status(status).value)
    if changes:
        workshop.save(update_fields=["status"])
        _journal(workshop, mandate, at, changes)
    return workshop


def places_for_workshops(mandate: Mandate) -> QuerySet[Territory]:
    """The territories where this mandate plans workshops, by name: all of the programme for who coordinates it."""
    plans_everywhere = mandate.role == Role.NATIONAL_COORDINATOR
    return territories_read_by(mandate) if plans_everywhere else territories_edited_by(mandate)


def _write(workshop: Workshop, given: WorkshopGiven) -> dict[str, list]:
    title, place = given.title.strip(), given.place.strip()
    if not title:
        raise TitleMissing(_("Give the workshop a title: it heads the reports that companies receive."))
    if given.starts_at and given.ends_at and given.ends_at <= given.starts_at:
        raise HoursReversed(_("The workshop ends before it starts: check its hours."))
    if given.target_companies > given.capacity:
        raise SeatsMissing(
            _("You aim at %(aim)s companies for %(seats)s places: find more places, or aim lower.")
            % {"aim": given.target_companies, "seats": given.capacity}
        )
    changes = assign(workshop, **{**asdict(given), "title": title, "place": place, "venue": given.venue.strip()})
    workshop.full_clean(exclude=["territory", "commune"], validate_unique=False)
    workshop.save()
    return changes


def _journal(workshop: Workshop, mandate: Mandate, at: datetime, changes: dict) -> None:
    record(
        act=Entry.Act.CHANGED,
        of=workshop,
        by=mandate,
        at=at,
        changes=changes,
        territory_id=workshop.territory_id,
    )
