"""What coordinators and funders steer by."""

from datetime import date, timedelta

import pytest

from maillage.evaluation.models import Target
from maillage.reports.programme import Facts, Population
from maillage.reports.steering.attention import asked_too_often, blocked_for_long, standing_barriers, unfollowed
from maillage.reports.steering.objectives import objectives
from maillage.reports.steering.places import regions_side_by_side, territories_side_by_side
from maillage.reports.steering.quality import checks, levels_of_proof
from maillage.synergies.models import Barrier, Interaction
from tests.support.factories import (
    NOON,
    CompanyFactory,
    ImpactLineFactory,
    MandateFactory,
    ParticipationFactory,
    SynergyFactory,
    TerritoryFactory,
    WorkshopFactory,
)

TODAY = date(2026, 11, 24)


@pytest.fixture
def population(territory):
    return Population.of(territory.programme, day=TODAY, region=territory.region)


def aim(territory, measure, value, due_on=date(2026, 12, 31)):
    return Target.objects.create(region=territory.region, measure=measure, value=value, due_on=due_on)


class TestObjectives:
    def test_set_what_is_done_against_what_was_aimed_at(self, territory, population):
        aim(territory, "SYNERGIES_FINALISED", 4)
        SynergyFactory(territory=territory, stage="COMPLETED")

        (objective,) = objectives(Facts(population))

        assert (objective.done, objective.target, objective.share) == (1, 4, 0.25)
        assert objective.is_late

    def test_count_benefits_too(self, territory, population):
        aim(territory, "CO2_AVOIDED", 10)
        ImpactLineFactory(synergy=SynergyFactory(territory=territory, stage="COMPLETED"), value=12)

        (objective,) = objectives(Facts(population))

        assert objective.is_reached
        assert objective.width == 1.0

    def test_of_the_programme_add_up_the_regions(self, territory, elsewhere):
        aim(territory, "WORKSHOPS", 2)
        aim(elsewhere, "WORKSHOPS", 3)

        (objective,) = objectives(Facts(Population.of(territory.programme, day=TODAY)))

        assert objective.target == 5

    def test_are_not_late_when_time_is_left(self, territory, population):
        aim(territory, "WORKSHOPS", 4, due_on=date(2036, 1, 1))

        assert not objectives(Facts(population))[0].is_late


class TestPlacesSideBySide:
    def test_say_what_was_done_and_what_became_of_it(self, territory, population):
        workshop = WorkshopFactory(territory=territory, held_on=date(2026, 6, 2))
        ParticipationFactory.create_batch(2, workshop=workshop)
        SynergyFactory(territory=territory, stage="COMPLETED")
        SynergyFactory(territory=territory, stage="BLOCKED")

        (place,) = territories_side_by_side(population)

        assert (place.workshops, place.companies, place.months) == (1, 2, 5)
        assert (place.followed, place.finalised, place.open, place.blocked) == (2, 1, 1, 1)

    def test_say_who_carries_too_much(self, territory, population):
        MandateFactory(territory=territory, fte=0.5)
        SynergyFactory.create_batch(11, territory=territory)

        (place,) = territories_side_by_side(population)

        assert place.load == 22
        assert place.is_overloaded
        assert place.is_alone

    def test_say_where_nobody_works(self, territory, population):
        SynergyFactory(territory=territory)

        (place,) = territories_side_by_side(population)

        assert place.is_deserted
        assert place.load is None

    def test_of_a_programme_are_its_regions(self, territory, elsewhere):
        MandateFactory(territory=elsewhere)

        places = regions_side_by_side(Population.of(territory.programme, day=TODAY))

        assert {place.name: len(place.team) for place in places} == {territory.region.name: 0, elsewhere.region.name: 1}

    @pytest.mark.parametrize("size", [1, 12])
    def test_cost_the_same_queries_whatever_their_number(self, territory, population, django_assert_num_queries, size):
        for _rank in range(size):
            other = TerritoryFactory(programme=territory.programme, region=territory.region)
            ParticipationFactory(workshop=WorkshopFactory(territory=other, held_on=date(2026, 6, 2)))
            SynergyFactory(territory=other)
            MandateFactory(territory=other)

        with django_assert_num_queries(6):
            territories_side_by_side(population)


class TestWhatWaits:
    def test_holds_the_synergies_of_who_has_left(self, territory, population):
        gone = MandateFactory(territory=territory, ends_on=date(2026, 10, 1))
        here = MandateFactory(territory=territory)
        left = SynergyFactory(territory=territory, practitioner=gone.user)
        SynergyFactory(territory=territory, practitioner=here.user)
        SynergyFactory(territory=territory, practitioner=gone.user, stage="ABANDONED")

        assert list(unfollowed(population)) == [left]

    def test_leaves_alone_what_a_regional_coordinator_follows(self, territory, population):
        coordinator = MandateFactory(role="REGIONAL_COORD", region=territory.region, territory=None)
        SynergyFactory(territory=territory, practitioner=coordinator.user)

        assert not unfollowed(population).exists()

    def test_holds_what_is_blocked_for_three_months_with_nothing_planned(self, territory, population):
        old = TODAY - timedelta(days=90)
        stuck = SynergyFactory(territory=territory, stage="BLOCKED", stage_since=old)
        SynergyFactory(territory=territory, stage="BLOCKED", stage_since=old + timedelta(days=1))
        SynergyFactory(
            territory=territory, stage="BLOCKED", stage_since=old, next_action="Appeler", next_action_on=TODAY
        )

        assert list(blocked_for_long(population)) == [stuck]

    def test_holds_the_companies_asked_more_often_than_the_ceiling(self, territory, population):
        often, rarely, partner = CompanyFactory.create_batch(3)
        synergy = SynergyFactory(territory=territory)
        for company, times, about in ((often, 4, []), (rarely, 3, []), (partner, 6, [synergy])):
            for _time in range(times):
                made = Interaction.objects.create(territory=territory, kind="CALL", at=NOON)
                made.companies.add(company)
                made.synergies.set(about)

        assert [(one.company, one.contacts) for one in asked_too_often(population)] == [(often, 4)]


class TestStandingBarriers:
    def test_count_the_blocked_synergies_they_still_hold(self, territory, population):
        blocked = SynergyFactory(territory=territory, stage="BLOCKED")
        over = SynergyFactory(territory=territory, stage="ABANDONED")
        for synergy, kind, lifted in (
            (blocked, "FINANCIAL", None),
            (blocked, "FINANCIAL", None),
            (blocked, "DISTANCE", NOON),
            (over, "TIME", None),
        ):
            Barrier.objects.create(synergy=synergy, kind=kind, raised_on=TODAY, resolved_at=lifted)

        assert [(one.kind, one.count) for one in standing_barriers(population)] == [("FINANCIAL", 1)]


class TestQuality:
    def test_says_how_much_is_known(self, territory, population):
        ImpactLineFactory(synergy=SynergyFactory(territory=territory, stage="COMPLETED", continuity="ONGOING"))
        SynergyFactory(territory=territory, stage="COMPLETED")

        found = {check.key: (check.known, check.whole) for check in checks(population)}

        assert found["benefits"] == (1, 2)
        assert found["continuity"] == (1, 2)

    def test_splits_benefits_by_level_of_proof(self, territory, population):
        synergy = SynergyFactory(territory=territory, stage="COMPLETED")
        ImpactLineFactory(synergy=synergy, indicator="CO2_AVOIDED", evidence_level="VERIFIED")
        ImpactLineFactory(synergy=synergy, indicator="WATER_SAVED", evidence_level="DECLARED")

        assert [(level.level, level.count) for level in levels_of_proof(population)] == [
            ("VERIFIED", 1),
            ("DECLARED", 1),
            ("ESTIMATED", 0),
        ]
