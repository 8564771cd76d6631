"""The PNSI, rebuilt as records whose sums are the numbers that its synthesis of 2017 prints."""

from __future__ import annotations

from collections import Counter
from random import Random

from maillage.accounts.models import User
from maillage.demo import catalogue, programme
from maillage.demo.cards import Card, Deck, gather_flows, shares
from maillage.demo.cast import Cast, cast
from maillage.demo.companies import Firm, Registry
from maillage.demo.finalised import finalised
from maillage.demo.impacts import declare
from maillage.demo.potentials import Board, Lead, Seen
from maillage.demo.records import Shelf
from maillage.demo.synergies import Portfolio, follow_all
from maillage.demo.workshops import gather
from maillage.resources.nomenclature import Direction, ResourceStatus

RESOURCES = 4038
POTENTIAL_SYNERGIES = 7546
FEWEST_CARDS, MOST_CARDS = 4, 10
CALLED_BACK = 0.85


def build(people: dict[str, User], shelf: Shelf) -> None:
    """Make every record of the programme; it depends on nothing but its data files."""
    plan = catalogue.read("programme")
    frame = programme.build(plan, people, shelf, seen_on=plan["snapshot_on"])
    written = finalised()
    rng = Random("pnsi/companies")  # noqa: S311
    came = gather(frame, Registry(rng, shelf), written, rng, shelf)
    casts = cast(written, came, Random("pnsi/cast"))  # noqa: S311
    portfolio = Portfolio(frame, Random("pnsi/synergies"), shelf)  # noqa: S311
    leads: dict[str, list[Lead]] = {key: [] for key in frame.regions}
    taken = set()
    rooms = _rooms(came)
    decks: list[Deck] = []
    for venue in frame.venues.values():
        here = [one for one in casts if one.written.workshop == venue.key]
        deck = Deck(venue, Random(f"pnsi/workshop/{venue.key}"), shelf)  # noqa: S311
        decks.append(deck)
        found, followed = _hold(deck, came[venue.key], here, rooms[venue.key])
        leads[venue.plan["region"]] += found
        for one in here:
            lead = followed.get(one.written.title)
            synergy = portfolio.finish(one, lead, venue)
            declare(synergy, one.written, shelf)
            if lead:
                taken.add(lead.potential.pk)
        portfolio.chronicle.call_after_workshop(venue, came[venue.key], share=CALLED_BACK, everybody_answers=False)
    gather_flows(decks, shelf)
    done = Counter(frame.venues[one.written.workshop].plan["region"] for one in casts)
    quotas = {entry["key"]: entry["followed"] - done[entry["key"]] for entry in plan["regions"]}
    follow_all(portfolio, leads, taken, quotas, Random("pnsi/followed"))  # noqa: S311


def _rooms(came: dict[str, list[Firm]]) -> dict[str, tuple[list[int], int]]:
    """Return, for each workshop, how many cards each company says and how many leads the room sees."""
    sizes = {key: len(firms) for key, firms in came.items()}
    spoken = shares(RESOURCES, sum(sizes.values()), FEWEST_CARDS, MOST_CARDS, Random("pnsi/spoken"))  # noqa: S311
    # The bigger the room, the more meetings: a little more than in proportion.
    weights = {key: size**1.3 for key, size in sizes.items()}
    seen = {key: int(POTENTIAL_SYNERGIES * weight / sum(weights.values())) for key, weight in weights.items()}
    for key in list(seen)[: POTENTIAL_SYNERGIES - sum(seen.values())]:
        seen[key] += 1
    rooms, start = {}, 0
    for key, size in sizes.items():
        rooms[key] = (spoken[start : start + size], seen[key])
        start += size
    return rooms


def _hold(
    deck: Deck, firms: list[Firm], casts: list[Cast], room: tuple[list[int], int]
) -> tuple[list[Lead], dict[str, Lead]]:
    """Hold a workshop: cards are said, leads are seen. Return these, and those of the finalised synergies by title."""
    spoken, seen = room
    board = Board(deck.venue, deck.rng, deck.shelf)
    followed: dict[str, Lead] = {}
    for one in casts:
        present = [firm for firm in one.firms if deck.venue.key in firm.came_to]
        cards = _say_what_is_written(deck, one, present)
        if cards and len(present) > 1:
            offered = next((card for card in cards if card.direction != Direction.NEED), None)
            sought = next((card for card in cards if card.direction == Direction.NEED), None)
            lead = board.write(Seen(cards[0].flow, offered, sought, tuple(present)))
            if lead:
                followed[one.written.title] = lead
    for firm, number in zip(firms, spoken, strict=True):
        deck.fill(firm, number)
    board.fill(deck, firms, seen)
    return board.leads, followed


def _say_what_is_written(deck: Deck, one: Cast, present: list[Firm]) -> list[Card]:
    """Write the cards of a finalised synergy, for those of its companies that were in the room."""
    flow = catalogue.flows()[one.written.flow]
    sides = {one.firms[0]: (Direction.OFFER, one.written.gives), one.firms[1]: (Direction.NEED, one.written.takes)}
    if one.written.is_shared:
        ready = flow.lines_of(one.firms[0].trade.code, Direction.POOL) or [one.written.gives]
        words = [one.written.gives, deck.rng.choice(ready)]
        sides = {firm: (Direction.POOL, text) for firm, text in zip(present, words, strict=False)}
    return [
        deck.say(firm, flow, direction, catalogue.say(text, deck.rng, size=firm.size), status=ResourceStatus.MATCHED)
        for firm, (direction, text) in sides.items()
        if firm in present and not deck.has(firm, flow, direction)
    ]
