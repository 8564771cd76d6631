"""A small programme dated from the day of loading, so that homes, reminders and workshops have something to do."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from maillage.accounts.models import User
from maillage.demo import catalogue, places, programme
from maillage.demo.cards import Deck, shares
from maillage.demo.companies import Firm, Registry, trade_near
from maillage.demo.history import Chronicle, Life, Step
from maillage.demo.phrases import can_stop, phrase
from maillage.demo.potentials import Board, Lead
from maillage.demo.programme import Frame, Plan, Venue
from maillage.demo.records import Shelf, identifier, moment, workday
from maillage.demo.synergies import Portfolio
from maillage.evaluation.models import ImpactLine
from maillage.organisations.models import CompanyLink, Contact
from maillage.resources.nomenclature import Direction, SynergyType
from maillage.synergies.models import Barrier, Interaction, Synergy
from maillage.synergies.stages import STOPPED, Stage
from maillage.workshops.models import Participation, Staffing

CODE = "SDT"
HELD, COMING, ELSEWHERE = "lorient", "quimper", "isere"
#: Nobody has spoken to these since the workshop; the last one was left a message.
NOT_CALLED_BACK = ("Laiterie du Roudou", "Voilerie Anaon", "Composites Ria")
ASKED_BY_LINK = "Conserverie Kerdaniel"
COME_AGAIN = 5
LINK_LIFE = timedelta(days=90)
#: Besides the synergies told one by one: how many more at each stage, and what stopped those that stopped.
MORE = {Stage.IDEA: 17, Stage.DISCUSSION: 5, Stage.NEGOTIATION: 2, Stage.COMPLETED: 3}
STOPPED_BY = {
    Stage.BLOCKED: ("REGULATORY", "REGULATORY", "REGULATORY", "FINANCIAL", "FINANCIAL", "FINANCIAL", "GROUP_POLICY"),
    Stage.ABANDONED: ("QUALITY", "QUALITY", "INTERNAL_SOLUTION", "CONTACT_LEFT"),
}
MORE_ELSEWHERE = {Stage.IDEA: 3, Stage.DISCUSSION: 2, Stage.NEGOTIATION: 1, Stage.COMPLETED: 1}
#: What is done within two months of a workshop.
QUICK_WINS = frozenset(
    {SynergyType.REUSE, SynergyType.KNOW_HOW, SynergyType.POOLING, SynergyType.LOCAL_ECONOMY, SynergyType.RECYCLING}
)
TAKES_PLASTIC = ("22", "38")


def build(people: dict[str, User], shelf: Shelf, today: date) -> None:
    """Make every record of the programme, seen on that day."""
    plan = _dated(catalogue.read("living"), today)
    frame = programme.build(plan, people, shelf, seen_on=today)
    rng = Random("living")  # noqa: S311
    _Season(frame, plan, rng, shelf).tell()


def _dated(plan: Plan, today: date) -> Plan:
    """Turn the days counted from today into dates; workshops are held on working days."""
    dated = copy.deepcopy(plan)
    for name in ("starts_on", "ends_on", "targets_due_on"):
        dated[name] = today + timedelta(days=plan[name])
    for workshop in dated["workshops"]:
        workshop["held_on"] = _working_day(today, workshop["held_on"])
    for mandate in dated["mandates"]:
        mandate["from"] = today + timedelta(days=mandate["from"])
    return dated


def _working_day(today: date, offset: int) -> date:
    day = today + timedelta(days=offset)
    while day.weekday() > 4:
        day += timedelta(days=1 if offset > 0 else -1)
    return day


class _Season:
    """The programme as it stands today: a workshop behind, one ahead, and what is followed in between."""

    def __init__(self, frame: Frame, plan: Plan, rng: Random, shelf: Shelf) -> None:
        self.frame = frame
        self.plan = plan
        self.rng = rng
        self.shelf = shelf
        # The numbers of the other programme come first.
        self.registry = Registry(rng, shelf, first_number=5000)
        self.portfolio = Portfolio(frame, rng, shelf)
        self.named: dict[str, Firm] = {}

    @property
    def today(self) -> date:
        return self.frame.seen_on

    @property
    def chronicle(self) -> Chronicle:
        return self.portfolio.chronicle

    def tell(self) -> None:
        held, coming, elsewhere = (self.frame.venues[key] for key in (HELD, COMING, ELSEWHERE))
        guests = self._guests(held)
        leads = self._hold(held, guests)
        others = self._found(elsewhere, elsewhere.plan["participations"])
        other_leads = self._hold(elsewhere, others)
        self._prepare(coming, guests)
        for entry in self.plan["synergies"]:
            self._told(entry, held)
        self._more(held, leads)
        self._elsewhere(elsewhere, other_leads)
        self._call_back(held, guests)
        self.chronicle.call_after_workshop(elsewhere, others, share=1, everybody_answers=True)
        self._open_link(held)

    def _guests(self, venue: Venue) -> list[Firm]:
        """The companies that bear a name, then as many as came."""
        trades = {trade.code: trade for trade in catalogue.trades()}
        for entry in self.plan["companies"]:
            spot = places.spots()[entry["commune"]]
            firm = self.registry.found(venue, trades[entry["trade"]], name=entry["name"], spot=spot)
            self.named[entry["name"]] = firm
            if "contact" in entry:
                self._name_contact(firm, *entry["contact"])
        return [*self.named.values(), *self._found(venue, venue.plan["participations"] - len(self.named))]

    def _found(self, venue: Venue, number: int) -> list[Firm]:
        return [self.registry.found(venue, trade_near(venue, self.rng)) for _firm in range(number)]

    def _name_contact(self, firm: Firm, name: str, function: str, phone: str) -> None:
        contact = next(made for made in self.shelf.of(Contact) if made.company is firm.company and made.is_primary)
        first, last = name.lower().split(" ", 1)
        contact.name, contact.function, contact.phone = name, function, phone
        contact.email = f"{first}.{last.replace(' ', '')}@{contact.email.partition('@')[2]}"

    def _hold(self, venue: Venue, guests: list[Firm]) -> list[Lead]:
        """Hold a workshop: everybody comes, cards are said, leads are seen."""
        deck, board = Deck(venue, self.rng, self.shelf), Board(venue, self.rng, self.shelf)
        for rank, firm in enumerate(guests):
            firm.came_to.append(venue.key)
            self._seat(venue, firm, Participation.Status.PRESENT, 1 + rank // 6)
        flows = catalogue.flows()
        for entry in self.plan["companies"] if venue.key == HELD else ():
            for flow, direction, line in entry["cards"]:
                deck.say(self.named[entry["name"]], flows[flow], direction, catalogue.say(line, self.rng))
        unnamed = [firm for firm in guests if firm not in self.named.values()]
        left = venue.plan["cards"] - len(deck.cards)
        for firm, number in zip(unnamed, shares(left, len(unnamed), 1, 7, self.rng), strict=True):
            deck.fill(firm, number)
        board.fill(deck, guests, venue.plan["leads"])
        return board.leads

    def _prepare(self, venue: Venue, before: list[Firm]) -> None:
        """Fill the list of the coming workshop: who is registered and has sent a first line, who is only invited."""
        again = self.rng.sample([firm for firm in before if not _takes_plastic(firm)], COME_AGAIN)
        fresh: list[Firm] = []
        while len(fresh) < venue.plan["participations"] - COME_AGAIN:
            trade = trade_near(venue, self.rng)
            if not trade.code.startswith(TAKES_PLASTIC):
                fresh.append(self.registry.found(venue, trade))
        deck = Deck(venue, self.rng, self.shelf, said_on=self.today - timedelta(days=4))
        for rank, firm in enumerate([*again, *fresh]):
            self._seat(venue, firm, Participation.Status.REGISTERED, None)
            if firm in fresh and rank < COME_AGAIN + 6:
                film = catalogue.flows()["film"]
                line = self.rng.choice(film.lines_of(firm.trade.code, Direction.OFFER))
                deck.say(firm, film, Direction.OFFER, catalogue.say(line, self.rng, size=firm.size))
        for firm in self._found(venue, venue.plan["invited"]):
            self._seat(venue, firm, Participation.Status.INVITED, None)
        helpers = [mandate.user for mandate in self.frame.mandates if mandate.role == "FACILITATOR"]
        for table, user in enumerate(helpers, start=1):
            self.shelf.put(
                Staffing(id=identifier(venue.workshop.pk, user.pk), workshop=venue.workshop, user=user, table=table)
            )

    def _seat(self, venue: Venue, firm: Firm, status: str, table: int | None) -> None:
        latest = min(venue.day, self.today) - timedelta(days=1)
        self.shelf.put(
            Participation(
                id=identifier(venue.workshop.pk, firm.site.pk),
                workshop=venue.workshop,
                site=firm.site,
                status=status,
                table=table,
                registered_at=moment(latest - timedelta(days=self.rng.randint(0, 18)), self.rng.randint(8, 18)),
            )
        )

    def _told(self, entry: dict[str, Any], venue: Venue) -> None:
        """Write a synergy that is told in the data."""
        flow = catalogue.flows()[entry["flow"]]
        firms = [self.named[name] for name in entry["parties"]]
        life = Life([Step(Stage(stage), self._at(day), reason) for stage, day, reason in entry["steps"]])
        synergy = self.portfolio.open(
            venue,
            life,
            firms,
            title=entry["title"],
            synergy_type=flow.type,
            continuity=entry["continuity"],
            lead=None,
        )
        synergy.origin = Synergy.Origin.WORKSHOP
        synergy.description = entry.get("description", "")
        if entry.get("spontaneous"):
            synergy.spontaneity = Synergy.Spontaneity.SPONTANEOUS
        if "quantity" in entry:
            number, synergy.unit, synergy.period = entry["quantity"]
            synergy.quantity = Decimal(number)
        if "next" in entry:
            self._plan(synergy, *entry["next"])
        if "barrier" in entry:
            self._bar(synergy, *entry["barrier"])
        for rank, (day, kind, outcome, summary) in enumerate(entry["talks"]):
            self._talk(synergy, venue, firms, f"talk/{rank}", day, kind, outcome, summary)
        if "answer" in entry:
            self._answer(synergy, venue, *entry["answer"])
        for effect in entry.get("effects", ()):
            self._count(synergy, *effect)

    def _more(self, venue: Venue, leads: list[Lead]) -> None:
        """Follow other leads of the room: none that is told already, none with who has not been called back."""
        quiet = {self.named[name].company.pk for name in NOT_CALLED_BACK}
        known = {
            (catalogue.flows()[entry["flow"]].key, self.named[name].company.pk)
            for entry in self.plan["synergies"]
            for name in entry["parties"]
        }
        free = [lead for lead in leads if not quiet & {firm.company.pk for firm in lead.firms}]
        self.rng.shuffle(free)
        for stage, number in MORE.items():
            for rank in range(number):
                lead = _take(free, known, among=QUICK_WINS if stage == Stage.COMPLETED else frozenset(SynergyType))
                synergy = self._follow(venue, stage, lead)
                if stage == Stage.DISCUSSION and rank == 0:
                    synergy.next_action_on = self.today - timedelta(days=3)
        for stage, kinds in STOPPED_BY.items():
            for kind in kinds:
                stoppable = frozenset(one for one in SynergyType if can_stop(kind, one))
                synergy = self._follow(venue, stage, _take(free, known, among=stoppable))
                self._bar(synergy, kind, phrase("barriers", kind, SynergyType(synergy.synergy_type), self.rng))

    def _elsewhere(self, venue: Venue, leads: list[Lead]) -> None:
        free = list(leads)
        self.rng.shuffle(free)
        for stage, number in MORE_ELSEWHERE.items():
            for _one in range(number):
                self._follow(venue, stage, free.pop())

    def _follow(self, venue: Venue, stage: Stage, lead: Lead) -> Synergy:
        """Follow a lead; the live ones were spoken of this month and have a next action to come."""
        life = self.portfolio.live(venue, stage, lead.flow.type)
        synergy = self.portfolio.open(
            venue,
            life,
            lead.firms,
            title=lead.potential.title,
            synergy_type=lead.flow.type,
            continuity="" if stage in STOPPED else Synergy.Continuity.CONTINUING,
            lead=lead,
        )
        if synergy.is_alive:
            day = workday(self.today + timedelta(days=self.rng.randint(3, 30)))
            self._plan(synergy, phrase("next_actions", stage, lead.flow.type, self.rng), (day - self.today).days)
            line = phrase("talks", "CALL", lead.flow.type, self.rng).format(flow=lead.flow.spoken)
            day = max(-self.rng.randint(2, 24), (life.opened_on - self.today).days)
            self._talk(synergy, venue, lead.firms, "talk/0", day, "CALL", None, line)
        return synergy

    def _plan(self, synergy: Synergy, action: str, day: int) -> None:
        synergy.next_action = action
        synergy.next_action_on = self.today + timedelta(days=day)

    def _bar(self, synergy: Synergy, kind: str, note: str) -> None:
        self.shelf.put(
            Barrier(
                id=identifier(synergy.pk, "barrier"),
                synergy=synergy,
                kind=kind,
                note=note,
                raised_on=synergy.stage_since,
            )
        )

    def _talk(
        self,
        synergy: Synergy,
        venue: Venue,
        firms: list[Firm],
        name: str,
        day: int,
        kind: str,
        outcome: str | None,
        summary: str,
    ) -> Interaction:
        said = self.chronicle.speak(
            f"{synergy.pk}/{name}",
            venue,
            self.today + timedelta(days=day),
            kind,
            summary,
            firms=firms,
            synergies=[synergy],
            outcome=outcome,
        )
        if kind == Interaction.Kind.ANSWER:
            said.by, said.seen_at = None, said.at + timedelta(hours=20)
        return said

    def _answer(
        self, synergy: Synergy, venue: Venue, day: int, outcome: str, summary: str, company: str, quantity: str
    ) -> None:
        """Write what a company answered by its link, and nobody has glanced at yet."""
        kind = Interaction.Kind.ANSWER
        said = self._talk(synergy, venue, [self.named[company]], "answer", day, kind, outcome, summary)
        said.seen_at = None
        said.stated_quantity = Decimal(quantity) if quantity else None

    def _count(
        self, synergy: Synergy, indicator: str, value: str, low: str, high: str, evidence: str, method: str, note: str
    ) -> None:
        self.shelf.put(
            ImpactLine(
                id=identifier(synergy.pk, "impact", indicator),
                synergy=synergy,
                indicator=indicator,
                year=self.today.year if synergy.continuity == Synergy.Continuity.CONTINUING else None,
                value=Decimal(value),
                low=Decimal(low) if low else None,
                high=Decimal(high) if high else None,
                evidence_level=evidence,
                method=method,
                source_note=note,
            )
        )

    def _call_back(self, venue: Venue, guests: list[Firm]) -> None:
        """Everybody of the room was called back within the two months, but for three."""
        quiet = [self.named[name] for name in NOT_CALLED_BACK]
        called = [firm for firm in guests if firm not in quiet]
        self.chronicle.call_after_workshop(venue, called, share=1, everybody_answers=True)
        self.chronicle.speak(
            f"{venue.workshop.pk}/message",
            venue,
            self.today - timedelta(days=12),
            Interaction.Kind.CALL,
            "Message laissé : demande à visiter une installation de broyage.",
            firms=quiet[-1:],
            outcome=Interaction.Outcome.NO_ANSWER,
        )

    def _open_link(self, venue: Venue) -> None:
        opened = moment(self.today - timedelta(days=6))
        company = self.named[ASKED_BY_LINK].company
        self.shelf.put(
            CompanyLink(
                id=identifier(company.pk, "link"),
                company=company,
                territory=venue.territory,
                created_at=opened,
                expires_at=opened + LINK_LIFE,
            )
        )

    def _at(self, day: int):
        return moment(self.today + timedelta(days=day), self.rng.randint(9, 17), self.rng.randint(0, 59))


def _takes_plastic(firm: Firm) -> bool:
    return firm.trade.code.startswith(TAKES_PLASTIC)


def _take(free: list[Lead], known: set[tuple], *, among: frozenset[SynergyType]) -> Lead:
    """Take a lead of these types on something that none of its companies is known for yet; remember it."""

    def is_new(lead: Lead) -> bool:
        return not any((lead.flow.key, firm.company.pk) in known for firm in lead.firms)

    fitting = [lead for lead in free if lead.flow.type in among]
    lead = next(filter(is_new, fitting), fitting[0])
    free.remove(lead)
    known.update((lead.flow.key, firm.company.pk) for firm in lead.firms)
    return lead
