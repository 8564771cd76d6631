"""What a company reads by its link: its own records, and of others only what both sides let through."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from maillage.common.geography import distance_km
from maillage.common.search import words
from maillage.organisations.models import Company, CompanyLink, Consent, Site
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Confidentiality, SynergyType
from maillage.synergies.models import Interaction, PotentialSynergy, Synergy

INTERESTED, CARDS = 10, 50
#: A word of a name tells who it is from this many letters on.
TELLING = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers a company gives by a tap, in its own words."""

    outcome: Interaction.Outcome
    words: str
    meaning: str


_Outcome = Interaction.Outcome
ANSWERS = {
    answer.outcome: answer
    for answer in (
        Answer(_Outcome.PROGRESSING, _("It is progressing"), _("We are talking about it")),
        Answer(_Outcome.DONE, _("It is done"), _("The exchanges have begun")),
        Answer(_Outcome.STUCK, _("It is stuck"), _("You will say why, if you like")),
        Answer(_Outcome.WANTS_HELP, _("I need help"), _("Somebody will call you")),
    )
}


@dataclass(frozen=True, slots=True)
class Partner:
    """Another company as this one may know it: its name only when both agreed, else its activity and its commune."""

    name: str
    activity: str
    commune: str
    km: float | None


@dataclass(frozen=True, slots=True)
class Followed:
    """A synergy of the company: a title that names nobody, its partners, the answer that waits to be read."""

    synergy: Synergy
    title: str
    partners: list[Partner]
    answer: Interaction | None = None

    @property
    def words(self) -> str:
        """What the company answered, as it read it on the button; nothing when it gave a quantity alone."""
        given = ANSWERS.get(self.answer.outcome) if self.answer else None
        return str(given.words) if given else ""


@dataclass(frozen=True, slots=True)
class Interest:
    """A potential synergy: about which card of the company, with whom, and what the other side says if it is shared."""

    about: Resource | None
    other_card: Resource | None
    other_title: str
    partners: list[Partner]
    potential: PotentialSynergy


@dataclass(slots=True)
class Seen:
    """Everything the page of a company shows."""

    cards: list[Resource] = field(default_factory=list)
    open: list[Followed] = field(default_factory=list)
    over: list[Followed] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    interest_count: int = 0
    site: Site | None = None


def seen_by(link: CompanyLink) -> Seen:
    """Read what a link opens, in as many queries whatever the number of records."""
    company, programme = link.company, link.territory.programme
    synergies = list(Synergy.objects.of_programme(programme).of_company(company).for_list().latest_first())
    waiting = PotentialSynergy.objects.of_programme(programme).of_company(company).not_followed()
    potentials = list(waiting.for_company_page()[:INTERESTED])
    others = {party.company_id for synergy in synergies for party in synergy.parties.all()}
    others |= {other.pk for potential in potentials for other in potential.companies.all()}
    know = _Acquaintance(company, others | {company.pk})

    answers: dict[UUID, Interaction] = {}
    for answer in Interaction.objects.waiting().of_company(company).for_list().newest_first():
        for synergy in answer.synergies.all():
            answers.setdefault(synergy.pk, answer)
    followed = [know.followed(synergy, answers.get(synergy.pk)) for synergy in synergies]
    return Seen(
        cards=list(
            Resource.objects.of_programme(programme).of_company(company).current().for_list().newest_first()[:CARDS]
        ),
        open=[one for one in followed if one.synergy.is_open],
        over=[one for one in followed if not one.synergy.is_open],
        interests=[know.interest(potential) for potential in potentials],
        interest_count=waiting.count(),
        site=know.sites.get(company.pk),
    )


class _Acquaintance:
    """Who this company may know by name, and how to speak of the others."""

    def __init__(self, company: Company, companies: set):
        self.company = company
        agreed = Consent.objects.companies_shown_to_partners(companies)
        self.named = agreed if company.pk in agreed else set()
        self.sites: dict[UUID, Site] = {}
        for site in Site.objects.of_companies(companies):
            self.sites.setdefault(site.company_id, site)

    def followed(self, synergy: Synergy, answer: Interaction | None) -> Followed:
        others = [party.company for party in synergy.parties.all() if party.company_id != self.company.pk]
        title = self.unnamed(synergy.title, others) or SynergyType(synergy.synergy_type).label
        return Followed(synergy, title, [self.partner(other) for other in others], answer)

    def interest(self, potential: PotentialSynergy) -> Interest:
        cards = [card for card in (potential.offered, potential.sought) if card]
        own = next((card for card in cards if card.site.company_id == self.company.pk), None)
        other = next((card for card in cards if card.site.company_id != self.company.pk), None)
        if other and other.confidentiality != Confidentiality.PROGRAMME:
            other = None
        companies = [company for company in potential.companies.all() if company.pk != self.company.pk]
        title = self.unnamed(other.title, companies) if other else ""
        return Interest(own, other if title else None, title, [self.partner(one) for one in companies], potential)

    def partner(self, other: Company) -> Partner:
        site, own = self.sites.get(other.pk), self.sites.get(self.company.pk)
        return Partner(
            name=other.name if other.pk in self.named else "",
            activity=site.company.activity.label if site and site.company.activity else "",
            commune=str(site.commune or "") if site else "",
            km=_between(own, site),
        )

    def unnamed(self, text: str, others: list[Company]) -> str:
        """
        The text, or nothing when it may name a company that this one may not know by name.

        A long word of its name is enough: people write « chez Kerdaniel ». A title too many is hidden, no name shown.
        """
        said = set(words(text, most=None))
        hidden = {word for other in others if other.pk not in self.named for word in words(other.name, most=None)}
        return "" if any(len(word) >= TELLING and word in said for word in hidden) else text


def _between(own: Site | None, other: Site | None) -> float | None:
    if own is None or other is None:
        return None
    places = (own.latitude, own.longitude, other.latitude, other.longitude)
    return None if None in places else distance_km(*places)
