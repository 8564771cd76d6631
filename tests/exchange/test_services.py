"""An import from end to end, through the public services."""

import hashlib
from decimal import Decimal

import pytest
from django.apps import apps
from django.core import serializers

from maillage.common.errors import NotAllowed
from maillage.exchange import services
from maillage.exchange.models import ImportBatch
from maillage.exchange.undoing import StandsInTheWay
from maillage.journal.models import Entry
from maillage.organisations.models import Company, Consent, Contact, Site
from maillage.resources.models import Resource
from maillage.workshops.models import Participation
from tests.conftest import NOON
from tests.exchange.conftest import text_file, workbook
from tests.support.factories import ProposalFactory, ResourceFactory, SiteFactory

HEADINGS = ("Entreprise", "SIRET", "Commune", "Contact", "Mail", "Téléphone", "Effectif", "Code NAF", "Accord partage")
KERDANIEL = (
    "Conserverie Kerdaniel", "732 829 320 00074", "Lorient", "Anne Le Gall", "anne@kerdaniel.fr", "0297000001",
    "50 salariés", "1020Z", "oui",
)  # fmt: skip
SCORFF = ("Béton du Scorff", None, "56850 Caudan", "Yann Riou", "y.riou@scorff.fr", 297000002, "20-49", None, "non")


def participants(*rows):
    return workbook(HEADINGS, *rows)


def checksum():
    """One number for everything the domain holds."""
    digest = hashlib.sha256()
    for label in ("organisations", "resources", "workshops", "synergies"):
        for model in apps.get_app_config(label).get_models():
            records = model._default_manager.order_by("pk")
            digest.update(serializers.serialize("json", records).encode())
    return digest.hexdigest()


class TestImportOfParticipants:
    def test_makes_companies_sites_contacts_consents_and_participations(self, importing, workshop):
        batch = importing("PARTICIPANTS", participants(KERDANIEL, SCORFF))

        company = Company.objects.get(name="Conserverie Kerdaniel")
        site = company.sites.get()
        contact = company.contacts.get()
        assert batch.status == ImportBatch.Status.IMPORTED
        assert (company.siren, company.activity_id, company.headcount) == ("732829320", "10.20Z", "21")
        assert (site.siret, site.commune_id, site.territory) == ("73282932000074", "56121", workshop.territory)
        assert (contact.email, contact.phone) == ("anne@kerdaniel.fr", "02 97 00 00 01")
        assert "fichier.xlsx" in contact.source
        assert list(Consent.objects.values_list("contact__name", "purpose")) == [("Anne Le Gall", "PARTNERS")]
        assert set(workshop.participations.values_list("site__company__name", "status")) == {
            ("Conserverie Kerdaniel", "REGISTERED"),
            ("Béton du Scorff", "REGISTERED"),
        }
        assert Contact.objects.get(name="Yann Riou").phone == "02 97 00 00 02"
        assert Site.objects.get(company__name="Béton du Scorff").commune_id == "56036"

    def test_writes_one_entry_in_the_journal(self, importing, practitioner):
        batch = importing("PARTICIPANTS", participants(KERDANIEL))

        entry = Entry.objects.about(batch).get()
        assert (entry.act, entry.mandate_id) == (Entry.Act.IMPORTED, practitioner.pk)

    def test_changes_nothing_when_the_same_file_comes_again(self, importing):
        importing("PARTICIPANTS", participants(KERDANIEL, SCORFF))
        before = checksum()

        batch = importing("PARTICIPANTS", participants(KERDANIEL, SCORFF))

        assert batch.counts["changes"] == 0
        assert batch.counts["same"] == 2
        assert checksum() == before

    def test_lets_the_good_rows_in_without_the_bad(self, importing, workshop):
        broken = ("Biogaz du Jet", "732 829 320 00075", "Lorient", *[None] * 6)

        batch = importing("PARTICIPANTS", participants(KERDANIEL, broken))

        assert list(workshop.participations.values_list("site__company__name", flat=True)) == ["Conserverie Kerdaniel"]
        assert list(batch.faults.values_list("row", "column", "value", "reason", "is_blocking")) == [
            (3, "SIRET", "732 829 320 00075", "siret_wrong", True)
        ]

    def test_refuses_to_leave_rows_out_when_all_were_asked_for(self, importing, practitioner):
        broken = ("Biogaz du Jet", "732 829 320 00075", *[None] * 7)
        batch = importing("PARTICIPANTS", participants(KERDANIEL, broken), commit=False)

        with pytest.raises(services.RowsToCorrect):
            services.commit_import(batch_id=batch.pk, mandate=practitioner, at=NOON, only_good=False)

        assert not Company.objects.exists()

    def test_completes_what_is_known_and_keeps_it(self, importing, territory):
        site = SiteFactory(territory=territory, siret="73282932000074", company__name="Conserverie Kerdaniel")
        site.company.headcount = "12"
        site.company.save()

        batch = importing("PARTICIPANTS", participants(KERDANIEL))

        site.refresh_from_db()
        site.company.refresh_from_db()
        assert (site.commune_id, site.company.headcount, site.company.activity_id) == ("56121", "12", "10.20Z")
        assert [(fault.reason, fault.column) for fault in batch.faults.all()] == [("kept", "Effectif")]

    def test_takes_two_people_of_one_company_as_one_participation(self, importing, workshop):
        other = (*KERDANIEL[:3], "Erwan Tanguy", "erwan@kerdaniel.fr", *[None] * 4)

        batch = importing("PARTICIPANTS", participants(KERDANIEL, other, KERDANIEL))

        assert (Contact.objects.count(), workshop.participations.count()) == (2, 1)
        assert [(fault.row, fault.reason, fault.details) for fault in batch.faults.all()] == [
            (4, "duplicate_row", {"row": 2})
        ]

    def test_says_who_came_when_the_list_comes_back(self, importing, workshop):
        importing("PARTICIPANTS", participants(KERDANIEL))

        importing("PARTICIPANTS", workbook(("Entreprise", "Présence"), ("Conserverie Kerdaniel", "venue")))

        assert workshop.participations.get().status == Participation.Status.PRESENT

    def test_is_refused_to_the_practitioner_of_another_territory(self, workshop, outsider):
        with pytest.raises(NotAllowed):
            services.start_import(
                workshop=workshop, kind="PARTICIPANTS", file=participants(KERDANIEL), filename="a.xlsx",
                mandate=outsider, at=NOON,
            )  # fmt: skip

        assert not ImportBatch.objects.exists()

    def test_cannot_be_checked_nor_undone_from_elsewhere(self, importing, outsider, onlooker):
        batch = importing("PARTICIPANTS", participants(KERDANIEL))

        for mandate in (outsider, onlooker):
            with pytest.raises(ImportBatch.DoesNotExist):
                services.undo_import(batch_id=batch.pk, mandate=mandate, at=NOON)

    @pytest.mark.parametrize("size", [1, 40])
    def test_costs_the_same_queries_whatever_the_size(self, importing, django_assert_max_num_queries, size):
        rows = [(f"Entreprise n° {rank}", None, "Lorient", f"Contact {rank}", *[None] * 5) for rank in range(size)]

        with django_assert_max_num_queries(80):
            importing("PARTICIPANTS", participants(*rows))


class TestImportOfResources:
    LINES = (
        ("Entreprise", "Offre / besoin", "Ressource", "Quantité", "Unité", "Fréquence"),
        ("conserverie KERDANIEL", "Offre", "Graisses de flottation", "12,5", "t", "an"),
        ("Conserverie Kerdaniel", "besoin", "Palettes 80x120 en bon état", "~300", "palettes", "mois"),
        ("Béton du Scorf", "offre", "Béton concassé", "1 200", "t", "an"),
    )

    def test_makes_cards_of_the_workshop_with_what_the_columns_say(self, importing, workshop):
        importing("PARTICIPANTS", participants(KERDANIEL))

        importing("RESOURCES", workbook(*self.LINES[:3]))

        cards = Resource.objects.filter(workshop_card__workshop=workshop).order_by("direction")
        assert [(card.direction, card.text, card.quantity, card.unit, card.period) for card in cards] == [
            ("NEED", "Palettes 80x120 en bon état", Decimal("300"), "pallet", "MONTH"),
            ("OFFER", "Graisses de flottation", Decimal("12.5"), "t", "YEAR"),
        ]

    def test_proposes_the_nearest_company_when_none_bears_the_name(self, importing):
        importing("PARTICIPANTS", participants(KERDANIEL, SCORFF))

        batch = importing("RESOURCES", workbook(*self.LINES))

        assert [(fault.row, fault.reason, fault.proposal) for fault in batch.faults.all()] == [
            (4, "company_unknown", "Béton du Scorff")
        ]

    def test_reads_the_quantity_in_the_line_when_no_column_holds_it(self, importing):
        importing("PARTICIPANTS", participants(KERDANIEL))

        importing(
            "RESOURCES", workbook(("Société", "Je propose", "Je recherche"), ("Kerdaniel", None, None),
            ("Conserverie Kerdaniel", "12 t/an de chutes PEHD broyées", "cartons")),
        )  # fmt: skip

        offer, need = Resource.objects.order_by("-direction")
        assert (offer.direction, offer.quantity, offer.unit, offer.period) == ("OFFER", 12, "t", "YEAR")
        assert (need.direction, need.text) == ("NEED", "cartons")

    def test_changes_nothing_when_the_same_file_comes_again(self, importing):
        importing("PARTICIPANTS", participants(KERDANIEL, SCORFF))
        importing("RESOURCES", workbook(*self.LINES))
        before = checksum()

        batch = importing("RESOURCES", workbook(*self.LINES))

        assert batch.counts["changes"] == 0
        assert checksum() == before

    def test_sets_aside_a_line_said_twice(self, importing):
        importing("PARTICIPANTS", participants(KERDANIEL))

        batch = importing("RESOURCES", workbook(*self.LINES[:2], self.LINES[1]))

        assert [(fault.row, fault.reason) for fault in batch.faults.all()] == [(3, "duplicate_row")]


class TestUndo:
    def test_puts_the_domain_back_as_it_was(self, importing, practitioner, territory):
        SiteFactory(territory=territory, siret="73282932000074", company__name="Conserverie Kerdaniel")
        before = checksum()
        people = importing("PARTICIPANTS", participants(KERDANIEL, SCORFF))
        between = checksum()
        cards = importing("RESOURCES", workbook(*TestImportOfResources.LINES[:3]))

        services.undo_import(batch_id=cards.pk, mandate=practitioner, at=NOON)
        after_cards = checksum()
        services.undo_import(batch_id=people.pk, mandate=practitioner, at=NOON)

        assert after_cards == between
        assert checksum() == before
        assert set(Entry.objects.values_list("act", flat=True)) == {"IMPORTED", "UNDONE"}

    def test_is_refused_when_a_proposal_was_kept(self, importing, practitioner):
        importing("PARTICIPANTS", participants(KERDANIEL))
        batch = importing("RESOURCES", workbook(*TestImportOfResources.LINES[:3]))
        ProposalFactory(left=Resource.objects.get(direction="OFFER"), verdict="ACCEPTED")
        before = checksum()

        with pytest.raises(StandsInTheWay, match="Graisses de flottation"):
            services.undo_import(batch_id=batch.pk, mandate=practitioner, at=NOON)

        assert checksum() == before

    def test_takes_away_the_proposals_nobody_screened(self, importing, practitioner):
        importing("PARTICIPANTS", participants(KERDANIEL))
        batch = importing("RESOURCES", workbook(*TestImportOfResources.LINES[:3]))
        proposal = ProposalFactory(left=Resource.objects.get(direction="OFFER"))

        services.undo_import(batch_id=batch.pk, mandate=practitioner, at=NOON)

        assert not type(proposal).objects.filter(pk=proposal.pk).exists()

    def test_is_refused_when_a_record_was_changed_since(self, importing, practitioner):
        batch = importing("PARTICIPANTS", participants(KERDANIEL))
        Contact.objects.update(phone="06 00 00 00 00")

        with pytest.raises(StandsInTheWay, match="Anne Le Gall"):
            services.undo_import(batch_id=batch.pk, mandate=practitioner, at=NOON)

    def test_is_refused_when_a_card_was_added_to_a_company_it_made(self, importing, practitioner):
        batch = importing("PARTICIPANTS", participants(KERDANIEL))
        ResourceFactory(site=Site.objects.get(), text="Sciure")

        with pytest.raises(StandsInTheWay, match="Sciure"):
            services.undo_import(batch_id=batch.pk, mandate=practitioner, at=NOON)

    def test_is_done_once(self, importing, practitioner):
        batch = importing("PARTICIPANTS", participants(KERDANIEL))
        services.undo_import(batch_id=batch.pk, mandate=practitioner, at=NOON)

        with pytest.raises(services.NotReady):
            services.undo_import(batch_id=batch.pk, mandate=practitioner, at=NOON)


class TestMapping:
    def test_is_remembered_for_the_territory_and_the_same_headings(self, importing, workshop):
        odd = [("Qui", "Zone", "Nom usuel"), ("Kerdaniel", "Lorient", "x"), ("Scorff", "Caudan", "y")]
        importing("PARTICIPANTS", workbook(*odd), mapping={"company": 0, "commune": 1})

        sheet = services.read_file(workbook(*odd), kind="PARTICIPANTS", filename="a.xlsx")
        proposed = services.propose_mapping(sheet, "PARTICIPANTS", workshop.territory)

        assert proposed.is_remembered
        assert proposed.mapping == {"company": 0, "commune": 1}

    def test_without_the_company_is_refused_and_the_batch_stays_as_it_was(self, importing):
        with pytest.raises(services.IncompleteMapping):
            importing("PARTICIPANTS", participants(KERDANIEL), mapping={"commune": 2})

        assert ImportBatch.objects.get().status == ImportBatch.Status.UPLOADED


def test_a_csv_in_the_alphabet_of_windows_is_read(importing, workshop):
    importing(
        "PARTICIPANTS",
        text_file("Société;Ville;Tél", "Béton d’Étel;Ploëmeur;02.97.11.22.33", encoding="cp1252"),
        filename="participants.csv",
    )

    site = Site.objects.get()
    assert (site.company.name, site.commune_id) == ("Béton d’Étel", "56162")
