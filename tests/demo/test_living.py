"""The living programme: what a practitioner finds in the morning."""

from collections import Counter

import pytest

from maillage.evaluation.models import EvidenceLevel, ImpactLine
from maillage.matching.models import Proposal
from maillage.organisations.models import Company
from maillage.resources.models import Resource
from maillage.synergies.models import Barrier, Interaction, PotentialSynergy, Synergy
from maillage.territories.models import Programme, Territory
from maillage.workshops.models import Participation, Workshop
from tests.support.demonstration import TODAY

STAGES = {
    "IDEA": 21, "DISCUSSION": 8, "NEGOTIATION": 4, "IMPLEMENTATION": 3, "FINALISATION": 2, "COMPLETED": 5,
    "BLOCKED": 9, "ABANDONED": 4,
}  # fmt: skip


@pytest.fixture
def here(demonstration):
    return Territory.objects.get(programme__code="SDT", name="Pays de Lorient et de Cornouaille")


class TestWorkshops:
    def test_are_one_behind_and_one_ahead(self, here):
        held = Workshop.objects.filter(territory=here).in_order()

        assert [(workshop.place, (workshop.held_on - TODAY).days) for workshop in held] == [
            ("Lorient", -55),
            ("Quimper", 16),
        ]

    def test_are_on_working_days(self, later_shelf):
        held = [made.held_on for made in later_shelf.of(Workshop) if made.territory.programme.code == "SDT"]

        assert all(day.weekday() < 5 for day in held)

    def test_has_27_companies_registered_for_the_next(self, here):
        coming = Participation.objects.filter(workshop__territory=here, workshop__place="Quimper")

        assert Counter(coming.values_list("status", flat=True)) == {"REGISTERED": 27, "INVITED": 5}

    def test_says_nothing_of_what_has_not_happened(self, here):
        assert not Interaction.objects.filter(territory=here, at__date__gt=TODAY).exists()
        assert not Resource.objects.filter(site__territory=here, created_at__date__gt=TODAY).exists()
        assert not Participation.objects.filter(workshop__territory=here, registered_at__date__gt=TODAY).exists()


class TestSynergies:
    def test_are_at_every_stage(self, here):
        assert Synergy.objects.filter(territory=here).count_by_stage() == STAGES

    def test_sleep_for_two_of_them(self, here):
        sleeping = Synergy.objects.filter(territory=here).sleeping_on(TODAY, here.programme.sleep_delay_days)

        assert {synergy.title for synergy in sleeping} == {
            "Tourets en bois transformés en mobilier",
            "Bacs gerbables pour la criée",
        }

    def test_are_due_for_some(self, here):
        assert 3 <= Synergy.objects.filter(territory=here).due_by(TODAY).count() <= 5

    def test_are_blocked_by_the_rule_first(self, here):
        blocked = Barrier.objects.filter(synergy__territory=here, synergy__stage="BLOCKED")

        assert Counter(blocked.values_list("kind", flat=True)) == {"REGULATORY": 4, "FINANCIAL": 3, "GROUP_POLICY": 2}

    def test_bear_every_level_of_evidence(self, here):
        lines = ImpactLine.objects.filter(synergy__territory=here)

        assert set(lines.values_list("evidence_level", flat=True)) == set(EvidenceLevel.values)


class TestCompanies:
    def test_wait_for_a_first_call_for_three_of_them(self, here):
        came = Company.objects.filter(sites__participations__workshop__place="Lorient", sites__territory=here)
        spoken_to = Interaction.objects.filter(territory=here).exclude(outcome="NO_ANSWER")

        assert {company.name for company in came.exclude(interactions__in=spoken_to)} == {
            "Laiterie du Roudou",
            "Voilerie Anaon",
            "Composites Ria",
        }

    def test_answered_twice_since_the_last_glance(self, here):
        waiting = Interaction.objects.filter(territory=here).waiting()

        assert sorted(waiting.values_list("outcome", flat=True)) == ["DONE", "STUCK"]


class TestSize:
    def test_is_small(self, here):
        programme = Programme.objects.get(code="SDT")

        assert 60 <= Company.objects.filter(sites__territory__programme=programme).count() <= 75
        assert 145 <= Resource.objects.of_programme(programme).count() <= 160
        assert PotentialSynergy.objects.of_programme(programme).count() == 190

    def test_leaves_proposals_to_the_engine(self, here):
        assert Proposal.objects.filter(left__site__territory=here).exists()
        assert not Proposal.objects.filter(left__site__territory__programme__code="PNSI").exists()


class TestDay:
    def test_moves_the_living_programme_and_leaves_the_closed_one(self, shelf, later_shelf):
        def workshops(made, code):
            return [workshop.held_on for workshop in made.of(Workshop) if workshop.territory.programme.code == code]

        assert workshops(shelf, "PNSI") == workshops(later_shelf, "PNSI")
        moved = zip(workshops(shelf, "SDT"), workshops(later_shelf, "SDT"), strict=True)
        assert all(before < after for before, after in moved)
