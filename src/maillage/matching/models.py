from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.common.models import Record
from maillage.resources.models import Resource
from maillage.resources.nomenclature import ResourceStatus
from maillage.territories import scope


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        """The proposals of which this mandate reads both cards: a pair never shows a card that is kept from it."""
        readable = Resource.objects.visible_to(mandate).order_by().values("pk")
        return self.filter(left__in=readable, right__in=readable)

    def editable_by(self, mandate):
        """A practitioner screens the proposals they read, in which one side at least is of their place."""
        return self.visible_to(mandate).filter(
            scope.editable(mandate, "left__site__territory") | scope.editable(mandate, "right__site__territory")
        )

    def of(self, resources):
        """The proposals that hold one at least of these cards (a queryset of them)."""
        cards = resources.order_by().values("pk")
        return self.filter(Q(left__in=cards) | Q(right__in=cards))

    def within(self, resources):
        """The proposals of which both cards are among these."""
        cards = resources.order_by().values("pk")
        return self.filter(left__in=cards, right__in=cards)

    def about(self, resource):
        return self.filter(Q(left=resource) | Q(right=resource))

    def unscreened(self):
        return self.filter(verdict=Proposal.Verdict.NONE)

    def screened(self):
        return self.exclude(verdict=Proposal.Verdict.NONE)

    def to_screen(self):
        """Those that nobody has screened, of cards that are still available."""
        available = ResourceStatus.ACTIVE
        return self.unscreened().filter(left__status=available, right__status=available)

    def set_aside(self):
        return self.filter(verdict=Proposal.Verdict.REFUSED)

    def kept(self):
        return self.filter(verdict__in=[Proposal.Verdict.ACCEPTED, Proposal.Verdict.CONTACTED])

    def not_set_aside(self):
        return self.exclude(verdict=Proposal.Verdict.REFUSED)

    def best_first(self):
        return self.order_by("-score", "pk")

    def for_screening(self):
        return self.select_related(
            "left__site__company", "left__site__commune", "right__site__company", "right__site__commune"
        ).order_by("-score", "pk")


class Proposal(Record):
    """A pair of cards that the engine suggests, with its reasons; nothing more until somebody says yes."""

    class Verdict(models.TextChoices):
        NONE = "", _("to be screened")
        ACCEPTED = "ACCEPTED", pgettext_lazy("proposal", "kept")
        REFUSED = "REFUSED", pgettext_lazy("proposal", "set aside")
        CONTACTED = "CONTACTED", pgettext_lazy("proposal", "companies contacted")

    # An offer on the left and a need on the right, or two cards to be pooled in the order of their identifiers.
    left = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="proposals_left", verbose_name=_("offer"))
    right = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="proposals_right", verbose_name=_("need")
    )
    score = models.FloatField(_("score"))
    synergy_type = models.CharField(_("likely synergy"), max_length=20, blank=True)
    distance_km = models.FloatField(_("distance, km"), null=True, blank=True)
    # A list of {criterion, points, values}, from which the interface makes a sentence in either language.
    reasons = models.JSONField(_("reasons"), default=list)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict, blank=True, default=Verdict.NONE)
    verdict_by = models.UUIDField(null=True, blank=True)
    verdict_at = models.DateTimeField(_("screened at"), null=True, blank=True)
    created_at = models.DateTimeField(_("proposed at"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="proposal_once_per_pair"),
            models.CheckConstraint(name="proposal_of_two_cards", condition=~Q(left=models.F("right"))),
        ]
        indexes = [models.Index(fields=["verdict", "-score"], name="proposal_to_screen")]

    def __str__(self):
        return f"{self.left_id} → {self.right_id}"
