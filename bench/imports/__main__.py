"""
Measure imports of 10 000 and 50 000 rows, from the file to the last row written: `python -m bench.imports`.

Each import runs in a process of its own, on a new installation (SQLite) with the reference data: what is measured is
its peak of memory (everything included, Python and Django too) and its time, reading, checking and writing apart, then
the undo. Written beside this file: results.csv and results.md.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
#: What imports promise for 10 000 rows, dry run and commit together.
MOST_SECONDS, MOST_MEGABYTES = 30, 300
RUNS = (
    ("participants", "xlsx", 10_000),
    ("participants", "csv", 10_000),
    ("resources", "xlsx", 10_000),
    ("resources", "csv", 10_000),
    ("participants", "xlsx", 50_000),
)
COMMUNES = ("Lorient", "56600 Lanester", "Ploemeur", "Hennebont Cedex", "Quéven", "Caudan", "Guidel", "Plouay")
THINGS = ("chutes de bois", "palettes 80x120", "cartons bruns", "films étirables", "eau tiède", "sciure", "big bags")


def companies(rows: int) -> list[list[object]]:
    """Rows of participants, one in twenty with something wrong."""
    from maillage.common.identifiers import is_siren, is_siret

    random = Random(1)
    table: list[list[object]] = [
        ["Raison sociale", "N° SIRET", "Ville", "Contact", "Courriel", "Téléphone", "Effectif", "Code NAF", "Fonction"]
    ]
    for rank in range(rows):
        siren = next(text for _ in count() if is_siren(text := str(random.randrange(10**8, 10**9))))
        siret = next(text for end in count() if is_siret(text := f"{siren}000{end:02d}"))
        wrong = rank % 20 == 7
        swapped = f"{siret[:-1]}{(int(siret[-1]) + 1) % 10}"
        table.append(
            [f"Entreprise {rank} du Blavet", swapped if rank % 40 == 7 else siret, random.choice(COMMUNES),
             f"Personne {rank}", "pas de courriel" if wrong else f"p{rank}@exemple.fr", f"02 97 {rank % 100:02d} 00 00",
             random.choice((12, "50 salariés", "20-49")), random.choice(("10.20Z", "2229A", "24.51Z")), "Gérant"]
        )  # fmt: skip
    return table


def lines(rows: int) -> list[list[object]]:
    """Rows of resources of the first five hundred companies, one in twenty with something wrong."""
    random = Random(2)
    table: list[list[object]] = [["Entreprise", "Offre / besoin", "Ressource", "Quantité", "Unité", "Fréquence"]]
    for rank in range(rows):
        name = f"Entreprise {random.randrange(500)} du Blavet"
        table.append(
            ["Inconnue SA" if rank % 20 == 7 else name, random.choice(("offre", "besoin", "à mutualiser")),
             f"{random.choice(THINGS)}, lot {rank}", f"{random.randrange(1, 900)},5",
             random.choice(("t", "m3", "palettes")), random.choice(("an", "mois", "semaine"))]
        )  # fmt: skip
    return table


def write(path: Path, table: list[list[object]]) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="cp1252", newline="") as target:
            csv.writer(target, delimiter=";").writerows(table)
        return
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Feuil1")
    for row in table:
        sheet.append(row)
    book.save(path)


def one(kind: str, form: str, rows: int) -> None:
    """Measure one import in this process, and print what was measured."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.settings.base"
    import django

    django.setup()
    from maillage.exchange import services
    from maillage.exchange.models import ImportBatch
    from maillage.territories.models import Mandate
    from maillage.workshops.models import Workshop

    path = Path(os.environ["MAILLAGE_HOME"]) / f"{kind}.{form}"
    mandate, workshop = Mandate.objects.get(), Workshop.objects.get()
    what = ImportBatch.Kind.PARTICIPANTS if kind == "participants" else ImportBatch.Kind.RESOURCES
    marks = [time.perf_counter()]
    with path.open("rb") as file:
        batch = services.start_import(
            workshop=workshop, kind=what, file=file, filename=path.name, mandate=mandate, at=NOON
        )
    marks.append(time.perf_counter())
    services.check_import(batch_id=batch.pk, mandate=mandate, at=NOON)
    marks.append(time.perf_counter())
    batch = services.commit_import(batch_id=batch.pk, mandate=mandate, at=NOON)
    marks.append(time.perf_counter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    services.undo_import(batch_id=batch.pk, mandate=mandate, at=NOON)
    marks.append(time.perf_counter())
    read, checked, committed, undone = (after - before for before, after in zip(marks, marks[1:], strict=False))
    print(
        json.dumps(
            {
                "kind": kind, "format": form, "rows": rows, "good_rows": batch.counts["good"],
                "faults": batch.faults.count(), "read_s": round(read, 2), "check_s": round(checked, 2),
                "commit_s": round(committed, 2), "total_s": round(read + checked + committed, 2),
                "undo_s": round(undone, 2), "peak_mb": round(peak),
            }
        )
    )  # fmt: skip


def prepare(kind: str, form: str, rows: int) -> None:
    """A new installation, with the file to import; for resources, with the companies they are of."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.settings.base"
    import django

    django.setup()
    from django.core.management import call_command

    from maillage.exchange import services
    from maillage.exchange.models import ImportBatch
    from maillage.exchange.reference import load_reference_data
    from tests.support.factories import MandateFactory, TerritoryFactory, WorkshopFactory

    home = Path(os.environ["MAILLAGE_HOME"])
    call_command("migrate", verbosity=0, interactive=False)
    load_reference_data()
    territory = TerritoryFactory(centre_id="56121")
    mandate, workshop = MandateFactory(territory=territory), WorkshopFactory(territory=territory)
    write(home / f"{kind}.{form}", companies(rows) if kind == "participants" else lines(rows))
    if kind == "resources":
        write(home / "first.csv", companies(540))
        with (home / "first.csv").open("rb") as file:
            batch = services.start_import(
                workshop=workshop, kind=ImportBatch.Kind.PARTICIPANTS, file=file, filename="first.csv",
                mandate=mandate, at=NOON,
            )  # fmt: skip
        services.check_import(batch_id=batch.pk, mandate=mandate, at=NOON)
        services.commit_import(batch_id=batch.pk, mandate=mandate, at=NOON)


def run(*arguments: object, home: str) -> str:
    environment = {**os.environ, "MAILLAGE_HOME": home, "PYTHONPATH": "src:.", "MAILLAGE_LOG_LEVEL": "ERROR"}
    environment.pop("MAILLAGE_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "bench.imports", *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def main() -> int:
    rows = []
    for arguments in RUNS:
        with tempfile.TemporaryDirectory() as home:
            run("prepare", *arguments, home=home)
            rows.append(json.loads(run("one", *arguments, home=home).splitlines()[-1]))
        print(rows[-1], flush=True)
    with (HERE / "results.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    (HERE / "results.md").write_text(report(rows), encoding="utf-8")
    held = [row for row in rows if row["rows"] <= 10_000]
    return int(any(row["total_s"] > MOST_SECONDS or row["peak_mb"] > MOST_MEGABYTES for row in held))


def report(rows: list[dict]) -> str:
    import django
    import openpyxl

    head = "| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0])
    body = "\n".join("| " + " | ".join(str(value) for value in row.values()) + " |" for row in rows)
    return f"""# Imports

Promise: {MOST_SECONDS} s and {MOST_MEGABYTES} MB for 10 000 rows, dry run and commit.
`python -m bench.imports` writes this.

{platform.system()} {platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()},
Django {django.__version__}, openpyxl {openpyxl.__version__}, SQLite {sqlite3.sqlite_version}.

{head}
{body}

Seconds of wall time; `total_s` is reading, dry run and commit; the peak of memory is that of the whole process.
"""


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            sys.exit(main())
        case [act, kind, form, rows]:
            {"prepare": prepare, "one": one}[act](kind, form, int(rows))
