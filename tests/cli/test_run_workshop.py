"""The main job without a server, run as a person runs it."""

import csv
import subprocess
import sys
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

PARTICIPANTS = """Société;Code NAF;Ville;Contact;Courriel
Câbles du Blavet;27.32Z;Hennebont;Solenn Riou;s.riou@exemple.fr
Atelier Trémelo;31.09B;Lorient;Yann Tanguy;y.tanguy@exemple.fr
"""
RESOURCES = """Entreprise;Sens;Ressource;Quantité;Unité;Période
Câbles du Blavet;offre;Tourets en bois, palettes 80x120;40;unités;mois
Atelier Trémelo;besoin;Cherche palettes et tourets bois pour mobilier;30;unités;mois
Société inconnue;offre;Carton;10;t;an
"""
WHAT = ["--title", "Atelier de Lorient", "--date", "2026-12-10", "--place", "Lorient"]


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "maillage", "run-workshop", *map(str, arguments)], capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tableaux")
    (folder / "participants.csv").write_text(PARTICIPANTS, encoding="cp1252")
    (folder / "ressources.csv").write_text(RESOURCES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def done(files, tmp_path_factory):
    out = tmp_path_factory.mktemp("sortie")
    run = command(files / "participants.csv", files / "ressources.csv", *WHAT, "--out", out)
    return run, out


def text_of(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages).split())


class TestRunWorkshop:
    def test_counts_what_went_in_and_what_was_set_aside(self, done):
        run, _out = done

        assert run.returncode == 0, run.stderr
        assert run.stdout.splitlines()[:4] == ["entreprises: 2", "ressources: 2", "pistes: 1", "lignes écartées: 1"]
        assert run.stderr == ""

    def test_prints_a_report_for_the_room_and_one_for_each_company(self, done):
        _run, out = done

        assert "Tourets en bois" in text_of(out / "collective.pdf")
        assert sorted(path.name for path in (out / "companies").iterdir()) == [
            "atelier-tremelo.pdf",
            "cables-du-blavet.pdf",
        ]
        assert "Atelier Trémelo" in text_of(out / "companies" / "cables-du-blavet.pdf")

    def test_writes_everything_in_a_workbook(self, done):
        _run, out = done

        sheets = load_workbook(out / "synergies.xlsx").sheetnames

        assert sheets == ["Participants", "Ressources", "Pistes", "Synergies potentielles"]

    def test_lists_each_row_set_aside(self, done):
        _run, out = done
        with (out / "rejected.csv").open(encoding="utf-8", newline="") as source:
            rejected = [row for row in csv.DictReader(source) if row["set_aside"] == "1"]

        assert [(row["row"], row["column"], row["value"]) for row in rejected] == [
            ("4", "Entreprise", "Société inconnue")
        ]
        assert rejected[0]["reason"].startswith("Cette entreprise n’est ni parmi les participants")

    def test_says_in_one_line_that_nothing_could_be_read(self, files, tmp_path):
        picture = tmp_path / "photo.xlsx"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))

        run = command(picture, files / "ressources.csv", *WHAT, "--out", tmp_path / "out", "--language", "en")

        assert run.returncode == 2
        assert len(run.stderr.splitlines()) == 1
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [(["--date", "10/12/2026"], "write YYYY-MM-DD"), (["--language", "de"], "invalid choice")],
    )
    def test_refuses_wrong_arguments_in_one_line(self, files, tmp_path, wrong, said):
        run = command(files / "participants.csv", files / "ressources.csv", *WHAT, "--out", tmp_path, *wrong)

        assert run.returncode == 2
        assert said in run.stderr
        assert len(run.stderr.splitlines()) == 1

    def test_leaves_alone_a_folder_that_holds_something(self, files, tmp_path):
        (tmp_path / "companies").mkdir()
        mine = tmp_path / "companies" / "à moi.pdf"
        mine.write_bytes(b"precious")

        run = command(files / "participants.csv", files / "ressources.csv", *WHAT, "--out", tmp_path)

        assert (run.returncode, mine.read_bytes()) == (2, b"precious")
        assert "holds other files" in run.stderr
        assert len(run.stderr.splitlines()) == 1

    def test_proposes_near_names_for_a_place_it_does_not_know(self, files, tmp_path):
        out = tmp_path / "out"

        run = command(files / "participants.csv", files / "ressources.csv", *WHAT[:-1], "Lorien", "--out", out)

        assert (run.returncode, out.exists()) == (2, False)
        assert "Lorient" in run.stderr
        assert len(run.stderr.splitlines()) == 1
