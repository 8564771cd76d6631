"""The homes of who steers."""

from datetime import date

import pytest
from django.urls import reverse

from maillage.common.text import slug
from tests.support.factories import MandateFactory, PartyFactory, SynergyFactory, TerritoryFactory

REGION = reverse("steering:region")
PROGRAMME = reverse("steering:programme")


@pytest.fixture
def coordinator(territory):
    return MandateFactory(role="REGIONAL_COORD", region=territory.region, territory=None)


@pytest.fixture
def national(territory):
    return MandateFactory(role="NATIONAL_COORD", programme=territory.programme)


def enter(client, mandate):
    client.force_login(mandate.user)
    return client


class TestTheRegion:
    def test_shows_its_own_territories_only(self, client, coordinator, territory, elsewhere):
        page = enter(client, coordinator).get(REGION)

        assert [place.name for place in page.context["territories"]] == [territory.name]

    def test_says_what_waits_for_a_decision(self, client, coordinator, territory):
        left = SynergyFactory(territory=territory, title="Chutes de bois du port")

        page = enter(client, coordinator).get(REGION)

        assert left.title in page.content.decode()
        assert reverse("practice:hand_over") in page.content.decode()

    def test_of_a_closed_programme_raises_no_alert(self, client, coordinator, territory):
        territory.programme.snapshot_on = date(2026, 10, 1)
        territory.programme.save()
        SynergyFactory.create_batch(3, territory=territory, opened_on=date(2026, 9, 1))

        page = enter(client, coordinator).get(REGION)

        assert page.context["waiting"] == page.context["overloaded"] == page.context["deserted"] == []
        assert page.context["facts"].followed_total == 3

    def test_is_chosen_by_the_national_coordination(self, client, national, elsewhere):
        page = enter(client, national).get(REGION, {"region": slug(elsewhere.region.name)})

        assert page.context["region"] == elsewhere.region
        assert client.get(REGION).url == PROGRAMME
        assert client.get(REGION, {"region": "atlantide"}).status_code == 404

    def test_is_shut_to_who_reads_figures_only(self, client, onlooker, practitioner):
        assert enter(client, onlooker).get(REGION).status_code == 403
        assert enter(client, practitioner).get(REGION).status_code == 403

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, coordinator, territory, django_assert_num_queries, size
    ):
        for _rank in range(size):
            other = TerritoryFactory(programme=territory.programme, region=territory.region)
            PartyFactory(synergy=SynergyFactory(territory=other))
            MandateFactory(territory=other)
        enter(client, coordinator)

        with django_assert_num_queries(19):
            client.get(REGION)


class TestTheProgramme:
    def test_sets_its_regions_side_by_side(self, client, national, territory, elsewhere):
        SynergyFactory(territory=territory)

        page = enter(client, national).get(PROGRAMME)

        assert {place.name: place.followed for place in page.context["regions"]} == {
            territory.region.name: 1,
            elsewhere.region.name: 0,
        }

    def test_names_no_company_nor_title_nor_person_to_a_funder(self, client, onlooker, practitioner, territory):
        party = PartyFactory(synergy=SynergyFactory(territory=territory, stage="COMPLETED", title="Tourets de Trémelo"))

        text = enter(client, onlooker).get(PROGRAMME).content.decode()

        assert party.company.name not in text
        assert "Trémelo" not in text
        assert practitioner.user.name not in text.split("<main")[1]

    def test_stays_in_its_programme(self, client, national):
        SynergyFactory()

        assert enter(client, national).get(PROGRAMME).context["regions"][0].followed == 0

    def test_is_shut_to_practitioners(self, client, practitioner):
        assert enter(client, practitioner).get(PROGRAMME).status_code == 403

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, national, territory, django_assert_num_queries, size
    ):
        for _rank in range(size):
            other = TerritoryFactory(programme=territory.programme)
            PartyFactory(synergy=SynergyFactory(territory=other, stage="COMPLETED"))
            MandateFactory(territory=other)
        enter(client, national)

        with django_assert_num_queries(22):
            client.get(PROGRAMME)
