"""The report of a programme, as each person reads it."""

import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from maillage.common.text import slug
from maillage.journal.models import Entry
from maillage.synergies.models import Synergy
from maillage.workshops.models import WorkshopResource
from tests.support.factories import (
    ImpactLineFactory,
    MandateFactory,
    ParticipationFactory,
    PartyFactory,
    RegionFactory,
    ResourceFactory,
    SiteFactory,
    SynergyFactory,
    TerritoryFactory,
    WorkshopFactory,
)

PAGE = reverse("reports:programme")
BEFORE = "2026-06-02"


def enter(client, mandate):
    client.force_login(mandate.user)
    return client


@pytest.fixture
def finalised(territory):
    synergy = SynergyFactory(territory=territory, title="Tourets de Trémelo", stage="COMPLETED", continuity="ONGOING")
    PartyFactory.create_batch(3, synergy=synergy)
    return synergy


class TestThePage:
    def test_shows_the_programme_of_the_mandate(self, client, practitioner, finalised):
        SynergyFactory(stage="COMPLETED", synergy_type="POOLING")

        page = enter(client, practitioner).get(PAGE)

        assert page.status_code == 200
        assert page.context["report"].parts["table_8"].table.totals["finalised"] == 1

    def test_follows_its_records(self, client, practitioner, finalised):
        before = enter(client, practitioner).get(PAGE).context["report"].parts["table_7"].rows["FINALISED"]["total"]

        Synergy.objects.filter(pk=finalised.pk).update(stage="ABANDONED")

        after = client.get(PAGE).context["report"].parts["table_7"].rows
        assert (before, after["FINALISED"]["total"], after["STOPPED"]["total"]) == (1, 0, 1)

    def test_reads_one_region_alone(self, client, practitioner, territory, elsewhere, finalised):
        SynergyFactory(territory=elsewhere)

        page = enter(client, practitioner).get(PAGE, {"region": slug(elsewhere.region.name)})

        assert page.context["report"].parts["table_7"].table.totals["total"] == 1
        assert page.context["report"].parts["table_7"].rows["IDEA"]["total"] == 1

    def test_knows_no_region_of_another_programme(self, client, practitioner):
        RegionFactory(name="Ailleurs")

        assert enter(client, practitioner).get(PAGE, {"region": "ailleurs"}).status_code == 404

    def test_teaches_the_next_step_when_there_is_nothing(self, client, practitioner):
        page = enter(client, practitioner).get(PAGE)

        assert page.context["report"].is_empty
        assert "premier atelier" in page.content.decode()

    def test_is_shut_to_who_reads_no_figures(self, client, territory):
        relay = MandateFactory(role="RELAY", territory=territory)

        assert enter(client, relay).get(PAGE).status_code == 403

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, practitioner, territory, django_assert_num_queries, size
    ):
        for _rank in range(size):
            other = TerritoryFactory(programme=territory.programme, region=territory.region)
            ParticipationFactory(workshop=WorkshopFactory(territory=other, held_on=BEFORE))
            line = ImpactLineFactory(synergy=SynergyFactory(territory=other, stage="COMPLETED"))
            PartyFactory(synergy=line.synergy)
        enter(client, practitioner)

        with django_assert_num_queries(17):  # session, user, mandates, thirteen counts, the regions to choose from
            client.get(PAGE)


class TestWhoOnlyLooks:
    def test_reads_it_as_published(self, client, onlooker, finalised):
        small = SynergyFactory(territory=finalised.territory, stage="COMPLETED", synergy_type="WASTE_HEAT")
        PartyFactory(synergy=small)

        page = enter(client, onlooker).get(PAGE)

        assert page.context["is_published"]
        assert "WASTE_HEAT" not in page.context["report"].parts["table_8"].rows

    def test_finds_no_company_nor_title(self, client, onlooker, finalised):
        names = [party.company.name for party in finalised.parties.all()]

        text = enter(client, onlooker).get(PAGE).content.decode()

        assert finalised.title not in text
        assert not any(name in text for name in names)


class TestFiles:
    def test_json_says_numbers_under_stable_keys(self, client, practitioner, finalised):
        ImpactLineFactory(synergy=finalised, indicator="CO2_AVOIDED", value=12, evidence_level="DECLARED")

        said = json.loads(enter(client, practitioner).get(PAGE, {"format": "json"}).content)

        assert {"table_2", "table_3", "table_5", "table_6", "table_7", "table_8", "figure_12"} <= set(said)
        assert said["figure_12"][0]["value"] == 12
        assert next(row for row in said["table_7"] if row["key"] == "FINALISED")["total"] == 1

    def test_workbook_has_a_sheet_for_each_table(self, client, practitioner, finalised):
        said = enter(client, practitioner).get(PAGE, {"format": "xlsx"})

        book = load_workbook(io.BytesIO(said.content))
        sheet = next(sheet for sheet in book if sheet.title.startswith("Tableau 8"))
        assert len(book.worksheets) == 13
        assert [cell.value for cell in sheet[5]][-1] == 1

    @pytest.mark.parametrize(
        "language, words",
        [
            ("fr", ("Tableau 7", "Sur 1 synergie finalisée", "Réutilisation", "page 1")),
            ("en", ("Table 7", "Of 1 finalised synergy", "Reuse", "page 1")),
        ],
    )
    def test_pdf_reads_in_the_language(self, client, practitioner, finalised, language, words):
        practitioner.user.language = language
        practitioner.user.save()

        said = enter(client, practitioner).get(PAGE, {"format": "pdf"})

        pdf = PdfReader(io.BytesIO(said.content))
        text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
        assert all(word in text for word in words), text[:800]
        assert pdf.trailer["/Root"]["/Lang"].startswith(language)

    def test_follow_their_records_too(self, client, practitioner, finalised):
        before = json.loads(enter(client, practitioner).get(PAGE, {"format": "json"}).content)

        Synergy.objects.filter(pk=finalised.pk).update(synergy_type="POOLING")

        after = json.loads(client.get(PAGE, {"format": "json"}).content)
        book = load_workbook(io.BytesIO(client.get(PAGE, {"format": "xlsx"}).content))
        sheet = next(sheet for sheet in book if sheet.title.startswith("Tableau 8"))
        assert [row["key"] for row in before["table_8"]] == ["REUSE", "TOTAL"]
        assert [row["key"] for row in after["table_8"]] == ["POOLING", "TOTAL"]
        assert sheet["A4"].value == "Mutualisation"

    def test_leave_a_trace_in_the_journal(self, client, practitioner, finalised):
        enter(client, practitioner).get(PAGE, {"format": "json"})

        left = Entry.objects.get(act=Entry.Act.EXPORTED)
        assert left.changes["format"] == "json"
        assert left.actor_id == practitioner.user_id


class TestOneFigure:
    def test_is_drawn_alone(self, client, practitioner, finalised):
        said = enter(client, practitioner).get(reverse("reports:figure", args=["table_7"]))

        assert said["Content-Type"].startswith("image/svg+xml")
        assert said.content.startswith(b"<svg")

    @pytest.mark.parametrize("key", ["table_2", "table_5", "table_9"])
    def test_is_not_found_where_nothing_is_drawn(self, client, practitioner, finalised, key):
        assert enter(client, practitioner).get(reverse("reports:figure", args=[key])).status_code == 404


class TestTheRecordsBehindANumber:
    def address(self, key="table_8", row="REUSE", column="finalised"):
        return reverse("reports:records", args=[key, row, column])

    def test_are_named_for_the_team(self, client, practitioner, finalised):
        page = enter(client, practitioner).get(self.address())

        assert finalised.title in page.content.decode()
        assert reverse("practice:synergy", args=[finalised.pk]) in page.content.decode()

    def test_are_shown_without_names_to_who_only_looks(self, client, onlooker, finalised):
        page = enter(client, onlooker).get(self.address())

        assert page.status_code == 200
        assert finalised.code in page.content.decode()
        assert finalised.title not in page.content.decode()

    @pytest.mark.parametrize("cell", [("figure_12", "COMPANIES_HELPED", "value"), ("table_3", "companies", "total")])
    def test_never_name_a_company_to_who_only_looks(self, client, onlooker, territory, finalised, cell):
        ParticipationFactory.create_batch(3, workshop=WorkshopFactory(territory=territory, held_on=BEFORE))

        page = enter(client, onlooker).get(self.address(*cell))

        assert page.status_code == 200
        assert "Entreprise " not in page.content.decode().split("<main")[1]

    def test_stay_shut_when_the_number_is_not_published(self, client, practitioner, onlooker, finalised):
        small = SynergyFactory(territory=finalised.territory, stage="COMPLETED", synergy_type="WASTE_HEAT")
        PartyFactory(synergy=small)
        address = self.address(row="WASTE_HEAT")

        assert enter(client, practitioner).get(address).status_code == 200
        assert enter(client, onlooker).get(address).status_code == 404

    @pytest.mark.parametrize(
        "cell", [("table_9", "x", "y"), ("table_8", "RARE", "finalised"), ("table_8", "REUSE", "group")]
    )
    def test_are_not_found_for_a_number_that_is_not_there(self, client, practitioner, finalised, cell):
        assert enter(client, practitioner).get(self.address(*cell)).status_code == 404

    def test_hide_a_card_that_its_practitioner_keeps(self, client, practitioner, elsewhere):
        card = ResourceFactory(
            site=SiteFactory(territory=elsewhere), text="Solvant usé", confidentiality="PRACTITIONER"
        )
        workshop = WorkshopFactory(territory=elsewhere, held_on=BEFORE)
        WorkshopResource.objects.create(workshop=workshop, resource=card)

        page = enter(client, practitioner).get(self.address("table_3", "resources", "total"))

        assert page.context["listing"].total == 1
        assert card.title not in page.content.decode()

    @pytest.mark.parametrize("size", [1, 12])
    def test_cost_the_same_queries_whatever_the_size(
        self, client, practitioner, territory, django_assert_num_queries, size
    ):
        for _rank in range(size):
            PartyFactory(synergy=SynergyFactory(territory=territory, stage="COMPLETED"))
        enter(client, practitioner)

        with django_assert_num_queries(6):  # session, user, mandates, the table, how many, one page of them
            client.get(self.address())
