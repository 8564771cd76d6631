"""The board: the synergies of a person or of a place, stage by stage, and what stops some of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render

from maillage.evaluation.models import EvidenceLevel, ImpactLine, Indicator
from maillage.resources.nomenclature import Family
from maillage.synergies.models import Barrier, Synergy
from maillage.synergies.stages import LADDER, Stage
from maillage.territories.models import Mandate
from maillage.territories.scope import EDITS_RECORDS
from maillage.web.access import opens_to
from maillage.web.components.day import seen_on
from maillage.web.practice.synergies import READERS

#: How many synergies a column shows before it sends to the list.
CARDS_A_COLUMN = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: a stage, how many are there, and the first of them."""

    stage: Stage
    rank: int
    count: int
    cards: list[Synergy]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


class Board:
    """The board as one request asks for it: whose, of which family, late or not. Every count is one query."""

    def __init__(self, request: HttpRequest):
        asked = request.GET
        self.mandate: Mandate = request.mandate
        self.today: date = seen_on(request)
        self.team = Synergy.objects.in_place_of(self.mandate)
        self.mine = self.team.followed_by(request.user)
        first = "mine" if self.mine_count else "team"
        self.who = asked.get("who") if asked.get("who") in {"mine", "team"} else first
        self.family = asked.get("family") if asked.get("family") in Family else ""
        self.is_late = asked.get("late") == "1" and not self.is_closed

    @property
    def is_closed(self) -> bool:
        """A closed programme raises no alert."""
        return self.mandate.programme.is_closed

    @property
    def whose(self) -> QuerySet[Synergy]:
        return self.mine if self.who == "mine" else self.team

    @cached_property
    def kept(self) -> QuerySet[Synergy]:
        kept = self.whose.of_family(self.family) if self.family else self.whose
        return kept.late_on(self.today) if self.is_late else kept

    @cached_property
    def mine_count(self) -> int:
        return self.mine.count()

    @cached_property
    def team_count(self) -> int:
        return self.team.count()

    @cached_property
    def late_count(self) -> int:
        return 0 if self.is_closed else self.whose.late_on(self.today).count()

    @cached_property
    def sleeping_count(self) -> int:
        if self.is_closed:
            return 0
        return self.kept.sleeping_on(self.today, self.mandate.programme.sleep_delay_days).count()

    @cached_property
    def counts(self) -> dict[str, int]:
        return self.kept.count_by_stage()

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def alive_count(self) -> int:
        return sum(self.counts[stage] for stage in LADDER if stage != Stage.COMPLETED)

    @property
    def blocked_count(self) -> int:
        return self.counts[Stage.BLOCKED]

    @property
    def abandoned_count(self) -> int:
        return self.counts[Stage.ABANDONED]

    @cached_property
    def columns(self) -> list[Column]:
        cards: dict[str, list[Synergy]] = {stage: [] for stage in LADDER}
        for card in self.kept.first_of_each_stage(CARDS_A_COLUMN).for_board():
            cards[card.stage].append(card)
        _with_proof(cards[Stage.COMPLETED])
        return [Column(stage, rank, self.counts[stage], cards[stage]) for rank, stage in enumerate(LADDER, start=1)]

    @cached_property
    def blocked_by(self) -> list[dict]:
        """What blocks synergies: each barrier, how many it blocks here, how many times the programme lifted it."""
        lifted = Barrier.objects.of_programme(self.mandate.programme).lifted().count_by_kind()
        standing = Barrier.objects.of(self.kept.blocked()).standing().count_by_kind()
        return [line | {"lifted": lifted.get(line["kind"], 0)} for line in _named(standing)]

    @cached_property
    def abandoned_for(self) -> list[dict]:
        return _named(Barrier.objects.of(self.kept.abandoned()).standing().count_by_kind())


#: The best proof first.
_PROOF = (EvidenceLevel.VERIFIED, EvidenceLevel.DECLARED, EvidenceLevel.ESTIMATED)
_ORDER = list(Indicator)


def _with_proof(cards: list[Synergy]) -> None:
    """Give each of these its ``proof``: the impact line that is proved best, in the order of the indicators."""
    best: dict = {}
    for line in ImpactLine.objects.of(cards):
        rank = (_PROOF.index(line.evidence_level), _ORDER.index(line.indicator), -(line.year or 0))
        if line.synergy_id not in best or rank < best[line.synergy_id][0]:
            best[line.synergy_id] = (rank, line)
    for card in cards:
        card.proof = best[card.pk][1] if card.pk in best else None


def _named(counts: dict[str, int]) -> list[dict]:
    return [{"kind": kind, "label": Barrier.Kind(kind).label, "count": count} for kind, count in counts.items()]


@opens_to(*READERS)
def synergy_board(request):
    board = Board(request)
    return render(
        request,
        "practice/synergy_board.html",
        {
            "section": "synergies",
            "board": board,
            "today": board.today,
            "families": Family,
            "may_open": request.mandate.role in EDITS_RECORDS,
        },
    )
