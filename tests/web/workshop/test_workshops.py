from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.territories.models import Commune
from maillage.web.workshop.doors import doors_of
from maillage.workshops.counting import standing_of
from maillage.workshops.models import Workshop
from tests.conftest import NOON, TODAY
from tests.support.factories import (
    MandateFactory,
    ParticipationFactory,
    PotentialFactory,
    ProposalFactory,
    ResourceFactory,
    WorkshopFactory,
)


@pytest.fixture(autouse=True)
def on_that_day():
    """Every page of this file is seen on 24 November 2026."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def workshop(territory):
    return WorkshopFactory(territory=territory, title="Atelier de Lorient", held_on=TODAY + timedelta(days=16))


@pytest.fixture
def quimper(db):
    return Commune.objects.create(
        code="29232",
        name="Quimper",
        folded_name="quimper",
        postal_codes="29000",
        department_code="29",
        region_code="53",
    )


def said_at(workshop, **given):
    seat = ParticipationFactory(workshop=workshop)
    card = ResourceFactory(site=seat.site, **given)
    workshop.cards.create(resource=card)
    return card


def page(client, mandate, url, status=200):
    client.force_login(mandate.user)
    response = client.get(url)
    assert response.status_code == status
    return response


def hub(workshop):
    return reverse("workshop:workshop", args=[workshop.pk])


class TestWorkshopList:
    def test_begins_with_those_of_the_place_the_newest_first(self, client, practitioner, elsewhere, workshop):
        other = WorkshopFactory(territory=elsewhere, held_on=TODAY + timedelta(days=90))
        old = WorkshopFactory(territory=workshop.territory, held_on=TODAY - timedelta(days=90))

        listed = page(client, practitioner, reverse("workshop:list")).context["listing"].records

        assert list(listed) == [workshop, old, other]

    def test_counts_what_was_said_and_seen(self, client, practitioner, territory, workshop):
        said_at(workshop)
        workshop.potentials.create(potential=PotentialFactory(territory=territory))
        ParticipationFactory(workshop=workshop, status="CANCELLED")

        (listed,) = page(client, practitioner, reverse("workshop:list")).context["listing"].records

        assert (listed.company_count, listed.card_count, listed.potential_count) == (1, 1, 1)

    def test_is_read_by_the_funder_who_plans_nothing(self, client, onlooker, workshop):
        html = page(client, onlooker, reverse("workshop:list")).content.decode()

        assert workshop.title in html
        assert reverse("workshop:create") not in html

    def test_leaves_as_a_workbook(self, client, practitioner, workshop):
        response = page(client, practitioner, reverse("workshop:list") + "?format=xlsx")

        assert response["Content-Disposition"].endswith('.xlsx"')

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, practitioner, territory, size, django_assert_max_num_queries
    ):
        WorkshopFactory.create_batch(size, territory=territory)
        client.force_login(practitioner.user)

        with django_assert_max_num_queries(8):
            client.get(reverse("workshop:list"))


class TestHub:
    def test_has_six_doors_and_one_thing_to_do(self, client, practitioner, workshop):
        doors = page(client, practitioner, hub(workshop)).context["doors"]

        assert len(doors) == 6
        assert [door.title for door in doors if door.is_now] == ["Préparer"]

    def test_has_no_dead_button(self, client, practitioner, workshop):
        doors = page(client, practitioner, hub(workshop)).context["doors"]

        for link in [link for door in doors for link in (door.act, *door.also)]:
            assert client.get(link.url).status_code == 200, link

    def test_shows_figures_alone_to_who_reads_figures(self, client, onlooker, workshop):
        card = said_at(workshop)

        response = page(client, onlooker, hub(workshop))

        assert response.context["doors"] == []
        assert card.site.company.name not in response.content.decode()
        assert reverse("workshop:participants", args=[workshop.pk]) not in response.content.decode()

    def test_is_read_and_not_worked_from_elsewhere(self, client, outsider, workshop):
        assert page(client, outsider, hub(workshop)).context["doors"] == []

    def test_does_not_exist_for_another_programme(self, client, workshop):
        page(client, MandateFactory(role="NATIONAL_COORD"), hub(workshop), status=404)

    def test_costs_the_same_queries_whatever_the_size(self, client, practitioner, workshop):
        counts = []
        for size in (1, 11):
            for _ in range(size):
                said_at(workshop)
            client.force_login(practitioner.user)
            with CaptureQueriesContext(connection) as captured:
                client.get(hub(workshop))
            counts.append(len(captured))

        assert counts[0] == counts[1] <= 20


class TestDoors:
    """What each door says, read from the records."""

    def doors(self, workshop, mandate, today=TODAY):
        return dict(
            zip(
                ["prepare", "bring in", "plan", "day", "reports", "follow"],
                doors_of(standing_of(workshop, mandate, today)),
                strict=True,
            )
        )

    def now(self, doors):
        return next(name for name, door in doors.items() if door.is_now)

    def test_what_is_missing_is_late_a_month_before_and_not_sooner(self, practitioner, workshop):
        assert self.doors(workshop, practitioner)["prepare"].late
        assert not self.doors(workshop, practitioner, TODAY - timedelta(days=60))["prepare"].late

    def test_mobilising_is_done_once_the_aim_is_reached(self, practitioner, territory):
        workshop = WorkshopFactory(territory=territory, venue="Salle 2", starts_at="08:30", target_companies=2)
        ParticipationFactory(workshop=workshop, status="REGISTERED")

        before = self.doors(workshop, practitioner)
        ParticipationFactory(workshop=workshop, status="REGISTERED")
        after = self.doors(workshop, practitioner)

        assert (self.now(before), bool(before["bring in"].late), before["bring in"].is_done) == (
            "bring in",
            True,
            False,
        )
        assert (after["bring in"].late, after["bring in"].is_done) == ("", True)

    def test_the_day_is_late_when_nothing_was_written(self, practitioner, workshop):
        ParticipationFactory(workshop=workshop)

        doors = self.doors(workshop, practitioner, workshop.held_on + timedelta(days=1))

        assert (self.now(doors), bool(doors["day"].late)) == ("day", True)

    def test_reports_are_late_after_the_delay_until_they_are_sent(self, practitioner, workshop):
        said_at(workshop)
        due = workshop.held_on + timedelta(days=workshop.territory.programme.report_delay_days)

        assert not self.doors(workshop, practitioner, due)["reports"].late
        assert self.doors(workshop, practitioner, due + timedelta(days=1))["reports"].late
        workshop.status = "REPORTED"
        assert self.doors(workshop, practitioner, due + timedelta(days=1))["reports"].is_done

    def test_what_follows_counts_proposals_and_companies_to_call(self, practitioner, workshop):
        card = said_at(workshop)
        ProposalFactory(left=card, right__site__territory=workshop.territory)
        workshop.status = "REPORTED"
        workshop.save()

        doors = self.doors(workshop, practitioner, workshop.held_on + timedelta(days=61))

        assert (self.now(doors), bool(doors["follow"].late)) == ("follow", True)
        assert "1 proposition à trier." in doors["follow"].say

    def test_a_closed_workshop_asks_for_nothing(self, practitioner, workshop):
        said_at(workshop)
        workshop.status = "CLOSED"

        doors = self.doors(workshop, practitioner, workshop.held_on + timedelta(days=200))

        assert not any(door.is_now or door.late for door in doors.values())


class TestCreate:
    def send(self, client, **values):
        written = {
            "title": "Atelier de Quimper",
            "kind": "DETECTION",
            "held_on": "2026-12-10",
            "place": "Quimper",
            "capacity": "40",
            "target_companies": "35",
        }
        return client.post(reverse("workshop:create"), {**written, **values})

    @pytest.fixture
    def as_practitioner(self, client, practitioner):
        client.force_login(practitioner.user)
        return client

    @pytest.mark.parametrize("place", ["Quimper", "quimper", "29000", "Quimper (29)"])
    def test_finds_the_commune_by_name_or_postal_code(self, as_practitioner, quimper, place):
        response = self.send(as_practitioner, place=place)

        made = Workshop.objects.get()
        assert (made.commune, made.place) == (quimper, "Quimper")
        assert response.url == hub(made)

    def test_keeps_a_place_larger_than_a_commune_as_written(self, as_practitioner, quimper):
        self.send(as_practitioner, place="Finistère", is_wide="on")

        made = Workshop.objects.get()
        assert (made.commune, made.place) == (None, "Finistère")

    def test_asks_which_when_several_bear_the_name(self, as_practitioner, quimper):
        Commune.objects.create(
            code="99999", name="Quimper", folded_name="quimper", department_code="99", region_code="99"
        )

        response = self.send(as_practitioner)

        assert response.status_code == 422
        assert "Quimper (29), Quimper (99)" in response.content.decode()
        assert not Workshop.objects.exists()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"place": "Kemper"}, "Aucune commune ne porte ce nom"),
            ({"title": ""}, "Donnez un titre"),
            ({"held_on": "un jour"}, "Écrivez le jour ainsi"),
            ({"capacity": "20"}, "Vous visez 35 entreprises pour 20 places"),
        ],
    )
    def test_says_what_to_correct(self, as_practitioner, quimper, values, said):
        response = self.send(as_practitioner, **values)

        assert response.status_code == 422
        assert said in response.content.decode()
        assert not Workshop.objects.exists()

    def test_is_closed_to_who_reads_figures(self, client, onlooker):
        client.force_login(onlooker.user)

        assert client.get(reverse("workshop:create")).status_code == 403

    def test_does_not_reach_another_territory(self, client, outsider, territory, quimper):
        client.force_login(outsider.user)

        self.send(client, territory=territory.pk)

        assert not Workshop.objects.filter(territory=territory).exists()


class TestEdit:
    def test_does_not_exist_from_elsewhere(self, client, outsider, workshop):
        page(client, outsider, reverse("workshop:edit", args=[workshop.pk]), status=404)

    def test_shows_what_is_written(self, client, practitioner, workshop):
        html = page(client, practitioner, reverse("workshop:edit", args=[workshop.pk])).content.decode()

        assert 'value="2026-12-10"' in html


class TestMove:
    def test_cancels_with_a_way_back(self, client, practitioner, workshop):
        client.force_login(practitioner.user)

        response = client.post(reverse("workshop:move", args=[workshop.pk, "CANCELLED"]), follow=True)

        assert Workshop.objects.get().status == "CANCELLED"
        assert reverse("workshop:move", args=[workshop.pk, workshop.status]) in response.content.decode()

    def test_does_not_exist_from_elsewhere_nor_for_an_unknown_state(self, client, practitioner, outsider, workshop):
        client.force_login(outsider.user)
        assert client.post(reverse("workshop:move", args=[workshop.pk, "CANCELLED"])).status_code == 404

        client.force_login(practitioner.user)
        assert client.post(reverse("workshop:move", args=[workshop.pk, "LOST"])).status_code == 404
        assert Workshop.objects.get().status == workshop.status
