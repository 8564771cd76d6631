"""The pages of imports, through the client: choose, map, look, import, undo."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from maillage.exchange.models import ImportBatch
from maillage.organisations.models import Company
from tests.exchange.conftest import reference, text_file, workbook, workshop  # noqa: F401
from tests.exchange.test_services import HEADINGS, KERDANIEL, SCORFF, participants

BROKEN = ("Biogaz du Jet", "732 829 320 00075", "Lorient", *[None] * 6)


def upload(client, workshop, file, *, kind="participants", name="participants.xlsx"):  # noqa: F811
    sent = SimpleUploadedFile(name, file.read())
    return client.post(reverse("imports:start", args=[workshop.pk, kind]), {"file": sent})


def check(client, batch):
    columns = {f"column_{column}": field for field, column in batch.mapping.items()}
    return client.post(reverse("imports:check", args=[batch.pk]), columns)


@pytest.fixture
def practitioner_client(client, practitioner):
    client.force_login(practitioner.user)
    return client


@pytest.fixture
def checked(practitioner_client, workshop):  # noqa: F811
    """A file that holds two good rows and a bad one, checked."""
    upload(practitioner_client, workshop, participants(KERDANIEL, SCORFF, BROKEN))
    batch = ImportBatch.objects.get()
    check(practitioner_client, batch)
    batch.refresh_from_db()
    return batch


def page(client, batch, **query):
    return client.get(reverse("imports:batch", args=[batch.pk]), query)


class TestStart:
    def test_reads_the_file_and_shows_its_columns(self, practitioner_client, workshop):  # noqa: F811
        answer = upload(practitioner_client, workshop, participants(KERDANIEL))

        batch = ImportBatch.objects.get()
        assert answer.url == reverse("imports:batch", args=[batch.pk])
        shown = page(practitioner_client, batch).content.decode()
        assert all(heading in shown for heading in HEADINGS)
        assert "732 829 320 00074" in shown
        assert 'value="siret" selected' in shown

    def test_says_in_one_sentence_why_a_file_is_refused_and_keeps_nothing(self, practitioner_client, workshop):  # noqa: F811
        answer = upload(practitioner_client, workshop, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(5000)))

        assert answer.status_code == 422
        assert "n’est pas un tableau" in answer.content.decode()
        assert not ImportBatch.objects.exists()

    def test_asks_for_a_file_when_none_was_chosen(self, practitioner_client, workshop):  # noqa: F811
        answer = practitioner_client.post(reverse("imports:start", args=[workshop.pk, "participants"]), {})

        assert answer.status_code == 422
        assert "Choisissez d’abord" in answer.content.decode()

    @pytest.mark.parametrize("kind", ["participants", "ressources"])
    def test_gives_an_example_that_it_can_read(self, practitioner_client, workshop, kind):  # noqa: F811
        example = practitioner_client.get(reverse("imports:example", args=[kind]))

        answer = upload(practitioner_client, workshop, io.BytesIO(example.content), kind=kind)

        batch = ImportBatch.objects.get()
        assert answer.status_code == 302
        assert len(batch.mapping) == len(batch.layout["columns"])


class TestMappingPage:
    def test_refuses_two_columns_for_one_thing(self, practitioner_client, workshop):  # noqa: F811
        upload(practitioner_client, workshop, participants(KERDANIEL))
        batch = ImportBatch.objects.get()

        answer = practitioner_client.post(
            reverse("imports:check", args=[batch.pk]), {"column_0": "company", "column_2": "company"}
        )

        assert answer.status_code == 422
        assert "Une autre colonne contient déjà cela" in answer.content.decode()

    def test_refuses_a_file_without_its_companies(self, practitioner_client, workshop):  # noqa: F811
        upload(practitioner_client, workshop, participants(KERDANIEL))
        batch = ImportBatch.objects.get()

        answer = practitioner_client.post(reverse("imports:check", args=[batch.pk]), {"column_2": "commune"})

        assert answer.status_code == 422
        assert "quelle colonne contient le nom de l’entreprise" in answer.content.decode()


class TestPreview:
    def test_shows_what_will_be_and_every_fault(self, practitioner_client, checked):
        shown = page(practitioner_client, checked).content.decode()

        assert "Importer les 2 bonnes lignes" in shown
        assert "732 829 320 00075" in shown
        assert "Ce SIRET n’existe pas" in shown
        assert not Company.objects.exists()

    def test_filters_the_faults(self, practitioner_client, checked):
        aside = page(practitioner_client, checked, show="aside").content.decode()
        warnings = page(practitioner_client, checked, show="warnings").content.decode()
        column = page(practitioner_client, checked, column="SIRET").content.decode()

        assert "Ce SIRET n’existe pas" in aside
        assert "Ce SIRET n’existe pas" not in warnings
        assert "Ce SIRET n’existe pas" in column

    def test_lets_the_columns_be_changed(self, practitioner_client, checked):
        shown = page(practitioner_client, checked, columns="1").content.decode()

        assert reverse("imports:check", args=[checked.pk]) in shown

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, practitioner_client, workshop, django_assert_num_queries, size  # noqa: F811
    ):  # fmt: skip
        upload(practitioner_client, workshop, participants(*[BROKEN] * size, KERDANIEL))
        batch = ImportBatch.objects.get()
        check(practitioner_client, batch)

        with django_assert_num_queries(
            10
        ):  # session, user, mandate, interrupted, batch, two counts, columns, count, faults
            page(practitioner_client, batch)


class TestCommit:
    def test_imports_the_good_rows_and_offers_the_way_back(self, practitioner_client, checked):
        answer = practitioner_client.post(reverse("imports:commit", args=[checked.pk]), {"only_good": "1"}, follow=True)

        shown = answer.content.decode()
        assert set(Company.objects.values_list("name", flat=True)) == {"Conserverie Kerdaniel", "Béton du Scorff"}
        assert "2 lignes sont entrées" in shown
        assert reverse("imports:undo", args=[checked.pk]) in shown

    def test_refuses_to_leave_rows_out_when_nobody_said_so(self, practitioner_client, checked):
        answer = practitioner_client.post(reverse("imports:commit", args=[checked.pk]))

        assert answer.status_code == 422
        assert "1 ligne est mise de côté" in answer.content.decode()
        assert not Company.objects.exists()

    def test_cannot_be_done_twice(self, practitioner_client, checked):
        practitioner_client.post(reverse("imports:commit", args=[checked.pk]), {"only_good": "1"})

        answer = practitioner_client.post(reverse("imports:commit", args=[checked.pk]), {"only_good": "1"})

        assert answer.status_code == 422
        assert Company.objects.count() == 2

    def test_is_undone_in_one_action(self, practitioner_client, checked):
        practitioner_client.post(reverse("imports:commit", args=[checked.pk]), {"only_good": "1"})

        answer = practitioner_client.post(reverse("imports:undo", args=[checked.pk]), follow=True)

        assert "comme avant" in answer.content.decode()
        assert not Company.objects.exists()


class TestCorrections:
    def test_come_back_as_the_file_itself_with_one_more_column(self, practitioner_client, checked):
        answer = practitioner_client.get(reverse("imports:corrections", args=[checked.pk]))

        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert [cell for cell in rows[0]] == [*HEADINGS, "À corriger"]
        assert rows[1][: len(HEADINGS)] == KERDANIEL
        assert rows[1][len(HEADINGS) :] in {(), (None,)}
        assert rows[3][-1].startswith("SIRET : Ce SIRET n’existe pas")
        assert (
            "participants à corriger.xlsx" in answer.headers["Content-Disposition"]
            or "utf-8''" in answer.headers["Content-Disposition"]
        )

    def test_keep_the_alphabet_and_the_delimiter_of_a_csv_and_neutralise_formulas(self, practitioner_client, workshop):  # noqa: F811
        file = text_file(
            "Liste de l’atelier;;", "Société;SIRET;Tél", "=cmd|' /C calc'!A0;12;+33 2 97 00 00 01", encoding="cp1252"
        )
        upload(practitioner_client, workshop, file, name="participants.csv")
        batch = ImportBatch.objects.get()
        check(practitioner_client, batch)

        answer = practitioner_client.get(reverse("imports:corrections", args=[batch.pk]))

        title, headings, row = csv.reader(answer.content.decode("cp1252").splitlines(), delimiter=";")
        assert title == ["Liste de l’atelier"]
        assert headings == ["Société", "SIRET", "Tél", "À corriger"]
        assert row[:3] == ["'=cmd|' /C calc'!A0", "12", "+33 2 97 00 00 01"]
        assert row[3].startswith("SIRET : ")


class TestLongFiles:
    @pytest.fixture(autouse=True)
    def background(self, settings):
        settings.IMPORT_BACKGROUND_ROWS = 2
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    def test_are_checked_and_imported_in_the_background(self, practitioner_client, checked):
        practitioner_client.post(reverse("imports:commit", args=[checked.pk]), {"only_good": "1"})

        checked.refresh_from_db()
        assert checked.status == ImportBatch.Status.IMPORTED
        assert Company.objects.count() == 2

    def test_show_how_far_the_work_has_gone(self, practitioner_client, checked):
        ImportBatch.objects.update(status="IMPORTING", rows_done=1000, rows_total=4000)

        waiting = practitioner_client.get(reverse("imports:batch", args=[checked.pk])).content.decode()
        fragment = practitioner_client.get(reverse("imports:progress", args=[checked.pk]))

        assert 'http-equiv="refresh"' in waiting
        assert 'aria-valuenow="25"' in waiting
        assert "HX-Redirect" not in fragment.headers

    def test_send_the_waiting_page_to_the_result_when_they_are_done(self, practitioner_client, checked):
        fragment = practitioner_client.get(reverse("imports:progress", args=[checked.pk]))

        assert fragment.headers["HX-Redirect"] == reverse("imports:batch", args=[checked.pk])


class TestAccess:
    @pytest.fixture
    def addresses(self, checked):
        return [
            reverse("imports:start", args=[checked.workshop_id, "participants"]),
            reverse("imports:list", args=[checked.workshop_id]),
            *(reverse(f"imports:{name}", args=[checked.pk]) for name in ("batch", "progress", "corrections")),
        ]

    def test_is_for_the_practitioner_of_the_place(self, client, addresses):
        assert [client.get(address).status_code for address in addresses] == [200] * 5

    def test_hides_the_batch_from_another_territory(self, client, outsider, addresses):
        client.force_login(outsider.user)

        assert [client.get(address).status_code for address in addresses] == [404] * 5

    def test_is_refused_to_who_may_only_look(self, client, onlooker, addresses):
        client.force_login(onlooker.user)

        assert [client.get(address).status_code for address in addresses] == [403] * 5

    @pytest.mark.parametrize("act", ["check", "commit", "undo"])
    def test_lets_nobody_else_act(self, client, outsider, onlooker, checked, act):
        address = reverse(f"imports:{act}", args=[checked.pk])
        statuses = []
        for mandate in (outsider, onlooker):
            client.force_login(mandate.user)
            statuses.append(client.post(address).status_code)

        assert statuses == [404, 403]
        checked.refresh_from_db()
        assert checked.status == ImportBatch.Status.CHECKED
