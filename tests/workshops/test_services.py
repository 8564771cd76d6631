from datetime import date, time

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.workshops.models import Workshop
from maillage.workshops.services import (
    HoursReversed,
    SeatsMissing,
    TitleMissing,
    WorkshopGiven,
    change_workshop,
    create_workshop,
    move_workshop,
)
from tests.conftest import NOON
from tests.support.factories import MandateFactory, WorkshopFactory


def given(**values):
    return WorkshopGiven(**{"title": "Atelier de Lorient", "held_on": date(2026, 12, 10), "place": "Lorient", **values})


class TestCreateWorkshop:
    def test_writes_it_and_the_journal(self, practitioner, territory):
        made = create_workshop(
            territory_id=territory.pk, given=given(title=" Atelier de Lorient "), mandate=practitioner, at=NOON
        )

        assert Workshop.objects.get(pk=made.pk).title == "Atelier de Lorient"
        entry = Entry.objects.about(made).get()
        assert (entry.act, entry.actor_id, entry.territory_id) == ("CREATED", practitioner.user_id, territory.pk)

    @pytest.mark.parametrize("who", ["outsider", "onlooker"])
    def test_is_refused_to_who_does_not_work_there(self, request, territory, who):
        mandate = request.getfixturevalue(who)

        with pytest.raises(NotAllowed):
            create_workshop(territory_id=territory.pk, given=given(), mandate=mandate, at=NOON)

        assert not Workshop.objects.exists()

    def test_is_open_to_the_national_coordinator(self, territory):
        national = MandateFactory(role="NATIONAL_COORD", programme=territory.programme)

        assert create_workshop(territory_id=territory.pk, given=given(), mandate=national, at=NOON)

    @pytest.mark.parametrize(
        ("values", "refusal"),
        [
            ({"title": "  "}, TitleMissing),
            ({"starts_at": time(13), "ends_at": time(8, 30)}, HoursReversed),
            ({"capacity": 30, "target_companies": 35}, SeatsMissing),
        ],
    )
    def test_refuses_what_does_not_hold_together(self, practitioner, territory, values, refusal):
        with pytest.raises(refusal):
            create_workshop(territory_id=territory.pk, given=given(**values), mandate=practitioner, at=NOON)

        assert not Workshop.objects.exists()


class TestChangeWorkshop:
    def test_writes_what_differs_and_nothing_when_nothing_does(self, practitioner, territory):
        made = create_workshop(territory_id=territory.pk, given=given(), mandate=practitioner, at=NOON)

        for _ in range(2):
            change_workshop(workshop_id=made.pk, given=given(venue="Salle 2"), mandate=practitioner, at=NOON)

        (entry,) = Entry.objects.about(made).filter(act="CHANGED")
        assert entry.changes == {"venue": ["", "Salle 2"]}

    def test_is_refused_from_elsewhere(self, outsider, territory):
        workshop = WorkshopFactory(territory=territory, title="Le nôtre")

        with pytest.raises(NotAllowed):
            change_workshop(workshop_id=workshop.pk, given=given(), mandate=outsider, at=NOON)

        assert Workshop.objects.get().title == "Le nôtre"


class TestMoveWorkshop:
    def test_goes_there_and_back(self, practitioner, territory):
        workshop = WorkshopFactory(territory=territory, status="OPEN")

        move_workshop(workshop_id=workshop.pk, status="CANCELLED", mandate=practitioner, at=NOON)
        move_workshop(workshop_id=workshop.pk, status="OPEN", mandate=practitioner, at=NOON)

        assert Workshop.objects.get().status == "OPEN"
        assert Entry.objects.about(workshop).count() == 2

    def test_is_refused_from_elsewhere(self, outsider, territory):
        workshop = WorkshopFactory(territory=territory)

        with pytest.raises(NotAllowed):
            move_workshop(workshop_id=workshop.pk, status="CANCELLED", mandate=outsider, at=NOON)
