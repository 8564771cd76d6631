import io
import zipfile

import openpyxl
import pypdf
import pytest
from django.urls import reverse

from maillage.journal.models import Entry
from tests.support.factories import ParticipationFactory, ResourceFactory, WorkshopFactory


@pytest.fixture
def workshop(territory):
    return WorkshopFactory(territory=territory, title="Atelier de Lorient")


@pytest.fixture
def seat(workshop):
    seat = ParticipationFactory(workshop=workshop, site__company__name="Voilerie Anaon")
    workshop.cards.create(resource=ResourceFactory(site=seat.site, text="Chutes de toile à voile"))
    return seat


@pytest.fixture
def as_practitioner(client, practitioner):
    client.force_login(practitioner.user)
    return client


def url(name, workshop, *more):
    return reverse(f"workshop:{name}", args=[workshop.pk, *more])


def content(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


class TestReports:
    def test_are_listed_with_what_each_holds(self, as_practitioner, workshop, seat):
        (one,) = as_practitioner.get(url("reports", workshop)).context["companies"]

        assert (one.company, one.cards, one.proposals) == (seat.site.company, 1, 0)

    def test_teach_the_next_step_when_there_is_nothing(self, as_practitioner, workshop):
        assert "Rien à rapporter" in as_practitioner.get(url("reports", workshop)).content.decode()

    def test_of_a_company_open_as_pdf(self, as_practitioner, workshop, seat):
        pdf = content(as_practitioner.get(url("report_individual", workshop, seat.site.company_id)))

        assert "Voilerie Anaon" in text_of(pdf)
        assert "Chutes de toile à voile" in text_of(pdf)

    @pytest.mark.parametrize(("language", "said"), [("fr", "Compte rendu"), ("en", "Report of the workshop")])
    def test_of_the_room_open_in_the_language_of_the_reader(self, client, practitioner, workshop, seat, language, said):
        practitioner.user.language = language
        practitioner.user.save()
        client.force_login(practitioner.user)

        assert said in text_of(content(client.get(url("report_collective", workshop))))

    def test_leave_all_at_once(self, as_practitioner, workshop, seat):
        archive = zipfile.ZipFile(io.BytesIO(content(as_practitioner.get(url("report_everything", workshop)))))

        assert archive.namelist() == [
            "atelier-de-lorient.pdf",
            "atelier-de-lorient.xlsx",
            "entreprises/voilerie-anaon.pdf",
        ]

    def test_leave_as_a_workbook(self, as_practitioner, workshop, seat):
        book = openpyxl.load_workbook(io.BytesIO(content(as_practitioner.get(url("report_workbook", workshop)))))

        assert len(book.sheetnames) == 4

    def test_leaving_is_written_in_the_journal(self, as_practitioner, workshop, seat):
        as_practitioner.get(url("report_collective", workshop))

        assert Entry.objects.about(workshop).get().act == "EXPORTED"

    @pytest.mark.parametrize("name", ["reports", "report_collective", "report_everything", "report_workbook"])
    def test_do_not_exist_from_elsewhere_nor_for_who_reads_figures(self, client, outsider, onlooker, workshop, name):
        client.force_login(outsider.user)
        assert client.get(url(name, workshop)).status_code == 404

        client.force_login(onlooker.user)
        assert client.get(url(name, workshop)).status_code == 403

    def test_of_a_company_that_was_not_there_do_not_exist(self, as_practitioner, workshop, seat):
        other = ParticipationFactory()

        response = as_practitioner.get(url("report_individual", workshop, other.site.company_id))

        assert response.status_code == 404

    @pytest.mark.parametrize("size", [1, 12])
    def test_cost_the_same_queries_whatever_the_size(
        self, as_practitioner, workshop, size, django_assert_max_num_queries
    ):
        for _ in range(size):
            seat = ParticipationFactory(workshop=workshop)
            workshop.cards.create(resource=ResourceFactory(site=seat.site))

        with django_assert_max_num_queries(21):
            as_practitioner.get(url("reports", workshop))
