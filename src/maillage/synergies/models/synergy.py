"""The synergy that somebody follows, and the companies in it."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.accounts.models import User
from maillage.common.models import Record
from maillage.common.search import every_word
from maillage.organisations.models import Company
from maillage.resources.nomenclature import SynergyType
from maillage.synergies.models.potential import PotentialSynergy
from maillage.synergies.stages import FINALISED, LADDER, OVER, STOPPED, Stage
from maillage.territories import scope
from maillage.territories.models import Territory

#: What is due soonest first; without an action, what moved last.
_SOONEST_FIRST = (F("next_action_on").asc(nulls_last=True), "-stage_since", "pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


class SynergyQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        """
        The synergies this mandate reads with names: all of the programme for who shares the base, else their place.

        Elsewhere a practitioner reads titles; the page of a synergy asks `editable_by` before it shows what is inside.
        """
        if mandate.role not in scope.READS_NAMES:
            return self.none()
        reads = scope.in_programme if mandate.role in scope.READS_SHARED_BASE else scope.in_place
        return self.filter(reads(mandate, "territory"))

    def counted_for(self, mandate):
        """The synergies this mandate counts, without names."""
        return (
            self.filter(scope.in_programme(mandate, "territory"))
            if mandate.role in scope.READS_FIGURES
            else self.none()
        )

    def in_place_of(self, mandate):
        return self.filter(scope.in_place(mandate, "territory"))

    def editable_by(self, mandate):
        return self.filter(scope.editable(mandate, "territory"))

    def matching(self, text):
        """The synergies of which every word is in the title, or in the name of one company."""
        named = Party.objects.filter(every_word(text, "company__folded_name"), synergy=OuterRef("pk"))
        return self.filter(every_word(text, "folded_title", "code") | Exists(named))

    def of_company(self, company):
        return self.filter(parties__company=company)

    def of_programme(self, programme):
        return self.filter(territory__programme=programme)

    def alive(self):
        return self.exclude(stage__in=[*STOPPED, Stage.COMPLETED])

    def still_open(self):
        """Alive or blocked: what somebody still has to care for."""
        return self.exclude(stage__in=OVER)

    def blocked(self):
        return self.filter(stage=Stage.BLOCKED)

    def abandoned(self):
        return self.filter(stage=Stage.ABANDONED)

    def finalised(self):
        return self.filter(stage__in=FINALISED)

    def followed_by(self, user):
        return self.filter(practitioner=user)

    def due_by(self, day: date):
        """Not over, with a next action whose day has come."""
        return self.still_open().filter(next_action_on__lte=day)

    def late_on(self, day: date):
        """Not over, with a next action whose day has passed."""
        return self.still_open().filter(next_action_on__lt=day)

    def sleeping_on(self, day: date, delay_days: int):
        """Alive, without a change of stage, a word or an action to come for that many days."""
        since = day - timedelta(days=delay_days)
        spoken_of = self.model.interactions.through.objects.filter(
            synergy=OuterRef("pk"), interaction__at__gte=_midnight(since)
        )
        return self.alive().filter(stage_since__lte=since).exclude(next_action_on__gt=day).exclude(Exists(spoken_of))

    def without_plan(self):
        return self.filter(next_action_on=None)

    def stopped_by(self, kind: str):
        """Stopped, with a standing barrier of this kind."""
        return self.filter(stage__in=STOPPED, barriers__kind=kind, barriers__resolved_at=None).distinct()

    def count_by_stage(self) -> dict[str, int]:
        """How many are at each stage; a stage without any is there with 0."""
        counted = dict(self.order_by().values_list("stage").annotate(Count("pk")))
        return {stage.value: counted.get(stage.value, 0) for stage in Stage}

    def first_of_each_stage(self, most: int):
        """The first ``most`` of each stage of the ladder: what is due soonest, then what moved last."""
        place = Window(RowNumber(), partition_by="stage", order_by=_SOONEST_FIRST)
        return self.filter(stage__in=LADDER).annotate(place=place).filter(place__lte=most).order_by("stage", "place")

    def practitioners(self):
        """The people who follow them, by name."""
        return User.objects.filter(pk__in=self.order_by().values("practitioner")).order_by("name", "pk")

    def of_family(self, family: str):
        return self.filter(synergy_type__in=[kind.value for kind in SynergyType if kind.family == family])

    def of_companies(self, companies):
        return self.filter(parties__company__in=companies).distinct()

    def with_stage_rank(self):
        """With ``stage_rank``, the place of the stage in a life: 0 for an idea, 7 for an abandoned one."""
        ranks = [When(stage=stage, then=rank) for rank, stage in enumerate(Stage)]
        return self.annotate(stage_rank=Case(*ranks, output_field=models.IntegerField()))

    def soonest_first(self):
        return self.order_by(*_SOONEST_FIRST)

    def longest_first(self):
        """By time spent in the stage."""
        return self.order_by("stage_since", "pk")

    def latest_first(self):
        return self.order_by("-stage_since", "pk")

    def for_list(self):
        return self.select_related("territory__region", "practitioner").prefetch_related(
            models.Prefetch("parties", Party.objects.select_related("company").order_by("rank", "pk"))
        )

    def for_board(self):
        return self.for_list()

    def for_page(self):
        return self.for_list().select_related("potential").prefetch_related("barriers")


class Synergy(Record):
    """A synergy that somebody follows, from idea to completion: the source's 958."""

    Stage = Stage

    class Continuity(models.TextChoices):
        ONE_OFF = "ONE_OFF", pgettext_lazy("continuity", "one-off")
        CONTINUING = "ONGOING", pgettext_lazy("continuity", "continuing")
        UNKNOWN = "", pgettext_lazy("continuity", "not known")

    class Origin(models.TextChoices):
        WORKSHOP = "WORKSHOP", _("workshop")
        DESK = "DESK", _("practitioner's search")
        COMPANY = "COMPANY", _("declared by the company")
        VISIT = "VISIT", _("visit")

    class Spontaneity(models.TextChoices):
        SPONTANEOUS = "SPONTANEOUS", _("spontaneous")
        ACCOMPANIED = "ACCOMPANIED", _("accompanied")

    class Innovation(models.TextChoices):
        NONE = "", _("none")
        TECHNICAL = "TECH", pgettext_lazy("innovation", "technical")
        SOCIAL = "SOCIAL", pgettext_lazy("innovation", "social")

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="synergies", verbose_name=_("territory")
    )
    code = models.CharField(_("code"), max_length=24)
    title = models.CharField(_("title"), max_length=200)
    folded_title = models.CharField(max_length=200)
    description = models.TextField(_("description"), blank=True)
    synergy_type = models.CharField(_("type"), max_length=20, choices=SynergyType)
    stage = models.CharField(_("stage"), max_length=14, choices=Stage, default=Stage.IDEA)
    stage_since = models.DateField(_("in this stage since"))
    practitioner = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="synergies",
        verbose_name=_("practitioner"),
    )
    potential = models.ForeignKey(
        PotentialSynergy,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed",
        verbose_name=_("potential synergy"),
    )
    continuity = models.CharField(_("continuity"), max_length=7, choices=Continuity, blank=True, default="")
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.WORKSHOP)
    spontaneity = models.CharField(
        _("spontaneity"), max_length=11, choices=Spontaneity, default=Spontaneity.ACCOMPANIED
    )
    innovation = models.CharField(_("innovation"), max_length=6, choices=Innovation, blank=True, default="")
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=6, blank=True)
    period = models.CharField(_("period"), max_length=5, blank=True)
    distance_km = models.FloatField(_("distance, km"), null=True, blank=True)
    next_action = models.CharField(_("next action"), max_length=250, blank=True)
    next_action_on = models.DateField(_("due on"), null=True, blank=True)
    opened_on = models.DateField(_("followed since"))

    objects = SynergyQuerySet.as_manager()

    class Meta:
        verbose_name = _("synergy")
        verbose_name_plural = _("synergies")
        constraints = [
            models.UniqueConstraint(fields=["territory", "code"], name="synergy_code_once_per_territory"),
            models.CheckConstraint(
                name="synergy_action_dated",
                condition=Q(next_action="") | Q(next_action_on__isnull=False),
                violation_error_message=_("Give the next action a date."),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "stage"], name="synergy_by_place_stage"),
            models.Index(fields=["practitioner", "next_action_on"], name="synergy_by_practitioner"),
        ]

    def __str__(self):
        return self.title

    @property
    def rank(self):
        """The place on the ladder, 1 to 6; nothing when stopped."""
        return LADDER.index(self.stage) + 1 if self.stage in LADDER else None

    @property
    def is_alive(self):
        return self.stage not in STOPPED and self.stage != Stage.COMPLETED

    @property
    def is_open(self):
        """Alive or blocked: somebody still has to care for it."""
        return self.stage not in OVER

    @property
    def family(self):
        return SynergyType(self.synergy_type).family


class Party(Record):
    """A company in a synergy, and the part it plays."""

    class Role(models.TextChoices):
        PROVIDER = "PROVIDER", _("gives")
        RECEIVER = "RECEIVER", _("takes")
        POOL_MEMBER = "POOL_MEMBER", _("shares")
        INTERMEDIARY = "INTERMEDIARY", _("carries or processes")
        EXPERT = "EXPERT", _("advises")

    synergy = models.ForeignKey(Synergy, on_delete=models.CASCADE, related_name="parties", verbose_name=_("synergy"))
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="parts", verbose_name=_("company"))
    role = models.CharField(_("part"), max_length=12, choices=Role)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [models.UniqueConstraint(fields=["synergy", "company"], name="party_once_per_synergy")]

    def __str__(self):
        return f"{self.company_id} · {self.get_role_display()}"
