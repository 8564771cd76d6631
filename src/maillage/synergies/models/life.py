"""What happens to a synergy: its steps, what stands in its way, the calls and visits."""

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.common.models import Record
from maillage.organisations.models import Company
from maillage.synergies.models.synergy import Synergy
from maillage.synergies.stages import Stage
from maillage.territories import scope
from maillage.territories.models import Territory


class StageChangeQuerySet(models.QuerySet):
    def in_order(self):
        """As it happened, with who did it."""
        return self.select_related("by").order_by("at", "pk")


class StageChange(Record):
    """One step in the life of a synergy: from where, to where, when, by whom, why."""

    synergy = models.ForeignKey(Synergy, on_delete=models.CASCADE, related_name="history", verbose_name=_("synergy"))
    from_stage = models.CharField(_("from"), max_length=14, choices=Stage, blank=True)
    to_stage = models.CharField(_("to"), max_length=14, choices=Stage)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = StageChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")
        indexes = [models.Index(fields=["synergy", "at"], name="stagechange_in_order")]

    def __str__(self):
        return f"{self.from_stage} → {self.to_stage}"


class BarrierQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(resolved_at=None)

    def lifted(self):
        return self.exclude(resolved_at=None)

    def of(self, synergies):
        """The barriers of these synergies (a queryset of them)."""
        return self.filter(synergy__in=synergies.order_by().values("pk"))

    def of_programme(self, programme):
        return self.filter(synergy__territory__programme=programme)

    def count_by_kind(self) -> dict[str, int]:
        """In how many synergies each kind is met, the most frequent first."""
        return dict(
            self.order_by().values_list("kind").annotate(n=Count("synergy", distinct=True)).order_by("-n", "kind")
        )


class Barrier(Record):
    """What stands in the way of a synergy."""

    class Kind(models.TextChoices):
        REGULATORY = "REGULATORY", pgettext_lazy("barrier", "Regulation")
        TECHNICAL = "TECHNICAL", pgettext_lazy("barrier", "Technique")
        QUALITY = "QUALITY", pgettext_lazy("barrier", "Quality or quantity")
        FINANCIAL = "FINANCIAL", pgettext_lazy("barrier", "Cost")
        DISTANCE = "DISTANCE", pgettext_lazy("barrier", "Distance")
        TIME = "TIME", pgettext_lazy("barrier", "Lack of time")
        MOTIVATION = "MOTIVATION", pgettext_lazy("barrier", "Lack of motivation")
        GROUP_POLICY = "GROUP_POLICY", pgettext_lazy("barrier", "Purchasing imposed by the group")
        TRUST = "TRUST", pgettext_lazy("barrier", "Trust, confidentiality")
        LOGISTICS = "LOGISTICS", pgettext_lazy("barrier", "Logistics")
        CONTACT_LEFT = "CONTACT_LEFT", pgettext_lazy("barrier", "Contact has left")
        SUPPLY_ENDED = "SUPPLY_ENDED", pgettext_lazy("barrier", "Source has dried up")
        INTERNAL_SOLUTION = "INTERNAL_SOLUTION", pgettext_lazy("barrier", "Solved in-house")
        OTHER = "OTHER", pgettext_lazy("barrier", "Other")

    synergy = models.ForeignKey(Synergy, on_delete=models.CASCADE, related_name="barriers", verbose_name=_("synergy"))
    kind = models.CharField(_("kind"), max_length=17, choices=Kind)
    note = models.CharField(_("note"), max_length=500, blank=True)
    raised_on = models.DateField(_("raised on"))
    resolved_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = BarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")

    def __str__(self):
        return self.get_kind_display()


class InteractionQuerySet(models.QuerySet):
    def in_place_of(self, mandate):
        return self.filter(scope.in_place(mandate, "territory"))

    def about(self, synergy):
        return self.filter(synergies=synergy)

    def answers(self):
        return self.filter(kind=Interaction.Kind.ANSWER)

    def waiting(self):
        """The answers of companies that nobody has looked at."""
        return self.answers().filter(seen_at=None)

    def reaching(self):
        """Those by which a company was reached: a note is not one, nor is a call to be made again."""
        again = [Interaction.Outcome.NO_ANSWER, Interaction.Outcome.CALL_BACK]
        return self.exclude(kind=Interaction.Kind.NOTE).exclude(outcome__in=again)

    def to_be_made_again(self):
        return self.filter(outcome__in=[Interaction.Outcome.NO_ANSWER, Interaction.Outcome.CALL_BACK])

    def for_list(self):
        return self.select_related("by").prefetch_related("companies", "synergies")

    def of_company(self, company):
        return self.filter(companies=company)

    def newest_first(self):
        return self.order_by("-at", "pk")


class Interaction(Record):
    """A call, a visit, a meeting or a mail, with one company or several, about one synergy or several."""

    class Kind(models.TextChoices):
        CALL = "CALL", pgettext_lazy("interaction", "Call")
        VISIT = "VISIT", pgettext_lazy("interaction", "Visit")
        EMAIL = "EMAIL", pgettext_lazy("interaction", "E-mail")
        MEETING = "MEETING", pgettext_lazy("interaction", "Meeting")
        ANSWER = "ANSWER", pgettext_lazy("interaction", "Company's answer")
        NOTE = "NOTE", pgettext_lazy("interaction", "Note")

    class Outcome(models.TextChoices):
        NONE = "", _("not said")
        REACHED = "REACHED", pgettext_lazy("outcome", "reached")
        NO_ANSWER = "NO_ANSWER", pgettext_lazy("outcome", "no answer")
        CALL_BACK = "CALL_BACK", pgettext_lazy("outcome", "to call back")
        PROGRESSING = "PROGRESSING", pgettext_lazy("outcome", "progressing")
        DONE = "DONE", pgettext_lazy("outcome", "done")
        STUCK = "STUCK", pgettext_lazy("outcome", "stuck")
        WANTS_HELP = "WANTS_HELP", pgettext_lazy("outcome", "wants help")

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome, blank=True, default="")
    summary = models.CharField(_("summary"), max_length=1000, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    companies = models.ManyToManyField(Company, related_name="interactions", verbose_name=_("companies"))
    synergies = models.ManyToManyField(Synergy, related_name="interactions", verbose_name=_("synergies"), blank=True)
    # The quantity the company gives for the synergy, when it is not the one that is written.
    stated_quantity = models.DecimalField(
        _("quantity given by the company"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    # An answer given by the company through its link waits for the practitioner's glance.
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        indexes = [models.Index(fields=["territory", "-at"], name="interaction_by_place")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.summary[:60]}"
