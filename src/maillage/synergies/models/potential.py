"""What was seen to be possible, before anybody follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.common.models import Record
from maillage.common.search import words
from maillage.matching.models import Proposal
from maillage.organisations.models import Company
from maillage.resources.models import Resource
from maillage.resources.nomenclature import SynergyType
from maillage.territories import scope
from maillage.territories.models import Territory


class PotentialQuerySet(models.QuerySet):
    def visible_to(self, mandate):
        if mandate.role not in scope.READS_NAMES:
            return self.none()
        reads = scope.in_programme if mandate.role in scope.READS_SHARED_BASE else scope.in_place
        return self.filter(reads(mandate, "territory"))

    def counted_for(self, mandate):
        return (
            self.filter(scope.in_programme(mandate, "territory"))
            if mandate.role in scope.READS_FIGURES
            else self.none()
        )

    def editable_by(self, mandate):
        return self.filter(scope.editable(mandate, "territory"))

    def of_company(self, company):
        return self.filter(companies=company)

    def of_programme(self, programme):
        return self.filter(territory__programme=programme)

    def from_proposal(self, proposal):
        return self.filter(proposal=proposal)

    def about(self, resource):
        return self.filter(models.Q(offered=resource) | models.Q(sought=resource))

    def saying(self, text):
        """The potential synergies that hold every word of a text, in a card or in the name of a company."""
        found = self
        for word in words(text):
            named = Company.objects.filter(potential_synergies=models.OuterRef("pk"), folded_name__contains=word)
            found = found.filter(
                models.Q(offered__folded_text__contains=word)
                | models.Q(sought__folded_text__contains=word)
                | models.Exists(named)
            )
        return found

    def not_followed(self):
        return self.filter(followed=None)

    def newest_first(self):
        return self.order_by("-identified_at", "pk")

    def for_company_page(self):
        """With both cards and the companies, the latest first: what one of these companies reads by its link."""
        return self.select_related("offered__site", "sought__site").prefetch_related("companies").newest_first()

    def for_list(self):
        return self.select_related("territory", "offered__site__company", "sought__site__company").prefetch_related(
            "companies", "followed"
        )


class PotentialSynergy(Record):
    """What people in a room, or a practitioner, saw could be done: the source's 7 546. Never the engine alone."""

    class Origin(models.TextChoices):
        ROOM = "ROOM", _("seen in the room")
        PRACTITIONER = "PRACTITIONER", _("seen by the practitioner")
        PROPOSAL = "PROPOSAL", _("proposal kept")

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="potential_synergies", verbose_name=_("territory")
    )
    title = models.CharField(_("title"), max_length=200)
    synergy_type = models.CharField(_("type"), max_length=20, choices=SynergyType, blank=True)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin)
    offered = models.ForeignKey(
        Resource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="potential_as_offered",
        verbose_name=_("offered"),
    )
    sought = models.ForeignKey(
        Resource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="potential_as_sought",
        verbose_name=_("sought"),
    )
    proposal = models.OneToOneField(
        Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="potential", verbose_name=_("proposal")
    )
    companies = models.ManyToManyField(Company, related_name="potential_synergies", verbose_name=_("companies"))
    identified_at = models.DateTimeField(_("seen at"))

    objects = PotentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("potential synergy")
        verbose_name_plural = _("potential synergies")

    def __str__(self):
        return self.title
