"""The reports of a workshop, read back from what is printed."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from maillage.organisations.models import Consent
from maillage.reports.workshop import (
    collective_pdf,
    companies_of,
    file_name,
    gather,
    individual_pdf,
    individual_pdfs,
    report_figures,
    workbook,
)
from maillage.territories.models import Structure
from maillage.workshops.models import WorkshopPotential, WorkshopResource
from tests.support.factories import (
    NOON,
    CompanyFactory,
    ContactFactory,
    ParticipationFactory,
    PotentialFactory,
    ProposalFactory,
    ResourceFactory,
    WorkshopFactory,
)

TODAY = date(2026, 12, 11)
WHY = [{"criterion": "words", "points": 3.2, "values": {"words": ["palettes", "bois"]}}]


def said(workshop, name, text, **card):
    """A company of the room, and what it said there."""
    seat = ParticipationFactory(workshop=workshop, site__company=CompanyFactory(name=name))
    resource = ResourceFactory(site=seat.site, text=text, **card)
    WorkshopResource.objects.create(workshop=workshop, resource=resource)
    return resource


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def workshop(territory):
    return WorkshopFactory(territory=territory, title="Atelier de Lorient", place="Lorient")


@pytest.fixture
def pallets(workshop):
    return said(workshop, "Câbles du Blavet", "Palettes bois 80x120", quantity=300, unit="unit", period="MONTH")


@pytest.fixture
def wanted(workshop, pallets):
    need = said(workshop, "Atelier Trémelo", "Cherche palettes pour mobilier", direction="NEED")
    ProposalFactory(left=pallets, right=need, score=3.2, synergy_type="REUSE", reasons=WHY)
    return need


class TestCollectiveReport:
    def test_says_who_came_what_was_said_and_why_things_go_together(self, workshop, pallets, wanted):
        printed = text_of(collective_pdf(gather(workshop, today=TODAY), language="fr"))

        assert "Câbles du Blavet" in printed
        assert "Palettes bois 80x120" in printed
        assert "Mots en commun" in printed
        assert "10 décembre 2026" in printed

    def test_speaks_english_whole(self, workshop, pallets, wanted):
        printed = text_of(collective_pdf(gather(workshop, today=TODAY), language="en"))

        assert "2 companies came." in printed
        assert "Words in common: palettes, bois." in printed
        assert "entreprises" not in printed

    @pytest.mark.parametrize("level", ["PARTNERS", "PRACTITIONER"])
    def test_keeps_what_is_not_shared_with_the_room(self, workshop, pallets, wanted, level):
        pallets.confidentiality = level
        pallets.save()

        printed = text_of(collective_pdf(gather(workshop, today=TODAY), language="fr"))

        assert "Palettes bois 80x120" not in printed
        assert "Cherche palettes" in printed

    def test_asks_who_wants_what_nobody_asked_for(self, workshop, pallets):
        printed = text_of(collective_pdf(gather(workshop, today=TODAY), language="fr"))

        assert "Qui en veut" in printed


class TestIndividualReport:
    def test_names_the_partner_and_says_why(self, workshop, pallets, wanted):
        records = gather(workshop, today=TODAY)

        printed = text_of(individual_pdf(records, pallets.site.company, language="fr"))

        assert "Atelier Trémelo" in printed
        assert "palettes, bois" in printed

    def test_never_shows_the_card_that_the_other_keeps(self, workshop, pallets, wanted):
        wanted.confidentiality = "PRACTITIONER"
        wanted.save()
        records = gather(workshop, today=TODAY)

        assert "Trémelo" not in text_of(individual_pdf(records, pallets.site.company, language="fr"))
        assert "Cherche palettes" in text_of(individual_pdf(records, wanted.site.company, language="fr"))

    @pytest.mark.parametrize("agreed", [True, False])
    def test_shows_a_contact_only_with_consent(self, workshop, pallets, wanted, agreed):
        contact = ContactFactory(company=wanted.site.company, name="Solenn Riou")
        if agreed:
            Consent.objects.create(contact=contact, purpose="PARTNERS", given_at=NOON)
        potential = PotentialFactory(territory=workshop.territory, offered=pallets, sought=wanted)
        potential.companies.set([pallets.site.company, wanted.site.company])
        WorkshopPotential.objects.create(workshop=workshop, potential=potential)

        printed = text_of(individual_pdf(gather(workshop, today=TODAY), pallets.site.company, language="fr"))

        assert ("Solenn Riou" in printed) is agreed

    def test_never_says_what_a_resource_costs(self, workshop, pallets, wanted):
        pallets.current_cost_eur = 98765
        pallets.save()
        records = gather(workshop, today=TODAY)

        for _name, pdf in individual_pdfs(records, language="fr"):
            assert "98765" not in text_of(pdf).replace("\u202f", "")

    def test_gives_two_companies_of_one_name_two_files(self):
        taken = set()
        names = [file_name(CompanyFactory.build(name="Menuiserie Le Gall"), taken) for _ in range(3)]

        assert names == ["menuiserie-le-gall.pdf", "menuiserie-le-gall-2.pdf", "menuiserie-le-gall-3.pdf"]


class TestWorkbook:
    def test_holds_every_card_and_every_proposal(self, workshop, pallets, wanted):
        book = load_workbook(BytesIO(workbook(gather(workshop, today=TODAY), language="fr")))

        assert [len(list(sheet.iter_rows(min_row=4, values_only=True))) for sheet in book] == [2, 2, 1, 0]

    def test_holds_no_formula_whatever_people_wrote(self, workshop):
        said(workshop, "=HYPERLINK(1)", "=1+1")

        book = load_workbook(BytesIO(workbook(gather(workshop, today=TODAY), language="fr")))

        assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


class TestGather:
    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(self, workshop, django_assert_num_queries, size):
        for rank in range(size):
            offer = said(workshop, f"Offre {rank}", f"Palettes {rank}")
            need = said(workshop, f"Besoin {rank}", f"Cherche palettes {rank}", direction="NEED")
            ProposalFactory(left=offer, right=need, reasons=WHY)
            potential = PotentialFactory(territory=workshop.territory, offered=offer, sought=need)
            potential.companies.set([offer.site.company, need.site.company])
            WorkshopPotential.objects.create(workshop=workshop, potential=potential)

        with django_assert_num_queries(7):
            records = gather(workshop, today=TODAY)
            for _name, _pdf in individual_pdfs(records, language="fr"):
                pass


class TestWhatReportsLeaveOut:
    @pytest.mark.parametrize(("status", "printed"), [("MATCHED", True), ("WITHDRAWN", False), ("DRAFT", False)])
    def test_a_card_taken_back_is_not_printed_and_one_in_a_synergy_is(self, workshop, pallets, status, printed):
        other = said(workshop, "Voilerie Anaon", "Toile enduite", status=status)
        records = gather(workshop, today=TODAY)

        room = text_of(collective_pdf(records, language="fr"))
        own = text_of(individual_pdf(records, other.site.company, language="fr"))

        assert ("Toile enduite" in room, "Toile enduite" in own) == (printed, printed)

    def test_past_the_best_pairs_the_report_says_how_many_are_left(self, workshop, pallets):
        for rank in range(22):
            need = said(workshop, f"Société {rank}", f"Cherche palettes {rank}", direction="NEED")
            ProposalFactory(left=pallets, right=need, score=rank)

        own = text_of(individual_pdf(gather(workshop, today=TODAY), pallets.site.company, language="fr"))

        assert "Cherche palettes 21" in own
        assert "Cherche palettes 0 " not in own
        assert "Votre praticien·ne en garde 2 autres" in own


class TestHead:
    def test_names_who_signs_and_the_region(self, workshop, pallets, practitioner):
        practitioner.structure = Structure.objects.create(name="CCI du Morbihan", kind="CCI")
        practitioner.save()

        printed = text_of(collective_pdf(gather(workshop, today=TODAY), language="fr"))

        assert printed.startswith(f"CCI du Morbihan · {workshop.territory.region.name}")

    def test_cards_are_printed_under_their_class(self, workshop):
        said(workshop, "Câbles du Blavet", "Tourets", category="PACKAGING")

        assert "Emballages, contenants" in text_of(collective_pdf(gather(workshop, today=TODAY), language="fr"))


class TestReportFigures:
    def test_are_those_of_the_reports_themselves(self, workshop, pallets, wanted):
        secret = said(workshop, "Voilerie Anaon", "Toile enduite", confidentiality="PRACTITIONER")
        ProposalFactory(left=pallets, right=said(workshop, "Ostréa Bélon", "Cherche bois", direction="NEED"))
        ProposalFactory(left=secret, right=wanted)
        kept = ProposalFactory(left=pallets, right=said(workshop, "Biogaz du Jet", "Cherche caisses", direction="NEED"))
        potential = PotentialFactory(territory=workshop.territory, proposal=kept)
        potential.companies.set([kept.left.site.company, kept.right.site.company])
        WorkshopPotential.objects.create(workshop=workshop, potential=potential)

        figures = report_figures(workshop)

        records = gather(workshop, today=TODAY)
        assert [(one.company, one.cards, one.potentials, one.proposals) for one in figures] == [
            (
                company,
                len(records.cards_of_company.get(company.pk, [])),
                len(records.potentials_of_company.get(company.pk, [])),
                len(records.open_proposals_of(company)),
            )
            for company in companies_of(records)
        ]
        assert {one.company.name: one.proposals for one in figures} == {
            "Atelier Trémelo": 1,
            "Biogaz du Jet": 0,
            "Câbles du Blavet": 2,
            "Ostréa Bélon": 1,
            "Voilerie Anaon": 1,
        }
