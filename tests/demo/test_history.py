"""What was lived: believable days, people and words."""

import pytest
from django.db.models import Count, F

from maillage.demo import catalogue
from maillage.resources.models import Gisement, Resource
from maillage.synergies.models import Interaction, StageChange, Synergy
from maillage.territories.models import Mandate


@pytest.fixture
def interactions(demonstration):
    return Interaction.objects.filter(territory__programme=demonstration)


class TestDays:
    def test_of_calls_and_stages_are_working_days(self, demonstration, interactions):
        days = [
            *interactions.exclude(kind="NOTE").values_list("at", flat=True),
            *StageChange.objects.filter(synergy__territory__programme=demonstration).values_list("at", flat=True),
        ]

        assert all(day.weekday() < 5 for day in days)

    def test_of_calls_come_before_the_snapshot(self, demonstration, interactions):
        assert not interactions.filter(at__date__gt=demonstration.snapshot_on).exists()


class TestPeople:
    def test_were_in_their_post_when_they_changed_a_stage(self, demonstration):
        posts = {}
        for mandate in Mandate.objects.filter(programme=demonstration, role="PRACTITIONER"):
            posts.setdefault(mandate.user_id, []).append(mandate)

        for change in StageChange.objects.filter(synergy__territory__programme=demonstration):
            day = change.at.date()
            assert any(
                mandate.starts_on <= day and (mandate.ends_on is None or day < mandate.ends_on)
                for mandate in posts[change.by_id]
            )

    def test_who_left_handed_their_synergies_over(self, demonstration, interactions):
        handed = interactions.filter(kind="NOTE")

        assert handed.count() > 20
        assert (
            not Synergy.objects.of_programme(demonstration)
            .filter(practitioner__mandates__ends_on__lt=F("territory__programme__snapshot_on"))
            .exists()
        )


class TestWords:
    def test_fit_the_trade_of_who_says_them(self, demonstration):
        """A bakery offers no steel swarf."""
        metal = Resource.objects.filter(direction="OFFER", text__icontains="copeaux", category="MATERIAL").exclude(
            site__company__activity__code__regex=r"^(25|28|29|30|33|16|31)"
        )

        assert catalogue.flows()["metaux"].fit("10.71C", "OFFER") == 0
        assert list(metal.values_list("text", "site__company__activity__code")) == []

    def test_of_a_company_that_came_again_are_one_flow(self, demonstration):
        twice = Gisement.objects.annotate(cards=Count("resources"), companies=Count("resources__site", distinct=True))

        assert twice.filter(cards__gt=1, companies=1).count() == twice.count() > 10


class TestNextActions:
    def test_are_those_of_live_synergies_only(self, demonstration):
        synergies = Synergy.objects.of_programme(demonstration)

        assert set(synergies.exclude(next_action="")) == set(synergies.alive())
