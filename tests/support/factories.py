"""Records for the tests: the least that holds together, overridden where a test cares."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from maillage.accounts.models import User
from maillage.common.text import fold
from maillage.evaluation.models import ImpactLine
from maillage.matching.models import Proposal
from maillage.organisations.models import Company, Contact, Site
from maillage.resources.models import Resource
from maillage.synergies.models import Party, PotentialSynergy, Synergy
from maillage.territories.models import Mandate, Programme, Region, Territory
from maillage.workshops.models import Participation, Workshop

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PASSWORD = "un mot de passe assez long"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    name = factory.Sequence(lambda n: f"Personne {n}")
    password = factory.django.Password(PASSWORD)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"P{n}")
    name = factory.Sequence(lambda n: f"Programme {n}")
    starts_on = date(2026, 1, 1)


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Région {n}")


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    programme = factory.SubFactory(ProgrammeFactory)
    region = factory.SubFactory(RegionFactory, programme=factory.SelfAttribute("..programme"))
    name = factory.Sequence(lambda n: f"Territoire {n}")


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    user = factory.SubFactory(UserFactory)
    role = Mandate.Role.PRACTITIONER
    territory = None
    region = None
    programme = factory.LazyAttribute(
        lambda made: (
            made.territory.programme if made.territory else made.region.programme if made.region else ProgrammeFactory()
        )
    )
    starts_on = date(2026, 1, 1)
    fte = 0.5


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Entreprise {n}")
    folded_name = factory.LazyAttribute(lambda made: fold(made.name))
    created_at = NOON


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    company = factory.SubFactory(CompanyFactory)
    territory = factory.SubFactory(TerritoryFactory)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    company = factory.SubFactory(CompanyFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@exemple.fr")


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    site = factory.SubFactory(SiteFactory)
    direction = "OFFER"
    text = factory.Sequence(lambda n: f"Palettes bois 80x120, lot {n}")
    title = factory.SelfAttribute("text")
    folded_text = factory.LazyAttribute(lambda made: fold(made.text))
    created_at = NOON
    updated_at = NOON


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    left = factory.SubFactory(ResourceFactory)
    right = factory.SubFactory(ResourceFactory, direction="NEED")
    score = 1.0
    created_at = NOON


class WorkshopFactory(DjangoModelFactory):
    class Meta:
        model = Workshop

    territory = factory.SubFactory(TerritoryFactory)
    title = factory.Sequence(lambda n: f"Atelier {n}")
    place = "Lorient"
    held_on = date(2026, 12, 10)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    workshop = factory.SubFactory(WorkshopFactory)
    site = factory.SubFactory(SiteFactory, territory=factory.SelfAttribute("..workshop.territory"))
    status = "PRESENT"


class PotentialFactory(DjangoModelFactory):
    class Meta:
        model = PotentialSynergy

    territory = factory.SubFactory(TerritoryFactory)
    title = factory.Sequence(lambda n: f"Piste {n}")
    origin = "ROOM"
    identified_at = NOON


class SynergyFactory(DjangoModelFactory):
    class Meta:
        model = Synergy

    territory = factory.SubFactory(TerritoryFactory)
    code = factory.Sequence(lambda n: f"S{n}")
    title = factory.Sequence(lambda n: f"Synergie {n}")
    folded_title = factory.LazyAttribute(lambda made: fold(made.title))
    synergy_type = "REUSE"
    stage_since = date(2026, 11, 1)
    opened_on = date(2026, 10, 1)


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = Party

    synergy = factory.SubFactory(SynergyFactory)
    company = factory.SubFactory(CompanyFactory)
    role = "PROVIDER"


class ImpactLineFactory(DjangoModelFactory):
    class Meta:
        model = ImpactLine

    synergy = factory.SubFactory(SynergyFactory)
    indicator = "CO2_AVOIDED"
    value = 10
