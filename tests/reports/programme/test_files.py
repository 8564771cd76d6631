"""The files of the report say the numbers of the source, in both languages."""

import io
import json
from datetime import date

import pytest
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from maillage.reports.programme import files, programme_report

TODAY = date(2026, 11, 24)


def words_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages).replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.fixture(params=["fr", "en"])
def report(request, demonstration):
    with translation.override(request.param):
        yield programme_report(demonstration, day=TODAY)


class TestThePrintedReport:
    def test_reads_back_the_numbers_of_the_source(self, report):
        numbers = ("588", "958", "138", "371", "520", "438", "41", "411", "39", "10,9", "12", "31/01/2017")
        if translation.get_language() == "en":
            numbers = (*numbers[:-3], "10.9", "4,038", "7,546", "25,443", "€513,190")
        else:
            numbers = (*numbers, "4 038", "7 546", "25 443", "513 190")

        words = words_of(files.to_pdf(report))

        assert [number for number in numbers if number not in words] == []

    def test_keeps_the_headings_of_the_page_in_their_order(self, report):
        words = words_of(files.to_pdf(report)).replace("\N{NO-BREAK SPACE}", " ")
        headings = [part.heading for part in report.parts.values() if part.key != "summary"]

        reached = 0
        for heading in headings:
            found = words.find(
                heading.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " "), reached
            )
            assert found > reached, heading
            reached = found


class TestTheWorkbook:
    def test_holds_numbers_not_texts(self, report):
        book = load_workbook(io.BytesIO(files.to_xlsx(report)))

        values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
        assert {588, 4038, 7546, 958, 138, 25443, 6954845} <= values


class TestTheObject:
    def test_holds_the_same_numbers_in_every_language(self, demonstration):
        said = []
        for language in ("fr", "en"):
            with translation.override(language):
                said.append(json.loads(files.to_json(programme_report(demonstration, day=TODAY))))

        numbers = [
            {
                key: [{name: value for name, value in row.items() if not isinstance(value, str)} for row in rows]
                for key, rows in one.items()
                if key != "about"
            }
            for one in said
        ]
        assert numbers[0] == numbers[1]
        assert list(numbers[0])[0] == "summary"
