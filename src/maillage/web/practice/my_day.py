"""The practitioner's home: what to do today first, how things stand after."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.matching import reasons
from maillage.matching.models import Proposal
from maillage.synergies.models import Interaction, Synergy
from maillage.synergies.stages import LADDER, STOPPED, Stage
from maillage.territories.models import Mandate
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.day import seen_on, spelled, written
from maillage.workshops.following import to_call_back
from maillage.workshops.models import Participation, Workshop

#: How many of each kind of thing the home shows; the rest is behind a link.
SHOWN = 5
#: From how many days before its deadline a call back is a thing to do today.
PRESSING = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    """What one day holds for a practitioner. Every list is short and loaded once."""

    mandate: Mandate
    user: AbstractBaseUser
    today: date
    synergies: object = field(init=False)

    def __post_init__(self):
        followed = Synergy.objects.in_place_of(self.mandate).followed_by(self.user)
        object.__setattr__(self, "synergies", followed)

    @property
    def programme(self):
        return self.mandate.programme

    # What to do

    @cached_property
    def calls(self) -> list[Participation]:
        """The companies to call back, the nearest deadline first, each with its ``deadline``."""
        delay = timedelta(days=self.programme.follow_up_delay_days)
        calls = list(to_call_back(self.mandate, self.today).for_list())
        for call in calls:
            call.deadline = call.workshop.held_on + delay
            call.presses = call.deadline - PRESSING <= self.today
        return calls

    @cached_property
    def pressing_calls(self) -> list[Participation]:
        return [call for call in self.calls if call.presses]

    @property
    def due(self) -> QuerySet[Synergy]:
        return self.synergies.due_by(self.today)

    @property
    def asleep(self) -> QuerySet[Synergy]:
        """Those that sleep and have nothing planned; the others are due."""
        return self.synergies.sleeping_on(self.today, self.programme.sleep_delay_days).without_plan()

    @property
    def answers(self) -> QuerySet[Interaction]:
        return Interaction.objects.waiting().in_place_of(self.mandate)

    @cached_property
    def first_due(self) -> list[Synergy]:
        return list(self.due.soonest_first().for_list()[:SHOWN])

    @cached_property
    def first_asleep(self) -> list[Synergy]:
        return list(self.asleep.longest_first().for_list()[:3])

    @cached_property
    def first_blocked(self) -> list[Synergy]:
        return list(self.synergies.blocked().without_plan().longest_first().for_list()[:2])

    @cached_property
    def first_answers(self) -> list[Interaction]:
        return list(self.answers.for_list().newest_first()[:SHOWN])

    @cached_property
    def things_to_do(self) -> int:
        return len(self.pressing_calls) + self.due.count() + self.asleep.count() + self.answers.count()

    # How things stand

    @cached_property
    def counts(self) -> dict[str, int]:
        return self.synergies.count_by_stage()

    @property
    def stages(self):
        return [(stage, self.counts[stage]) for stage in (*LADDER, *STOPPED)]

    @property
    def followed(self) -> int:
        return sum(self.counts.values())

    @property
    def alive(self) -> int:
        return sum(self.counts[stage] for stage in LADDER if stage != Stage.COMPLETED)

    @cached_property
    def workshop(self) -> Workshop | None:
        return Workshop.objects.in_place_of(self.mandate).expected().next_after(self.today).for_list().first()

    @cached_property
    def funnel(self) -> "Funnel | None":
        if self.workshop is None:
            return None
        return Funnel(self.workshop, self.workshop.participations.count_by_status(), self.today)

    @cached_property
    def proposals(self) -> list[tuple[Proposal, list[str]]]:
        """The best pairs that nobody has screened, each with its reasons in words."""
        best = Proposal.objects.editable_by(self.mandate).to_screen().for_screening()[:2]
        return [(proposal, reasons.sentences(proposal)) for proposal in best]

    @property
    def is_empty(self) -> bool:
        """Whether the person has only just arrived."""
        return not (self.followed or self.calls or self.first_answers or self.workshop)

    # How it is said

    @property
    def lead(self) -> str:
        if self.things_to_do == 0:
            return _("Nothing presses today.")
        count = self.things_to_do
        text = ngettext("%(count)s thing to do today.", "%(count)s things to do today.", count)
        said = text % {"count": spelled(count)}
        return said[:1].upper() + said[1:]

    @property
    def warning(self) -> str:
        """What must not be missed: the companies of a workshop whose delay is nearly over, or is over."""
        if not self.pressing_calls:
            return ""
        first = self.pressing_calls[0]
        count = sum(1 for call in self.pressing_calls if call.workshop_id == first.workshop_id)
        text = ngettext(
            "%(count)s company of the workshop of %(day)s has not been called back.",
            "%(count)s companies of the workshop of %(day)s have not been called back.",
            count,
        )
        said = text % {"count": spelled(count), "day": written(first.workshop.held_on, self.today)}
        return said[:1].upper() + said[1:]

    @property
    def delay(self) -> str:
        """How long is left for the companies of the warning."""
        if not self.pressing_calls:
            return ""
        days = (self.pressing_calls[0].deadline - self.today).days
        if days < 0:
            return _("The delay is over.")
        if days == 0:
            return _("Today is the last day.")
        text = ngettext("One day is left.", "There are %(days)s days left.", days)
        return text % {"days": spelled(days)}

    @property
    def first_name(self) -> str:
        return self.user.name.split()[0]


@dataclass(frozen=True, slots=True)
class Funnel:
    """How the mobilisation for a workshop goes: who was invited, who comes, for how many aimed at."""

    workshop: Workshop
    counts: dict[str, int]
    today: date

    @property
    def days_left(self) -> int:
        return (self.workshop.held_on - self.today).days

    @property
    def approached(self) -> int:
        return sum(self.counts.values())

    @property
    def coming(self) -> int:
        status = Participation.Status
        return self.counts[status.REGISTERED] + self.counts[status.PRESENT]

    @property
    def waiting(self) -> int:
        return self.counts[Participation.Status.WAITING]

    @property
    def missing(self) -> int:
        return max(0, self.workshop.target_companies - self.coming)

    @property
    def widest(self) -> int:
        return max(self.approached, self.workshop.target_companies, 1)

    @property
    def approached_width(self) -> str:
        return f"{100 * self.approached / self.widest:.1f}%"

    @property
    def coming_width(self) -> str:
        return f"{100 * self.coming / self.widest:.1f}%"

    @property
    def target_at(self) -> str:
        return f"{100 * self.workshop.target_companies / self.widest:.1f}%"


@opens_to(*EDITORS)
def my_day(request):
    day = Day(request.mandate, request.user, seen_on(request))
    template = "practice/my_day_closed.html" if day.programme.is_closed else "practice/my_day.html"
    return render(request, template, {"section": "home", "day": day, "today": day.today})


@opens_to(*EDITORS)
def call_list(request):
    """All the companies to call back, as a list to be printed."""
    day = Day(request.mandate, request.user, seen_on(request))
    return render(request, "practice/call_list.html", {"section": "home", "day": day, "today": day.today})
