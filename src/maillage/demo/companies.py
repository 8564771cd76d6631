"""
Companies that do not exist, on communes that do.

Names are made of invented places and surnames; SIREN numbers pass the Luhn check and start with 0000, which no company
was found to bear; telephone numbers are those that the French regulator keeps for fiction; addresses end in `.example`,
which is reserved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from random import Random

from maillage.common.identifiers import luhn
from maillage.common.text import fold, slug
from maillage.demo import catalogue, places
from maillage.demo.catalogue import Trade
from maillage.demo.places import Spot
from maillage.demo.programme import Venue
from maillage.demo.records import Shelf, identifier, moment
from maillage.organisations.models import Company, Consent, Contact, Site

PHONES = {"bretagne": "02 61 91", "normandie": "02 61 91", "alpes": "04 65 71", "gascogne": "05 36 49"}
STREETS = (
    "rue de l’Artisanat", "zone d’activité des Landiers", "rue du Moulin", "avenue de l’Industrie", "rue des Forges",
    "chemin de la Gare", "parc d’activité du Pré-Long", "rue Pasteur", "route de la Scierie", "impasse des Tilleuls",
    "quai des Chantiers", "rue Ampère", "rue des Frères-Lumière", "allée des Peupliers", "route départementale",
)  # fmt: skip
#: Bodies that bear the name of a place, never of a family.
PLACED = {Company.Profile.PUBLIC, Company.Profile.SOCIAL}
SIZES = tuple(Company.Headcount.values)
FUNCTIONS = {"CEO": 5, "QHSE": 4, "TECH": 3, "PRODUCTION": 2, "PURCHASING": 1.5, "FINANCE": 1}


@dataclass(eq=False)
class Firm:
    """A company with its only site, its trade, and the workshops it came to."""

    company: Company
    site: Site
    trade: Trade
    region: str
    came_to: list[str] = field(default_factory=list)

    @property
    def size(self) -> float:
        """From 0, nobody, to 1, a thousand people."""
        return min(1.0, SIZES.index(self.company.headcount) / SIZES.index(Company.Headcount.B42))


class Registry:
    """Found companies one after the other: no two bear the same name or number."""

    def __init__(self, rng: Random, shelf: Shelf, *, first_number: int = 1) -> None:
        self.rng = rng
        self.shelf = shelf
        self._names: set[str] = set()
        self._number = first_number - 1

    def found(self, venue: Venue, trade: Trade, *, name: str = "", spot: Spot | None = None) -> Firm:
        """Make a company of that trade near the workshop, or in that commune under that name, with its people."""
        words = catalogue.read("names")[venue.region_plan["surnames"]]
        name = name or self._name(trade, words)
        siren = self._siren()
        company = self.shelf.put(
            Company(
                id=identifier("company", siren),
                siren=siren,
                name=name,
                folded_name=fold(name),
                activity_id=trade.code,
                headcount=self._headcount(trade),
                profile=trade.profile,
                created_at=moment(venue.day - timedelta(days=self.rng.randint(20, 75)), self.rng.randint(8, 18)),
            )
        )
        site = self.shelf.put(self._site(company, venue, spot))
        for rank in range(1 + (self.rng.random() < 0.35)):
            self._contact(company, venue, words, rank)
        return Firm(company, site, trade, venue.plan["region"])

    def _name(self, trade: Trade, words: dict[str, str]) -> str:
        while True:
            head = self.rng.choice(trade.heads)
            tail = 0 if trade.profile in PLACED else self.rng.random()
            if tail < 0.6:
                place = self.rng.choice(words["stems"].split()) + self.rng.choice(words["ends"].split())
                if fold(place) in places.names():
                    continue
                name = f"{head} {_of(place)}"
            elif tail < 0.85:
                name = f"{head} {self.rng.choice(surnames(words))}"
            else:
                name = f"{head} {self.rng.choice(surnames(words))} et {self.rng.choice(('Fils', 'Associés', 'Cie'))}"
            if fold(name) not in self._names:
                self._names.add(fold(name))
                return name

    def _siren(self) -> str:
        self._number += 1
        return _with_check_digit(f"0000{self._number:04d}")

    def _headcount(self, trade: Trade) -> str:
        bands = [band for band in Company.Headcount.values if trade.headcount[0] <= band <= trade.headcount[1]]
        return self.rng.choice(bands)

    def _site(self, company: Company, venue: Venue, spot: Spot | None) -> Site:
        near = places.around(venue.plan["centre"], venue.plan.get("radius_km", 25))
        spot = spot or catalogue.pick(near, [max(spot.population, 200) ** 0.8 for spot in near], self.rng)
        return Site(
            id=identifier(company.pk, "site"),
            company=company,
            territory=venue.territory,
            siret=_with_check_digit(f"{company.siren}0001"),
            address=f"{self.rng.randint(1, 48)} {self.rng.choice(STREETS)}, {spot.postal_code} {spot.name}",
            commune_id=spot.code,
            latitude=round(spot.latitude + self.rng.uniform(-0.012, 0.012), 5),
            longitude=round(spot.longitude + self.rng.uniform(-0.016, 0.016), 5),
        )

    def _contact(self, company: Company, venue: Venue, words: dict[str, str], rank: int) -> None:
        first = self.rng.choice(catalogue.read("names")["first"].split())
        last = self.rng.choice(surnames(words))
        informed = company.created_at
        contact = self.shelf.put(
            Contact(
                id=identifier(company.pk, "contact", rank),
                company=company,
                name=f"{first} {last}",
                function=catalogue.pick(list(FUNCTIONS), list(FUNCTIONS.values()), self.rng),
                email=f"{slug(first)}.{slug(last)}@{slug(company.name, length=40)}.example",
                phone=self._phone(venue),
                is_primary=rank == 0,
                source=self.rng.choice(("inscription à l’atelier", "fichier de la chambre", "club d’entreprises")),
                informed_at=informed,
            )
        )
        for purpose, share in ((Consent.Purpose.SHARE_WITH_PARTNERS, 0.85), (Consent.Purpose.MAILINGS, 0.7)):
            if self.rng.random() < share:
                self.shelf.put(
                    Consent(
                        id=identifier(contact.pk, purpose),
                        contact=contact,
                        purpose=purpose,
                        given_at=informed,
                        how="case cochée à l’inscription",
                    )
                )

    def _phone(self, venue: Venue) -> str:
        return f"{PHONES[venue.region_plan['surnames']]} {self.rng.randint(0, 99):02d} {self.rng.randint(0, 99):02d}"


def surnames(words: dict[str, str]) -> list[str]:
    """Return the surnames of a region; a few are of two words, and their first is a particle."""
    joined: list[str] = []
    for word in words["surnames"].split():
        if joined and (joined[-1] == "Le" or joined[-1].endswith("-Le")):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _of(place: str) -> str:
    return f"d’{place}" if place[0] in "AEÉIOUY" else f"de {place}"


def _with_check_digit(digits: str) -> str:
    return next(digits + check for check in "0123456789" if luhn(digits + check))


def trade_near(venue: Venue, rng: Random) -> Trade:
    """Draw a trade as they are around that workshop."""
    local = venue.plan.get("local", {})
    frequencies = _frequencies(tuple(local.items()), tuple(venue.plan.get("near", ())))
    return catalogue.pick(catalogue.trades(), frequencies, rng)


@cache
def _frequencies(local: tuple[tuple[str, float], ...], near: tuple[str, ...]) -> tuple[float, ...]:
    """Return how frequent each trade is where some, by the beginning of their code, are so many times more."""
    return tuple(
        trade.weight * max((factor for start, factor in local if trade.code.startswith(start)), default=1)
        if trade.near in ("", *near)
        else 0
        for trade in catalogue.trades()
    )
