import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from maillage.journal.models import Entry
from maillage.territories.models import Commune
from tests.support.factories import CompanyFactory, SiteFactory

URL = reverse("practice:company_list")


@pytest.fixture
def signed_in(client, practitioner):
    client.force_login(practitioner.user)
    return client


def company(name, territory, **fields):
    return SiteFactory(company=CompanyFactory(name=name, **fields), territory=territory).company


def names(response):
    return [record.name for record in response.context["listing"].records]


class TestFilters:
    def test_find_words_whatever_their_accents_and_case(self, signed_in, territory):
        company("Fonderie de l’Élorn", territory)
        company("Serres de Kerourien", territory)

        response = signed_in.get(URL, {"text": "FONDERIE elorn"})

        assert names(response) == ["Fonderie de l’Élorn"]

    def test_ask_for_every_word(self, signed_in, territory):
        company("Fonderie de l’Élorn", territory)

        assert names(signed_in.get(URL, {"text": "fonderie kerourien"})) == []

    def test_take_wildcards_for_letters(self, signed_in, territory):
        company("Laiterie", territory)
        company("100 % Bois", territory)

        assert names(signed_in.get(URL, {"text": "%"})) == ["100 % Bois"]

    def test_become_chips_that_remove_themselves(self, signed_in, territory):
        company("Laiterie", territory, profile="FARM")

        (first, second) = signed_in.get(URL, {"text": "lait", "profile": "FARM", "page": 3}).context["listing"].chips

        assert first.label.endswith("lait") and "text=" not in first.url and "profile=FARM" in first.url
        assert "page=" not in first.url
        assert "text=lait" in second.url and "profile=" not in second.url

    def test_say_what_is_wrong_and_keep_the_rest(self, signed_in, territory):
        company("Laiterie", territory)
        company("Fonderie", territory)

        response = signed_in.get(URL, {"text": "lait", "profile": "NONSENSE"})

        assert names(response) == ["Laiterie"]
        assert "profile" in response.context["listing"].form.errors

    def test_teach_the_way_out_when_nothing_answers(self, signed_in, territory):
        company("Laiterie", territory)

        page = signed_in.get(URL, {"text": "introuvable"}).content.decode()

        assert f'href="{URL}?"' in page
        assert "<table" not in page


class TestSorting:
    def test_goes_both_ways_and_says_so(self, signed_in, territory):
        for name in ("Beta", "Alpha", "Gamma"):
            company(name, territory)

        rising, falling = signed_in.get(URL), signed_in.get(URL, {"sort": "-name"})

        assert names(rising) == ["Alpha", "Beta", "Gamma"]
        assert names(falling) == ["Gamma", "Beta", "Alpha"]
        assert 'aria-sort="ascending"' in rising.content.decode()
        assert 'aria-sort="descending"' in falling.content.decode()

    @pytest.mark.parametrize("asked", ["commune", "-commune"])
    def test_keeps_what_is_empty_for_the_end(self, signed_in, territory, asked):
        brest = Commune.objects.create(code="29019", name="Brest", folded_name="brest")
        SiteFactory(company=CompanyFactory(name="Sans commune"), territory=territory)
        SiteFactory(company=CompanyFactory(name="À Brest"), territory=territory, commune=brest)

        assert names(signed_in.get(URL, {"sort": asked})) == ["À Brest", "Sans commune"]

    @pytest.mark.parametrize("asked", ["unknown", "-", "name; DROP", "siret"])
    def test_falls_back_on_the_order_of_the_list(self, signed_in, territory, asked):
        for name in ("Beta", "Alpha"):
            company(name, territory)

        assert names(signed_in.get(URL, {"sort": asked})) == ["Alpha", "Beta"]


class TestPages:
    def test_hold_fifty_records(self, signed_in, territory):
        for rank in range(51):
            company(f"Entreprise {rank:02}", territory)

        first, second = signed_in.get(URL), signed_in.get(URL, {"page": 2})

        assert (len(names(first)), len(names(second))) == (50, 1)
        assert first.context["listing"].sentence.startswith("51")
        assert "page=2" in first.context["listing"].next_url

    @pytest.mark.parametrize("asked", ["0", "-1", "999", "two"])
    def test_never_fall_off_the_list(self, signed_in, territory, asked):
        company("Seule", territory)

        assert names(signed_in.get(URL, {"page": asked})) == ["Seule"]

    @pytest.mark.parametrize("size", [1, 12])
    def test_cost_the_same_queries_whatever_the_size(self, signed_in, territory, django_assert_num_queries, size):
        for rank in range(size):
            company(f"Entreprise {rank}", territory)

        # session, person, mandates, two choices of filters, may one add, count, page, main sites
        with django_assert_num_queries(9):
            signed_in.get(URL)


class TestExport:
    def test_writes_the_list_as_filtered(self, signed_in, territory):
        company("Laiterie", territory)
        company("Fonderie", territory)

        response = signed_in.get(URL, {"text": "lait", "format": "xlsx"})

        sheet = load_workbook(io.BytesIO(response.content)).active
        assert [row[0].value for row in sheet.iter_rows(min_row=4, max_row=4)] == ["Laiterie"]
        assert "Fonderie" not in {cell.value for row in sheet for cell in row}
        assert response["Content-Disposition"].endswith('.xlsx"')

    def test_disarms_formulas(self, signed_in, territory):
        company('=HYPERLINK("https://exemple.fr")', territory)

        response = signed_in.get(URL, {"format": "csv"})

        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[1][0].startswith("'=")

    def test_is_written_in_the_journal(self, signed_in, practitioner, territory):
        company("Laiterie", territory)

        signed_in.get(URL, {"format": "csv"})

        entry = Entry.objects.get(act=Entry.Act.EXPORTED)
        assert entry.changes["count"] == 1
        assert entry.actor_id == practitioner.user_id

    def test_leaves_nothing_in_the_journal_when_it_is_only_read(self, signed_in, territory):
        signed_in.get(URL, {"format": "nonsense"})

        assert not Entry.objects.exists()
