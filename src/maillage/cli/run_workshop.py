"""`maillage run-workshop`: from two spreadsheets to the reports of a workshop, without a server."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.cli.throwaway import throwaway_installation

if TYPE_CHECKING:
    from maillage.exchange.models import ImportBatch
    from maillage.territories.models import Mandate
    from maillage.workshops.models import Workshop

REJECTED = ("row", "column", "value", "reason", "proposal", "set_aside", "file")


def add(subparsers) -> None:
    parser = subparsers.add_parser("run-workshop", help="from two spreadsheets to the reports of a workshop")
    parser.add_argument("participants", metavar="PARTICIPANTS", type=_file, help="companies, XLSX or CSV")
    parser.add_argument("resources", metavar="RESOURCES", type=_file, help="resource lines, XLSX or CSV")
    parser.add_argument("--title", required=True, help="title of the workshop")
    parser.add_argument("--date", required=True, type=_day, help="YYYY-MM-DD")
    parser.add_argument("--place", required=True, help="commune: its name, postal code or INSEE code")
    parser.add_argument("--out", required=True, type=_folder, help="folder to write into")
    parser.add_argument("--language", choices=["fr", "en"], default="fr", help="language of the reports (fr)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    with throwaway_installation():
        from django.utils import translation

        from maillage.common.errors import RuleBroken

        with translation.override(arguments.language):
            try:
                return _run(arguments)
            except RuleBroken as refusal:
                print(f"maillage run-workshop: {refusal}", file=sys.stderr)
                return 2


def _run(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from maillage.exchange.models import ImportBatch
    from maillage.workshops.cards import cards_of
    from maillage.workshops.proposing import propose_for_workshop

    now = timezone.now()
    workshop, mandate = _open_workshop(arguments, now)
    batches = [
        _import(workshop, mandate, kind, path, now)
        for kind, path in (
            (ImportBatch.Kind.PARTICIPANTS, arguments.participants),
            (ImportBatch.Kind.RESOURCES, arguments.resources),
        )
    ]
    companies = workshop.participations.count()
    resources = cards_of(workshop).count()
    proposals = 0
    if resources:
        with _bar() as progress:
            proposals = propose_for_workshop(workshop_id=workshop.pk, mandate=mandate, at=now, progress=progress)
    _write(arguments.out, workshop, batches, arguments.language, now.date())
    aside = sum(batch.counts["aside"] for batch in batches)
    _say(companies, resources, proposals, aside, arguments.out)
    return 0 if companies or resources else 2


def _open_workshop(arguments: argparse.Namespace, now) -> tuple[Workshop, Mandate]:
    """Make the programme, the place and the mandate that the import works under."""
    from maillage.accounts.models import User
    from maillage.territories.models import Mandate, Programme, Region, Role, Territory
    from maillage.workshops.models import Workshop

    commune = _commune(arguments.place)
    programme = Programme.objects.create(code="ATELIER", name=arguments.title, starts_on=arguments.date)
    region = Region.objects.create(
        programme=programme, name=_region_name(commune.region_code), insee_code=commune.region_code
    )
    territory = Territory.objects.create(programme=programme, region=region, name=commune.name, centre=commune)
    user = User.objects.create(email="atelier@localhost", name="Maillage")
    mandate = Mandate.objects.create(
        user=user, role=Role.REGIONAL_COORDINATOR, programme=programme, region=region, starts_on=arguments.date
    )
    workshop = Workshop.objects.create(
        territory=territory,
        title=arguments.title,
        held_on=arguments.date,
        place=commune.name,
        commune=commune,
        status=Workshop.Status.DATA_ENTRY,
    )
    return workshop, mandate


def _region_name(code: str) -> str:
    """The name of a region, for the head of the reports."""
    from django.conf import settings

    with (settings.REFERENCE_DATA / "regions.csv").open(encoding="utf-8", newline="") as source:
        return next((row["name"] for row in csv.DictReader(source) if row["code"] == code), code)


def _commune(place: str):
    from django.utils.translation import gettext as _

    from maillage.common.errors import RuleBroken
    from maillage.exchange.gazetteer import Gazetteer
    from maillage.territories.models import Commune

    text = place.strip()
    found = Gazetteer().find(text, insee=text if len(text) == 5 and text[2:].isdigit() else "")
    if found.value is None:
        nearest = found.problem.proposal if found.problem else ""
        if nearest:
            raise RuleBroken(
                _("No commune is called “%(place)s”. Did you mean %(near)s?") % {"place": place, "near": nearest}
            )
        raise RuleBroken(
            _("No commune is called “%(place)s”: write its name, postal code or INSEE code.") % {"place": place}
        )
    return Commune.objects.get(pk=found.value.code)


def _import(workshop: Workshop, mandate: Mandate, kind: str, path: Path, now) -> ImportBatch:
    from maillage.common.errors import RuleBroken
    from maillage.exchange.services import check_import, commit_import, start_import

    try:
        with path.open("rb") as file:
            batch = start_import(workshop=workshop, kind=kind, file=file, filename=path.name, mandate=mandate, at=now)
        check_import(batch_id=batch.pk, mandate=mandate, at=now)
        with _bar() as progress:
            return commit_import(batch_id=batch.pk, mandate=mandate, at=now, progress=progress)
    except RuleBroken as refusal:
        raise RuleBroken(f"{path.name} · {refusal}") from refusal


def _write(out: Path, workshop: Workshop, batches: list[ImportBatch], language: str, today: date) -> None:
    from maillage.reports.workshop import collective_pdf, gather, individual_pdfs, workbook

    folder = out / "companies"
    folder.mkdir(parents=True, exist_ok=True)
    # Those of an earlier run: `_folder` let no other in.
    for earlier in folder.glob("*.pdf"):
        earlier.unlink()
    records = gather(workshop, today=today)
    (out / "collective.pdf").write_bytes(collective_pdf(records, language=language))
    (out / "synergies.xlsx").write_bytes(workbook(records, language=language))
    with _bar(total=len(records.participations)) as progress:
        for done, (name, pdf) in enumerate(individual_pdfs(records, language=language), start=1):
            (folder / name).write_bytes(pdf)
            progress(done, max(done, len(records.participations)))
    _write_rejected(out / "rejected.csv", batches)


def _write_rejected(path: Path, batches: list[ImportBatch]) -> None:
    from maillage.exchange.faults import advice, sentence

    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(REJECTED)
        for batch in batches:
            for fault in batch.faults.in_order():
                writer.writerow(
                    [
                        fault.row,
                        fault.column,
                        fault.value,
                        sentence(fault.reason, fault.details),
                        advice(fault.reason, fault.proposal),
                        int(fault.is_blocking),
                        batch.filename,
                    ]
                )


def _say(companies: int, resources: int, proposals: int, aside: int, out: Path) -> None:
    from django.utils.translation import gettext as _

    for label, value in (
        (_("companies"), companies),
        (_("resources"), resources),
        (_("proposals"), proposals),
        (_("rows set aside"), aside),
    ):
        print(f"{label}: {value}")
    print(out)


@contextmanager
def _bar(total: int = 0) -> Iterator[Callable[[int, int], None]]:
    """A progress bar where somebody looks at it, nothing elsewhere."""
    from tqdm import tqdm

    with tqdm(total=total or None, disable=not sys.stderr.isatty(), leave=False) as bar:

        def tell(done: int, out_of: int) -> None:
            bar.total = out_of
            bar.update(done - bar.n)

        yield tell


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{text} is not a file: give an XLSX or CSV file")
    return path


def _folder(text: str) -> Path:
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is a file: give a folder")
    reports = path / "companies"
    if reports.is_dir() and any(reports.iterdir()) and not (path / "rejected.csv").exists():
        raise argparse.ArgumentTypeError(f"{reports} holds other files: give another folder, so that nothing is lost")
    return path


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day: write YYYY-MM-DD") from None
