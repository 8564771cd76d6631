"""The main job, as a practitioner does it: two spreadsheets, proposals screened, reports printed, the import undone."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from maillage.territories.models import Role
from tests.browser.conftest import PHONE, WIDE, login

FILES = Path(__file__).parent.parent / "exchange" / "fixtures"
MAIN_BUTTON = "main form .btn.main"
UNDO = 'main form[action*="/annuler/"] button'
WORDS = {
    "fr": {"why": "Les autres raisons", "next": "La suite", "title": "Compte rendu de l’atelier", "fix": "À corriger"},
    "en": {
        "why": "The other reasons",
        "next": "What comes next",
        "title": "Report of the workshop",
        "fix": "To correct",
    },
}


def press(page, selector):
    """Press the first button that fits, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def open_workshop(page):
    """Plan a workshop; return its identifier."""
    page.goto("/ateliers/nouveau/")
    page.fill("[name=title]", "Atelier de Lanester")
    page.fill("[name=held_on]", "2026-12-17")
    page.fill("[name=place]", "Lanester")
    press(page, MAIN_BUTTON)
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def choose(page, workshop, kind, name):
    """Send a file and reach the page of its columns."""
    page.goto(f"/imports/{workshop}/{kind}/")
    page.set_input_files("main input[type=file]", FILES / name)
    press(page, MAIN_BUTTON)


def imported(page, workshop, kind, name):
    choose(page, workshop, kind, name)
    press(page, MAIN_BUTTON)
    press(page, MAIN_BUTTON)
    return page.url


def text_of(answer):
    assert answer.status == 200
    pages = PdfReader(BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def links(page, ending):
    return [link.get_attribute("href") for link in page.locator(f'main a[href$="{ending}"]').all()]


@pytest.mark.parametrize(
    ("language", "viewport"), [("fr", WIDE), ("en", WIDE), ("fr", PHONE)], ids=["fr", "en", "phone"]
)
class TestMainJob:
    def test_goes_from_two_spreadsheets_to_printed_reports(self, own_address, visit, language, viewport):
        words = WORDS[language]
        with visit(own_address, email=login(Role.PRACTITIONER), language=language, viewport=viewport) as page:
            workshop = open_workshop(page)
            imported(page, workshop, "participants", "participants.xlsx")
            resources = imported(page, workshop, "ressources", "ressources.xlsx")

            page.goto(f"/ateliers/{workshop}/pistes/")
            press(page, MAIN_BUTTON)
            assert words["why"] in page.locator("main").inner_text()
            best = page.locator("article.pair").first
            title = best.locator(".res .title, .res h2, .res h3").first.inner_text()
            best.locator("button.keep").click()
            page.wait_for_selector("article.decided")

            page.goto(f"/ateliers/{workshop}/comptes-rendus/")
            collective = text_of(page.request.get(links(page, "collectif.pdf")[0]))
            individual = [text_of(page.request.get(link)) for link in links(page, ".pdf")[1:4]]
            assert words["title"] in collective
            assert "Béton du Scorff" in collective
            assert all(words["next"] in report for report in individual)
            assert title in collective

            page.goto(resources)
            press(page, UNDO)
            assert page.locator("main .note.danger").count(), "the proposal that was kept stands in the way"

            page.goto(f"/ateliers/{workshop}/pistes/?show=kept")
            page.locator("article.decided button.undo").first.click()
            page.wait_for_selector("article:not(.decided) button.keep")
            page.goto(resources)
            press(page, UNDO)
            page.goto(f"/ateliers/{workshop}/ressources/")
            assert title not in page.locator("main").inner_text()

    def test_gives_the_file_back_with_what_to_correct_and_undoes_the_import(
        self, own_address, visit, language, viewport
    ):
        with visit(own_address, email=login(Role.PRACTITIONER), language=language, viewport=viewport) as page:
            workshop = open_workshop(page)
            choose(page, workshop, "participants", "participants-a-corriger.xlsx")
            press(page, MAIN_BUTTON)
            assert "99999999900019" in page.locator("main").inner_text()

            with page.expect_download() as download:
                page.locator('a[href$="/corrections/"]').first.click()
            sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes())).active
            cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
            assert WORDS[language]["fix"] in cells

            press(page, MAIN_BUTTON)
            page.goto(f"/ateliers/{workshop}/participants/")
            assert "Conserverie Kerdaniel" in page.locator("main").inner_text()
            page.go_back()
            press(page, UNDO)
            page.goto(f"/ateliers/{workshop}/participants/")
            assert "Conserverie Kerdaniel" not in page.locator("main").inner_text()

    def test_takes_a_column_for_what_the_person_says(self, own_address, visit, language, viewport):
        with visit(own_address, email=login(Role.PRACTITIONER), language=language, viewport=viewport) as page:
            workshop = open_workshop(page)
            choose(page, workshop, "participants", "participants.xlsx")
            taken = page.locator("main select").evaluate_all("all => all.map(one => [one.name, one.value])")
            name = next(name for name, value in taken if value == "email")
            page.select_option(f'main select[name="{name}"]', "")
            press(page, MAIN_BUTTON)
            press(page, MAIN_BUTTON)

            choose(page, workshop, "participants", "participants.xlsx")
            again = page.locator("main select").evaluate_all("all => all.map(one => [one.name, one.value])")

        assert dict(again)[name] == ""
