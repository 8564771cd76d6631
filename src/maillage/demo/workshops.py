"""Who came to which workshop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from maillage.demo.companies import Firm, Registry, trade_near
from maillage.demo.finalised import Written
from maillage.demo.programme import Frame, Venue
from maillage.demo.records import Shelf, identifier, moment
from maillage.workshops.models import Participation, Staffing

SEATS_AT_A_TABLE = 7
MOTIVATIONS = (
    "rencontrer de nouvelles personnes",
    "trouver de nouvelles affaires",
    "réduire nos coûts",
    "mieux valoriser nos déchets",
    "connaître nos voisins de zone",
    "",
)


def gather(
    frame: Frame, registry: Registry, written: Iterable[Written], rng: Random, shelf: Shelf
) -> dict[str, list[Firm]]:
    """
    Fill each workshop with its companies, in the order of the days.

    The trades that the finalised synergies of a workshop need are invited first; some companies come again.
    """
    needed: dict[str, list[tuple[str, ...]]] = {key: [] for key in frame.venues}
    for synergy in written:
        for starts, key in ((synergy.by, synergy.workshop), (synergy.to, synergy.elsewhere)):
            if starts and not synergy.is_shared:
                needed[key].append(starts)
    came: dict[str, list[Firm]] = {}
    for venue in frame.venues.values():
        again = _coming_again(venue, frame, came, rng)
        guests = again + _new_guests(venue, needed[venue.key], venue.plan["participations"] - len(again), registry, rng)
        for firm in guests:
            firm.came_to.append(venue.key)
        came[venue.key] = guests
        _seat(venue, guests, rng, shelf)
        _staff(frame, venue, shelf)
    return came


def _coming_again(venue: Venue, frame: Frame, came: dict[str, list[Firm]], rng: Random) -> list[Firm]:
    earlier = [
        firm
        for key, firms in came.items()
        if frame.venues[key].region.pk == venue.region.pk
        for firm in firms
        if len(firm.came_to) == 1
    ]
    return rng.sample(earlier, venue.plan.get("repeats", 0))


def _new_guests(
    venue: Venue, needed: list[tuple[str, ...]], number: int, registry: Registry, rng: Random
) -> list[Firm]:
    guests: list[Firm] = []
    for starts in needed[:number]:
        trade = trade_near(venue, rng)
        while not trade.code.startswith(starts):
            trade = trade_near(venue, rng)
        guests.append(registry.found(venue, trade))
    while len(guests) < number:
        guests.append(registry.found(venue, trade_near(venue, rng)))
    rng.shuffle(guests)
    return guests


def _seat(venue: Venue, guests: list[Firm], rng: Random, shelf: Shelf) -> None:
    for rank, firm in enumerate(guests):
        day = venue.day - timedelta(days=rng.randint(3, 40))
        shelf.put(
            Participation(
                id=identifier(venue.workshop.pk, firm.site.pk),
                workshop=venue.workshop,
                site=firm.site,
                status=Participation.Status.PRESENT,
                motivation=rng.choice(MOTIVATIONS),
                table=1 + rank // SEATS_AT_A_TABLE,
                registered_at=moment(day, rng.randint(8, 18), rng.randint(0, 59)),
            )
        )


def _staff(frame: Frame, venue: Venue, shelf: Shelf) -> None:
    """All the practitioners of a region help at each of its workshops (§2.1.1)."""
    helpers = dict.fromkeys(
        mandate.user
        for mandate in frame.mandates
        if mandate.territory_id
        and mandate.territory.region_id == venue.region.pk
        and mandate.starts_on <= venue.day
        and (mandate.ends_on is None or mandate.ends_on > venue.day)
    )
    for table, user in enumerate(helpers, start=1):
        shelf.put(Staffing(id=identifier(venue.workshop.pk, user.pk), workshop=venue.workshop, user=user, table=table))
