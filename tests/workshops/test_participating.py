from datetime import timedelta

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.workshops.models import Participation
from maillage.workshops.participating import (
    AlreadyRegistered,
    TooEarly,
    WorkshopCancelled,
    WorkshopFull,
    change_participation,
    register,
    seat_companies,
    welcome_all,
)
from tests.conftest import NOON, TODAY
from tests.support.factories import ParticipationFactory, SiteFactory, TerritoryFactory, WorkshopFactory


@pytest.fixture
def workshop(territory):
    return WorkshopFactory(territory=territory, capacity=2, target_companies=2, held_on=TODAY + timedelta(days=16))


@pytest.fixture
def past(territory):
    return WorkshopFactory(territory=territory, held_on=TODAY - timedelta(days=3))


class TestRegister:
    def test_gives_a_place_and_writes_the_journal(self, practitioner, territory, workshop):
        site = SiteFactory(territory=territory)

        seat = register(workshop_id=workshop.pk, site_id=site.pk, mandate=practitioner, at=NOON)

        assert (seat.status, seat.registered_at) == ("REGISTERED", NOON)
        assert Entry.objects.about(seat).get().changes["status"] == "REGISTERED"

    def test_puts_on_the_waiting_list_once_the_room_is_full(self, practitioner, territory, workshop):
        ParticipationFactory.create_batch(2, workshop=workshop, status="REGISTERED")
        site = SiteFactory(territory=territory)

        seat = register(workshop_id=workshop.pk, site_id=site.pk, mandate=practitioner, at=NOON)

        assert seat.status == "WAITLIST"

    def test_says_that_it_came_once_the_day_is_over(self, practitioner, territory, past):
        site = SiteFactory(territory=territory)

        assert register(workshop_id=past.pk, site_id=site.pk, mandate=practitioner, at=NOON).status == "PRESENT"

    def test_welcomes_again_who_had_cancelled(self, practitioner, workshop):
        seat = ParticipationFactory(workshop=workshop, status="CANCELLED")

        register(workshop_id=workshop.pk, site_id=seat.site_id, mandate=practitioner, at=NOON)

        assert Participation.objects.get().status == "REGISTERED"

    def test_refuses_a_company_twice(self, practitioner, workshop):
        seat = ParticipationFactory(workshop=workshop, status="REGISTERED")

        with pytest.raises(AlreadyRegistered):
            register(workshop_id=workshop.pk, site_id=seat.site_id, mandate=practitioner, at=NOON)

    def test_refuses_at_a_cancelled_workshop(self, practitioner, territory):
        workshop = WorkshopFactory(territory=territory, status="CANCELLED")

        with pytest.raises(WorkshopCancelled):
            register(workshop_id=workshop.pk, site_id=SiteFactory().pk, mandate=practitioner, at=NOON)

    def test_welcomes_a_company_of_another_territory_but_not_of_another_programme(
        self, practitioner, elsewhere, workshop
    ):
        neighbour, stranger = SiteFactory(territory=elsewhere), SiteFactory(territory=TerritoryFactory())

        assert register(workshop_id=workshop.pk, site_id=neighbour.pk, mandate=practitioner, at=NOON)
        with pytest.raises(NotAllowed):
            register(workshop_id=workshop.pk, site_id=stranger.pk, mandate=practitioner, at=NOON)

    @pytest.mark.parametrize("who", ["outsider", "onlooker"])
    def test_is_refused_to_who_does_not_work_there(self, request, territory, workshop, who):
        with pytest.raises(NotAllowed):
            register(
                workshop_id=workshop.pk,
                site_id=SiteFactory(territory=territory).pk,
                mandate=request.getfixturevalue(who),
                at=NOON,
            )

        assert not Participation.objects.exists()


class TestChangeParticipation:
    def test_says_who_came_from_the_day_on(self, practitioner, past):
        seat = ParticipationFactory(workshop=past, status="REGISTERED")

        change_participation(participation_id=seat.pk, status="NO_SHOW", mandate=practitioner, at=NOON)

        assert Participation.objects.get().status == "NO_SHOW"
        assert Entry.objects.about(seat).get().changes == {"status": ["REGISTERED", "NO_SHOW"]}

    @pytest.mark.parametrize("status", ["PRESENT", "NO_SHOW"])
    def test_refuses_to_say_it_before(self, practitioner, workshop, status):
        seat = ParticipationFactory(workshop=workshop, status="REGISTERED")

        with pytest.raises(TooEarly):
            change_participation(participation_id=seat.pk, status=status, mandate=practitioner, at=NOON)

    def test_refuses_a_place_that_is_not_there(self, practitioner, workshop):
        ParticipationFactory.create_batch(2, workshop=workshop, status="REGISTERED")
        waiting = ParticipationFactory(workshop=workshop, status="WAITLIST")

        with pytest.raises(WorkshopFull):
            change_participation(participation_id=waiting.pk, status="REGISTERED", mandate=practitioner, at=NOON)

    def test_writes_nothing_when_nothing_changes(self, practitioner, workshop):
        seat = ParticipationFactory(workshop=workshop, status="REGISTERED")

        change_participation(participation_id=seat.pk, status="REGISTERED", mandate=practitioner, at=NOON)

        assert not Entry.objects.about(seat).exists()

    @pytest.mark.parametrize("who", ["outsider", "onlooker"])
    def test_is_refused_to_who_does_not_work_there(self, request, workshop, who):
        seat = ParticipationFactory(workshop=workshop, status="REGISTERED")

        with pytest.raises(NotAllowed):
            change_participation(
                participation_id=seat.pk, status="CANCELLED", mandate=request.getfixturevalue(who), at=NOON
            )

        assert Participation.objects.get().status == "REGISTERED"


class TestWelcomeAll:
    def test_takes_those_registered_and_leaves_the_others(self, practitioner, past):
        seats = {status: ParticipationFactory(workshop=past, status=status) for status in ("REGISTERED", "CANCELLED")}

        assert welcome_all(workshop_id=past.pk, mandate=practitioner, at=NOON) == 1

        assert dict(Participation.objects.values_list("pk", "status")) == {
            seats["REGISTERED"].pk: "PRESENT",
            seats["CANCELLED"].pk: "CANCELLED",
        }
        assert Entry.objects.about(seats["REGISTERED"]).exists()

    def test_waits_for_the_day(self, practitioner, workshop):
        with pytest.raises(TooEarly):
            welcome_all(workshop_id=workshop.pk, mandate=practitioner, at=NOON)

    def test_is_refused_from_elsewhere(self, outsider, past):
        with pytest.raises(NotAllowed):
            welcome_all(workshop_id=past.pk, mandate=outsider, at=NOON)


class TestSeatCompanies:
    def test_gives_and_takes_tables_away(self, practitioner, workshop):
        first, second = ParticipationFactory.create_batch(2, workshop=workshop, table=3)

        moved = seat_companies(
            workshop_id=workshop.pk, tables={first.pk: None, second.pk: 3}, mandate=practitioner, at=NOON
        )

        assert moved == 1
        assert dict(Participation.objects.values_list("pk", "table")) == {first.pk: None, second.pk: 3}
        assert Entry.objects.about(first).get().changes == {"table": [3, None]}

    def test_is_refused_from_elsewhere(self, outsider, workshop):
        with pytest.raises(NotAllowed):
            seat_companies(workshop_id=workshop.pk, tables={}, mandate=outsider, at=NOON)
