"""Files that LibreOffice really wrote: titles, headings on two lines, numbers as numbers, formulas, notes."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from maillage.exchange import services
from maillage.exchange.reference import SOURCES
from maillage.organisations.models import Activity, Company, Consent, Contact, Site
from maillage.resources.models import Resource
from maillage.territories.models import Commune
from tests.exchange.fixtures.lorient import companies
from tests.support.factories import WorkshopFactory

FIXTURES = Path(__file__).parent / "fixtures"
PARTICIPANTS = ("participants.xlsx", "participants.csv")
RESOURCES = ("ressources.xlsx", "ressources.csv")


@pytest.fixture
def reference(db):
    """The communes of Morbihan and all the activities, from the package."""
    builders = {model: (filename, build) for model, filename, build in SOURCES}
    for model, keeps in ((Commune, lambda row: row["department_code"] == "56"), (Activity, lambda row: True)):
        filename, build = builders[model]
        with (settings.REFERENCE_DATA / filename).open(encoding="utf-8", newline="") as source:
            model.objects.bulk_create(build(row) for row in csv.DictReader(source) if keeps(row))


@pytest.fixture
def workshop(territory, reference):
    territory.centre_id = "56121"
    territory.save()
    return WorkshopFactory(territory=territory)


def opened(name):
    return (FIXTURES / name).open("rb")


class TestParticipantsOfLorient:
    @pytest.mark.parametrize("name", PARTICIPANTS)
    def test_are_read_with_their_headings_and_without_their_notes(self, name):
        sheet = services.read_file(FIXTURES / name, kind="PARTICIPANTS", filename=name)

        assert sheet.headings == (
            "Raison sociale", "N° SIRET", "Commune", "Activité (NAF)", "Effectif", "Contact Nom", "Contact Fonction",
            "Contact Courriel", "Contact Tél.", "Inscrit le", "Vos attentes", "Accord partage coordonnées",
        )  # fmt: skip
        # Four lines of head, one blank line after the twentieth company.
        assert [row.number for row in sheet.rows] == [*range(5, 25), *range(26, 46)]
        assert [str(row.cells[0]).lower() for row in sheet.rows] == [company.name.lower() for company in companies()]

    @pytest.mark.parametrize("name", PARTICIPANTS)
    def test_go_in_whole_and_without_a_fault(self, importing, workshop, name):
        with opened(name) as file:
            batch = importing("PARTICIPANTS", file, filename=name)

        expected = companies()
        assert list(batch.faults.values_list("row", "column", "reason", "value")) == []
        assert set(Site.objects.values_list("siret", "commune__name", "company__activity_id")) == {
            (company.siret, company.commune, company.activity) for company in expected
        }
        assert set(Contact.objects.values_list("name", "email")) == {(c.contact, c.email) for c in expected}
        assert Contact.objects.get(name="Yann Riou").phone == "02 97 00 00 01"
        assert Company.objects.get(folded_name="beton du scorff").headcount == "12"
        assert Consent.objects.count() == 20
        assert workshop.participations.count() == 40

    def test_are_the_same_whether_a_workbook_or_a_csv(self, importing, workshop):
        with opened("participants.xlsx") as file:
            importing("PARTICIPANTS", file)

        with opened("participants.csv") as file:
            batch = importing("PARTICIPANTS", file, filename="participants.csv")

        assert batch.counts["changes"] == 0


class TestResourcesOfLorient:
    @pytest.mark.parametrize("name", RESOURCES)
    def test_go_in_whole_and_without_a_fault(self, importing, workshop, name):
        with opened("participants.xlsx") as file:
            importing("PARTICIPANTS", file)

        with opened(name) as file:
            batch = importing("RESOURCES", file, filename=name)

        said = {(company.siret, side, line) for company in companies() for side, line in company.said}
        sides = {"OFFER": "O", "NEED": "B", "POOL": "M"}
        found = Resource.objects.values_list("site__siret", "direction", "text")
        assert list(batch.faults.values_list("row", "column", "reason", "value")) == []
        assert {(siret, sides[direction], text) for siret, direction, text in found} == said
        grease = Resource.objects.get(text__startswith="graisses de flottation")
        assert (grease.quantity, grease.unit, grease.period) == (40, "t", "YEAR")


class TestParticipantsToCorrect:
    def test_are_set_aside_each_with_its_reason(self, importing, workshop):
        with opened("participants-a-corriger.xlsx") as file:
            batch = importing("PARTICIPANTS", file)

        assert list(batch.faults.in_order().values_list("row", "column", "reason", "proposal", "is_blocking")) == [
            (14, "SIRET", "siret_wrong", "", True),
            (15, "Entreprise", "company_missing", "", True),
            (16, "Ville", "unknown_commune", "Lorient", False),
            (16, "Effectif", "headcount_unclear", "", False),
            (16, "Mail", "email_wrong", "rozenn@tygwen.example", False),
            (16, "Téléphone", "phone_wrong", "", False),
            (17, "Entreprise", "duplicate_row", "", True),
            (18, "SIRET", "siret_other_company", "", True),
        ]
        assert workshop.participations.count() == 13
