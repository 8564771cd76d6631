import pytest
from django.urls import reverse

from maillage.journal.models import Entry
from maillage.organisations.services import change_company
from maillage.organisations.services.directory import Identity
from tests.conftest import NOON
from tests.support.factories import MandateFactory, SiteFactory

URL = reverse("practice:journal")


@pytest.fixture
def company(territory, practitioner):
    company = SiteFactory(territory=territory, company__name="Laiterie").company
    identity = Identity(name="Laiterie du Roudou", profile="FARM")
    change_company(company_id=company.pk, identity=identity, mandate=practitioner, at=NOON)
    return company


def page(client, mandate, **query):
    client.force_login(mandate.user)
    return client.get(URL, query)


class TestJournal:
    def test_says_who_changed_what(self, client, practitioner, company):
        told = page(client, practitioner).content.decode()

        for said in (practitioner.author_name, "Laiterie du Roudou", "exploitation agricole"):
            assert said in told

    def test_is_kept_to_the_place_of_the_reader(self, client, practitioner, outsider, company):
        assert page(client, practitioner).context["listing"].total == 1
        assert page(client, outsider).context["listing"].total == 0

    def test_shows_a_coordinator_their_region_and_no_other(self, client, territory, elsewhere, company):
        here = MandateFactory(role="REGIONAL_COORD", region=territory.region)
        there = MandateFactory(role="REGIONAL_COORD", region=elsewhere.region)

        assert page(client, here).context["listing"].total == 1
        assert page(client, there).context["listing"].total == 0

    def test_shows_nobody_another_programme(self, client, company):
        stranger = MandateFactory(role="NATIONAL_COORD")

        assert page(client, stranger).context["listing"].total == 0

    def test_names_nothing_to_an_evaluator(self, client, territory, company):
        evaluator = MandateFactory(role="EVALUATOR", programme=territory.programme)

        told = page(client, evaluator).content.decode()
        file = page(client, evaluator, format="csv").content.decode()
        asked = page(client, evaluator, who="Laiterie", label="Laiterie", record=company.pk)

        for text in (told, file):
            assert "Laiterie" not in text
            assert "exploitation" not in text
        assert asked.context["listing"].chips == []

    def test_is_not_opened_to_a_funder(self, client, onlooker):
        assert page(client, onlooker).status_code == 403

    def test_is_filtered_by_person_record_and_day(self, client, practitioner, company):
        def total(**query):
            return page(client, practitioner, **query).context["listing"].total

        assert total(who=practitioner.author_name, record=company.pk, since="2026-11-24", until="2026-11-24") == 1
        assert total(until="2026-11-23") == 0
        assert total(act=Entry.Act.DELETED) == 0
        assert total(kind="organisations.company") == 1

    def test_reads_an_entry_of_a_record_that_no_longer_exists(self, client, practitioner):
        Entry.objects.create(
            at=NOON,
            act="CHANGED",
            object_type="gone.model",
            object_id=practitioner.pk,
            actor_id=practitioner.user_id,
            programme_id=practitioner.programme_id,
            changes={"name": ["a", "b"], "list": "x", "count": 3},
        )

        assert page(client, practitioner).status_code == 200

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, practitioner, territory, size, django_assert_num_queries
    ):
        for rank in range(size):
            Entry.objects.create(
                at=NOON,
                act="CHANGED",
                object_type="organisations.company",
                object_id=practitioner.pk,
                territory_id=territory.pk,
                programme_id=territory.programme_id,
                changes={"name": ["a", f"b{rank}"]},
            )
        client.force_login(practitioner.user)

        with django_assert_num_queries(5):  # session, person, mandates, count, page
            client.get(URL)
