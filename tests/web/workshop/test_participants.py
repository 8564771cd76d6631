from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from maillage.workshops.models import Participation
from tests.conftest import NOON, TODAY
from tests.support.factories import (
    ContactFactory,
    MandateFactory,
    ParticipationFactory,
    ResourceFactory,
    SiteFactory,
    WorkshopFactory,
)


@pytest.fixture(autouse=True)
def on_that_day():
    """Every page of this file is seen on 24 November 2026."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def workshop(territory):
    return WorkshopFactory(territory=territory, held_on=TODAY)


@pytest.fixture
def seat(workshop):
    seat = ParticipationFactory(workshop=workshop, status="REGISTERED", site__company__name="Voilerie Anaon")
    ContactFactory(company=seat.site.company, name="Mireille Caradeuc")
    return seat


@pytest.fixture
def as_practitioner(client, practitioner):
    client.force_login(practitioner.user)
    return client


def url(name, workshop, *more):
    return reverse(f"workshop:{name}", args=[workshop.pk, *more])


class TestParticipants:
    def test_are_listed_with_the_person_to_speak_to(self, as_practitioner, workshop, seat):
        html = as_practitioner.get(url("participants", workshop)).content.decode()

        assert "Voilerie Anaon" in html
        assert "Mireille Caradeuc" in html

    def test_are_read_from_elsewhere_without_their_people(self, client, outsider, workshop, seat):
        client.force_login(outsider.user)

        html = client.get(url("participants", workshop)).content.decode()

        assert "Voilerie Anaon" in html
        assert "Mireille Caradeuc" not in html
        assert "participants/ajouter" not in html

    def test_are_not_shown_to_who_reads_figures(self, client, onlooker, workshop, seat):
        client.force_login(onlooker.user)

        assert client.get(url("participants", workshop)).status_code == 403

    @pytest.mark.parametrize("size", [1, 12])
    def test_cost_the_same_queries_whatever_the_size(
        self, as_practitioner, workshop, size, django_assert_max_num_queries
    ):
        for _ in range(size):
            ContactFactory(company=ParticipationFactory(workshop=workshop).site.company)

        with django_assert_max_num_queries(11):
            as_practitioner.get(url("participants", workshop))


class TestParticipation:
    def test_changes_in_one_tap_with_a_way_back(self, as_practitioner, workshop, seat):
        response = as_practitioner.post(url("participation", workshop, seat.pk, "PRESENT"), follow=True)

        assert Participation.objects.get().status == "PRESENT"
        assert url("participation", workshop, seat.pk, "REGISTERED") in response.content.decode()

    def test_answers_with_its_line_alone_to_htmx(self, as_practitioner, workshop, seat):
        response = as_practitioner.post(
            url("participation", workshop, seat.pk, "NO_SHOW"), headers={"HX-Request": "true"}
        )

        assert response.content.decode().strip().startswith("<tr>")
        assert Participation.objects.get().status == "NO_SHOW"

    def test_says_why_it_is_refused(self, as_practitioner, territory):
        ahead = WorkshopFactory(territory=territory, held_on=TODAY + timedelta(days=3))
        seat = ParticipationFactory(workshop=ahead, status="REGISTERED")

        response = as_practitioner.post(url("participation", ahead, seat.pk, "PRESENT"), follow=True)

        assert "n’a pas encore eu lieu" in response.content.decode()

    def test_does_not_change_from_elsewhere(self, client, outsider, workshop, seat):
        client.force_login(outsider.user)

        assert client.post(url("participation", workshop, seat.pk, "PRESENT")).status_code == 404
        assert Participation.objects.get().status == "REGISTERED"

    def test_of_another_workshop_is_not_there(self, as_practitioner, territory, seat):
        other = WorkshopFactory(territory=territory, held_on=TODAY)

        assert as_practitioner.post(url("participation", other, seat.pk, "PRESENT")).status_code == 404


class TestWelcome:
    def test_takes_all_those_registered(self, as_practitioner, workshop, seat):
        as_practitioner.post(url("welcome", workshop))

        assert Participation.objects.get().status == "PRESENT"


class TestParticipantAdd:
    def test_finds_a_company_and_registers_it(self, as_practitioner, workshop, territory):
        site = SiteFactory(territory=territory, company__name="Câbles du Blavet")

        found = as_practitioner.get(url("participant_add", workshop), {"q": "cables"}).content.decode()
        as_practitioner.post(url("participant_register", workshop, site.pk))

        assert "Câbles du Blavet" in found
        assert Participation.objects.get().site == site

    def test_does_not_register_from_elsewhere(self, client, outsider, workshop, territory):
        client.force_login(outsider.user)

        site = SiteFactory(territory=territory)

        assert client.post(url("participant_register", workshop, site.pk)).status_code == 404
        assert not Participation.objects.exists()


class TestSeating:
    def test_gives_the_tables(self, as_practitioner, workshop, seat):
        as_practitioner.post(url("seating", workshop), {f"table-{seat.pk}": "4"})

        assert Participation.objects.get().table == 4

    @pytest.mark.parametrize("wrong", ["0", "-1", "quatre", "1000", "²"])
    def test_saves_nothing_when_a_table_is_no_table(self, as_practitioner, workshop, seat, wrong):
        response = as_practitioner.post(url("seating", workshop), {f"table-{seat.pk}": wrong})

        assert response.status_code == 422
        assert Participation.objects.get().table is None


class TestSignIn:
    def test_lists_who_is_expected(self, as_practitioner, workshop, seat):
        ParticipationFactory(workshop=workshop, status="CANCELLED", site__company__name="Ostréa Bélon")

        html = as_practitioner.get(url("sign_in", workshop)).content.decode()

        assert "Voilerie Anaon" in html
        assert "Ostréa Bélon" not in html

    def test_does_not_exist_from_elsewhere(self, client, outsider, workshop):
        client.force_login(outsider.user)

        assert client.get(url("sign_in", workshop)).status_code == 404


class TestMyTables:
    @pytest.fixture
    def facilitator(self, territory):
        return MandateFactory(role="FACILITATOR", territory=territory)

    def page(self, client, facilitator, **query):
        client.force_login(facilitator.user)
        return client.get(reverse("workshop:my_tables"), query)

    def said_at(self, workshop, table, text, **given):
        seat = ParticipationFactory(workshop=workshop, table=table)
        card = ResourceFactory(site=seat.site, text=text, title=text, **given)
        workshop.cards.create(resource=card)

    def test_show_the_table_and_nothing_else(self, client, facilitator, workshop, territory):
        workshop.staff.create(user=facilitator.user, table=2)
        self.said_at(workshop, 2, "Palettes de ma table")
        self.said_at(workshop, 1, "Solvants d’une autre table")
        self.said_at(WorkshopFactory(territory=territory), 2, "Cartons d’un autre atelier")

        html = self.page(client, facilitator).content.decode()

        assert "Palettes de ma table" in html
        assert "Solvants" not in html
        assert "Cartons" not in html

    def test_hide_what_a_company_keeps_to_its_practitioner(self, client, facilitator, workshop):
        workshop.staff.create(user=facilitator.user)
        self.said_at(workshop, None, "Procédé secret", confidentiality="PRACTITIONER")

        assert "Procédé secret" not in self.page(client, facilitator).content.decode()

    def test_do_not_open_a_workshop_where_one_does_not_help(self, client, facilitator, workshop):
        assert self.page(client, facilitator, workshop=workshop.pk).status_code == 404

    def test_teach_what_comes_next_when_there_is_none(self, client, facilitator):
        assert "Vous n’aidez encore à aucun atelier" in self.page(client, facilitator).content.decode()

    def test_are_for_facilitators(self, client, practitioner):
        assert self.page(client, practitioner).status_code == 403

    @pytest.mark.parametrize("size", [1, 12])
    def test_cost_the_same_queries_whatever_the_size(
        self, client, facilitator, workshop, size, django_assert_max_num_queries
    ):
        workshop.staff.create(user=facilitator.user)
        for rank in range(size):
            self.said_at(workshop, None, f"Palettes {rank}")
        client.force_login(facilitator.user)

        with django_assert_max_num_queries(7):
            client.get(reverse("workshop:my_tables"))
