from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.common.models import Record
from maillage.common.text import fold
from maillage.organisations.models import Site
from maillage.resources.models import Resource
from maillage.synergies.models import PotentialSynergy
from maillage.territories import scope
from maillage.territories.models import Commune, Mandate, Role, Territory


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        """Workshops are public in the programme to who shares the base or reads figures; others see their own place."""
        if mandate.role == Role.FACILITATOR:
            return self.filter(staff__user=mandate.user_id, territory__programme=mandate.programme_id)
        reads = scope.in_programme if mandate.role in scope.READS_FIGURES else scope.in_place
        return self.filter(reads(mandate, "territory"))

    def editable_by(self, mandate):
        if mandate.role == Role.NATIONAL_COORDINATOR:
            return self.filter(scope.in_programme(mandate, "territory"))
        return self.filter(scope.editable(mandate, "territory"))

    def of_programme(self, programme):
        return self.filter(territory__programme=programme)

    def in_place_of(self, mandate):
        return self.filter(scope.in_place(mandate, "territory"))

    def matching(self, text):
        """The workshops of which every word is in the title, the place or the commune."""
        asked = Q()
        for word in text.split():
            said = Q(title__icontains=word) | Q(place__icontains=word)
            asked &= said | Q(commune__folded_name__contains=fold(word))
        return self.filter(asked)

    def latest_first(self):
        return self.order_by("-held_on", "pk")

    def next_after(self, day):
        return self.filter(held_on__gte=day).order_by("held_on", "pk")

    def expected(self):
        """Those that are still to be held, or being held: neither over nor cancelled."""
        return self.filter(status__in=[Workshop.Status.PLANNED, Workshop.Status.OPEN, Workshop.Status.RUNNING])

    def in_order(self):
        return self.order_by("held_on", "pk")

    def for_list(self):
        return self.select_related("territory__region", "commune")

    def for_page(self):
        return self.select_related("territory__region", "territory__programme", "commune")


class Workshop(Record):
    """A half-day in a room, where companies say what they have and what they lack."""

    class Kind(models.TextChoices):
        DETECTION = "DETECTION", _("detection workshop")
        AUCTION = "AUCTION", _("auction of resources")
        THEMATIC = "THEMATIC", _("thematic workshop")
        SECOND_ROUND = "COLLECTOR_ROUND", _("second round for collectors")
        TRAINING = "TRAINING", _("training, role-play")

    class Status(models.TextChoices):
        PLANNED = "PLANNED", pgettext_lazy("workshop", "planned")
        OPEN = "OPEN", pgettext_lazy("workshop", "registration open")
        RUNNING = "RUNNING", pgettext_lazy("workshop", "running")
        DATA_ENTRY = "DATA_ENTRY", pgettext_lazy("workshop", "data entry")
        REPORTED = "REPORTED", pgettext_lazy("workshop", "reports sent")
        CLOSED = "CLOSED", pgettext_lazy("workshop", "closed")
        CANCELLED = "CANCELLED", pgettext_lazy("workshop", "cancelled")

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="workshops", verbose_name=_("territory")
    )
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.DETECTION)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    # The place as it is printed; "Landes" is a department's workshop and has no commune of its own.
    place = models.CharField(_("place"), max_length=120)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    capacity = models.PositiveSmallIntegerField(_("capacity"), default=40)
    target_companies = models.PositiveSmallIntegerField(_("companies aimed at"), default=35)
    # A workshop held on its own is left aside when follow-up time is counted, as the source does with Langon.
    is_ordinary = models.BooleanField(_("counts for follow-up time"), default=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        indexes = [models.Index(fields=["territory", "held_on"], name="workshop_by_place")]

    def __str__(self):
        return self.title

    @property
    def is_cancelled(self):
        return self.status == self.Status.CANCELLED

    @property
    def is_reported(self):
        return self.status in {self.Status.REPORTED, self.Status.CLOSED}


class ParticipationQuerySet(models.QuerySet):
    def editable_by(self, mandate):
        return self.filter(workshop__in=Workshop.objects.editable_by(mandate))

    def of_programme(self, programme):
        return self.filter(workshop__territory__programme=programme)

    def at(self, workshop):
        return self.filter(workshop=workshop)

    def by_company(self):
        return self.select_related("site__company").order_by("site__company__folded_name", "pk")

    def of_company(self, company):
        return self.filter(site__company=company)

    def visible_to(self, mandate):
        """Who came where, for the workshops the mandate reads; never for a role that reads no name."""
        if mandate.role not in scope.READS_NAMES:
            return self.none()
        return self.filter(Exists(Workshop.objects.visible_to(mandate).filter(pk=OuterRef("workshop"))))

    def latest_first(self):
        return self.order_by("-workshop__held_on", "pk")

    def came(self):
        return self.filter(status=Participation.Status.PRESENT)

    def expected(self):
        """Registered, and not seen yet."""
        return self.filter(status=Participation.Status.REGISTERED)

    def coming(self):
        """Those that hold a place: registered, or already there."""
        return self.filter(status__in=[Participation.Status.REGISTERED, Participation.Status.PRESENT])

    def at_table(self, table):
        return self.filter(table=table)

    def not_cancelled(self):
        return self.exclude(status=Participation.Status.CANCELLED)

    def count_by_status(self) -> dict[str, int]:
        """How many are at each status; a status without any is there with 0."""
        counted = dict(self.order_by().values_list("status").annotate(models.Count("pk")))
        return {status.value: counted.get(status.value, 0) for status in Participation.Status}

    def for_list(self):
        return self.select_related("site__company__activity", "site__commune", "workshop")


class Participation(Record):
    """A company at a workshop: the source's 588."""

    class Status(models.TextChoices):
        INVITED = "INVITED", pgettext_lazy("participation", "invited")
        REGISTERED = "REGISTERED", pgettext_lazy("participation", "registered")
        WAITING = "WAITLIST", pgettext_lazy("participation", "on the waiting list")
        PRESENT = "PRESENT", pgettext_lazy("participation", "came")
        NO_SHOW = "NO_SHOW", pgettext_lazy("participation", "did not come")
        CANCELLED = "CANCELLED", pgettext_lazy("participation", "cancelled")

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="participations", verbose_name=_("workshop")
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="participations", verbose_name=_("site"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REGISTERED)
    motivation = models.CharField(_("motivation"), max_length=300, blank=True)
    table = models.PositiveSmallIntegerField(_("table"), null=True, blank=True)
    registered_at = models.DateTimeField(_("registered at"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [models.UniqueConstraint(fields=["workshop", "site"], name="participation_once_per_workshop")]

    def __str__(self):
        return f"{self.site_id} · {self.workshop_id}"


class WorkshopResource(Record):
    """The workshop, table and round where a card was said."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="cards", verbose_name=_("workshop"))
    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, related_name="workshop_card", verbose_name=_("resource")
    )
    table = models.PositiveSmallIntegerField(_("table"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), null=True, blank=True)

    class Meta:
        verbose_name = _("card of a workshop")
        verbose_name_plural = _("cards of a workshop")

    def __str__(self):
        return f"{self.resource_id}"


class WorkshopPotential(Record):
    """The workshop where a potential synergy was seen."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="potentials", verbose_name=_("workshop")
    )
    potential = models.OneToOneField(
        PotentialSynergy,
        on_delete=models.CASCADE,
        related_name="workshop_potential",
        verbose_name=_("potential synergy"),
    )

    class Meta:
        verbose_name = _("potential synergy of a workshop")
        verbose_name_plural = _("potential synergies of a workshop")

    def __str__(self):
        return f"{self.potential_id}"


class Staffing(Record):
    """Who helps at a workshop, as what, at which table."""

    class Duty(models.TextChoices):
        FACILITATOR = "FACILITATOR", _("table facilitator")
        SCRIBE = "SCRIBE", _("table secretary")
        TIMEKEEPER = "TIMEKEEPER", _("timekeeper")
        WELCOME = "WELCOME", _("welcome")
        EXPERT = "EXPERT", _("expert")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="staff", verbose_name=_("workshop"))
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))
    duty = models.CharField(_("duty"), max_length=11, choices=Duty, default=Duty.FACILITATOR)
    table = models.PositiveSmallIntegerField(_("table"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff of a workshop")
        verbose_name_plural = _("staff of a workshop")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="staff_once_per_workshop"),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.get_duty_display()}"


class ProposalRunQuerySet(models.QuerySet):
    def of_workshop(self, workshop):
        return self.filter(workshop=workshop)

    def newest_first(self):
        return self.order_by("-asked_at", "pk")


class ProposalRun(Record):
    """One time that proposals were asked for a workshop: how far it is, and what came of it."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="proposal_runs", verbose_name=_("workshop")
    )
    # The proposals are those that this mandate reads: the base is seen through it.
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="+", verbose_name=_("mandate"))
    asked_at = models.DateTimeField(_("asked at"))
    cards_done = models.PositiveIntegerField(_("cards done"), default=0)
    cards_total = models.PositiveIntegerField(_("cards"), default=0)
    found = models.PositiveIntegerField(_("proposals"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    failed = models.BooleanField(_("failed"), default=False)

    objects = ProposalRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("search for proposals")
        verbose_name_plural = _("searches for proposals")

    def __str__(self):
        return f"{self.workshop_id} · {self.cards_done}/{self.cards_total}"

    @property
    def is_over(self):
        return self.finished_at is not None
