"""`maillage programme-report`, run as a person runs it."""

import io
import json
import os
import subprocess
import sys

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

SETUP = """
from maillage.cli import installation
installation.start()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from datetime import date
from maillage.territories.models import Programme, Region, Territory
from maillage.synergies.models import Synergy
for code in {codes!r}:
    programme = Programme.objects.create(code=code, name="Programme " + code, starts_on=date(2026, 1, 1))
    region = Region.objects.create(programme=programme, name="Bretagne")
    territory = Territory.objects.create(programme=programme, region=region, name="Lorient")
    Synergy.objects.create(
        territory=territory, code="S1", title="Tourets", folded_title="tourets", synergy_type="REUSE",
        stage="COMPLETED", stage_since=date(2026, 3, 1), opened_on=date(2026, 2, 1),
    )
"""


def run(home, *arguments):
    environment = {**os.environ, "MAILLAGE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "maillage.settings.base"}
    environment.pop("MAILLAGE_DATABASE_URL", None)
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True, env=environment)


def command(home, *arguments):
    return run(home, "-m", "maillage", "programme-report", *arguments)


def installed(tmp_path_factory, *codes):
    home = tmp_path_factory.mktemp("maison")
    done = run(home, "-c", SETUP.format(codes=codes))
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return installed(tmp_path_factory, "UN")


@pytest.fixture(scope="module")
def home_of_two(tmp_path_factory):
    return installed(tmp_path_factory, "UN", "DEUX")


class TestProgrammeReport:
    def test_writes_the_three_formats_of_the_only_programme(self, home, tmp_path):
        done = command(home, "--out", tmp_path)

        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        said = json.loads((tmp_path / "programme-UN.json").read_text())
        assert said["about"]["programme"] == "UN"
        assert said["table_8"][0]["finalised"] == 1
        assert load_workbook(tmp_path / "programme-UN.xlsx").worksheets
        text = PdfReader(io.BytesIO((tmp_path / "programme-UN.pdf").read_bytes())).pages[0].extract_text()
        assert "Programme UN" in text

    def test_writes_one_format_in_english_when_asked(self, home, tmp_path):
        done = command(home, "--out", tmp_path, "--format", "pdf", "--language", "en")

        assert done.returncode == 0, done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["programme-UN.pdf"]
        text = " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO((tmp_path / "programme-UN.pdf").read_bytes())).pages
        )
        assert "Table 7" in text

    def test_takes_the_oldest_of_several_and_says_how_to_name_another(self, home_of_two, tmp_path):
        done = command(home_of_two, "--out", tmp_path, "--format", "json")

        assert done.returncode == 0, done.stderr
        assert done.stderr.count("\n") == 1
        assert "DEUX, UN" in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["programme-DEUX.json"]

    def test_takes_the_programme_that_is_named(self, home_of_two, tmp_path):
        done = command(home_of_two, "--out", tmp_path / "neuf", "--programme", "DEUX", "--format", "json")

        assert done.returncode == 0, done.stderr
        assert json.loads((tmp_path / "neuf/programme-DEUX.json").read_text())["about"]["programme"] == "DEUX"

    @pytest.mark.parametrize("arguments", [["--programme", "TROIS"], ["--format", "docx"]])
    def test_refuses_in_one_line_what_it_does_not_know(self, home, tmp_path, arguments):
        done = command(home, "--out", tmp_path, *arguments)

        assert done.returncode == 2
        assert done.stderr.count("\n") == 1

    def test_says_what_to_do_in_an_empty_home(self, tmp_path):
        done = command(tmp_path / "vide", "--out", tmp_path / "sortie")

        assert done.returncode == 2
        assert "maillage demo" in done.stderr
        assert done.stderr.count("\n") == 1

    def test_says_when_the_folder_cannot_be_written(self, home, tmp_path):
        (tmp_path / "fichier").write_text("")

        done = command(home, "--out", tmp_path / "fichier")

        assert done.returncode == 2
        assert "choose another folder" in done.stderr
