"""A small programme with a record of each kind, and one person of each role to look at it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from maillage.exchange.services import start_import
from maillage.organisations.services import record_consent
from maillage.organisations.services.links import open_company_link, token_of
from maillage.synergies.models import Interaction
from maillage.synergies.services import move_to_stage, raise_barrier
from maillage.territories.models import Mandate, Territory
from maillage.workshops.models import WorkshopResource
from tests.support.factories import (
    CompanyFactory,
    ContactFactory,
    ImpactLineFactory,
    MandateFactory,
    ParticipationFactory,
    PartyFactory,
    PotentialFactory,
    ProposalFactory,
    ResourceFactory,
    SiteFactory,
    SynergyFactory,
    TerritoryFactory,
    WorkshopFactory,
)

#: When what is here was done: the doors read the clock, and nothing is undone before it was done.
BEFORE = timezone.now() - timedelta(days=2)
PARTICIPANTS = "Entreprise;Commune\nMenuiserie du Scorff;Lorient\n"
#: The columns of the table: who looks.
PEOPLE = (
    "visitor",
    "national_coordinator",
    "regional_coordinator",
    "practitioner",
    "practitioner_elsewhere",
    "facilitator",
    "relay",
    "expert",
    "funder",
    "evaluator",
)
#: What the framework writes by itself when somebody looks.
NOT_OURS = {"sessions.session", "accounts.user"}

#: The record that an address is about, where the first word of its name does not tell.
SUBJECTS = {
    "practice:company_link_revoke": "link",
    "practice:company_link": "partner",
    "practice:contact_add": "company",
    "practice:objection": "contact",
    "practice:objection_withdraw": "contact",
    "practice:consent": "contact",
    "practice:consent_withdraw": "consent",
    "practice:resource_add": "company",
    "practice:synergy_move_undo": "move",
    "practice:barrier_raise": "synergy",
    "practice:barrier_lift": "synergy",
    "company:answer": "synergy",
    "company:quantity_of_synergy": "synergy",
    "company:explain": "answer",
    "company:withdraw": "answer",
    "company:quantity_of_card": "resource",
    "company:withdraw_card": "resource",
    "company:objection": "contact",
    "company:objection_withdraw": "contact",
}
#: What else an address is asked.
ARGUMENTS = {
    "reports:figure": {"key": "table_7"},
    "reports:records": {"key": "table_7", "row": "TOTAL", "column": "total"},
    "workshop:move": {"status": "CANCELLED"},
    "workshop:participation": {"status": "CANCELLED"},
}
#: Where every address is about the same record.
WHOLE = {"imports": "batch", "workshop": "workshop"}


@dataclass
class World:
    """The records of a territory, under the names that addresses give them, and the people around it."""

    records: dict[str, Any]
    people: dict[str, Mandate | None]

    def client(self, person: str) -> Client:
        client = Client()
        if mandate := self.people[person]:
            client.force_login(mandate.user)
        return client


def build() -> World:
    home = TerritoryFactory(name="Pays de Lorient")
    people = people_around(home, TerritoryFactory(programme=home.programme, name="Nord-Isère"))
    practitioner = people["practitioner"]
    company = CompanyFactory(name="Scierie du Blavet")
    site = SiteFactory(company=company, territory=home, is_main=True)
    offer, need = ResourceFactory(site=site), ResourceFactory(site=SiteFactory(territory=home), direction="NEED")
    workshop = WorkshopFactory(territory=home)
    seat = ParticipationFactory(workshop=workshop, site=site)
    WorkshopResource.objects.create(workshop=workshop, resource=offer)
    synergy = SynergyFactory(
        territory=home,
        practitioner=practitioner.user,
        next_action="Rappeler",
        next_action_on=BEFORE.date() + timedelta(days=9),
    )
    PartyFactory(synergy=synergy, company=company)
    ImpactLineFactory(synergy=synergy)
    contact = ContactFactory(company=company)
    answer = Interaction.objects.create(
        territory=home, kind=Interaction.Kind.ANSWER, outcome=Interaction.Outcome.DONE, at=BEFORE
    )
    answer.companies.add(company)
    answer.synergies.add(synergy)
    link = open_company_link(company_id=company.pk, mandate=practitioner, at=timezone.now())
    return World(
        {
            "company": company,
            "partner": need.site.company,
            "contact": contact,
            "consent": record_consent(
                contact_id=contact.pk, purpose="MAILINGS", how="", mandate=practitioner, at=BEFORE
            ),
            "link": link,
            "token": token_of(link),
            "resource": offer,
            "proposal": ProposalFactory(left=offer, right=need),
            "potential": PotentialFactory(territory=home, offered=offer, sought=need),
            "synergy": synergy,
            "move": move_to_stage(synergy_id=synergy.pk, stage="DISCUSSION", mandate=practitioner, at=timezone.now()),
            "barrier": raise_barrier(synergy_id=synergy.pk, kind="DISTANCE", mandate=practitioner, at=BEFORE),
            "answer": answer,
            "workshop": workshop,
            "batch": start_import(
                workshop=workshop,
                kind="PARTICIPANTS",
                file=BytesIO(PARTICIPANTS.encode()),
                filename="participants.csv",
                mandate=practitioner,
                at=BEFORE,
            ),
            "kind": "PARTICIPANTS",
            "seat": seat,
            "site": need.site,
        },
        people,
    )


def people_around(home: Territory, elsewhere: Territory) -> dict[str, Mandate | None]:
    return {
        "visitor": None,
        "national_coordinator": MandateFactory(role="NATIONAL_COORD", programme=home.programme),
        "regional_coordinator": MandateFactory(role="REGIONAL_COORD", region=home.region),
        "practitioner": MandateFactory(role="PRACTITIONER", territory=home),
        "practitioner_elsewhere": MandateFactory(role="PRACTITIONER", territory=elsewhere),
        "facilitator": MandateFactory(role="FACILITATOR", territory=home),
        "relay": MandateFactory(role="RELAY", territory=home),
        "expert": MandateFactory(role="EXPERT", territory=home),
        "funder": MandateFactory(role="FUNDER", programme=home.programme),
        "evaluator": MandateFactory(role="EVALUATOR", programme=home.programme),
    }


def routes() -> dict[str, list[str]]:
    """Every address of the application by its name, with the names of what it is asked."""

    def walk(patterns, space):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{space}{pattern.name}", list(pattern.pattern.converters)
            else:
                yield from walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)

    return dict(walk(get_resolver().url_patterns, ""))


def address(world: World, name: str) -> str:
    """The address of a page about the records of this world."""
    given = ARGUMENTS.get(name, {})
    asked = {
        argument: _value(world, subject(name) if argument == "pk" else argument)
        for argument in routes()[name]
        if argument not in given
    }
    return reverse(name, kwargs=asked | given)


def subject(name: str) -> str:
    """What the `pk` of an address stands for: said here where the first word of its name does not tell."""
    first = name.rpartition(":")[2].partition("_")[0]
    return SUBJECTS.get(name) or WHOLE.get(name.partition(":")[0]) or first


def _value(world: World, name: str) -> Any:
    record = world.records[name]
    return getattr(record, "pk", record)


def checksum() -> str:
    """A fingerprint of every record of every table of ours."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label_lower):
        if model.__module__.startswith("maillage.") and model._meta.label_lower not in NOT_OURS:
            for row in model._base_manager.order_by("pk").values_list():
                digest.update(repr(row).encode())
    return digest.hexdigest()
