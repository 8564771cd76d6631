"""`maillage programme-report`: the report of a programme of the current database, as files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from maillage.cli import installation

FORMATS = ("json", "xlsx", "pdf")


def add(subparsers) -> None:
    parser = subparsers.add_parser("programme-report", help="write the report of a programme: JSON, XLSX, PDF")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into")
    parser.add_argument("--programme", metavar="CODE", help="code of the programme; the oldest when it is not given")
    parser.add_argument("--format", choices=FORMATS, help="one format only; all three when it is not given")
    parser.add_argument("--language", choices=["fr", "en"], default="fr", help="language of the report (fr)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.start()
    from django.db import DatabaseError

    try:
        return _run(arguments)
    except DatabaseError:
        return _refuse("there is no programme here yet: run `maillage demo --load-only` or `maillage serve` first")
    except OSError as trouble:
        return _refuse(f"{arguments.out} cannot be written ({trouble.strerror}): choose another folder for --out")


def _run(arguments: argparse.Namespace) -> int:
    from django.utils import timezone, translation

    from maillage.reports.programme import files, programme_report
    from maillage.territories.models import Programme

    programmes = {programme.code: programme for programme in Programme.objects.order_by("starts_on", "code")}
    codes = ", ".join(programmes)
    if not programmes:
        return _refuse("there is no programme here yet: run `maillage demo --load-only` or `maillage serve` first")
    code = arguments.programme or next(iter(programmes))
    if code not in programmes:
        return _refuse(f"no programme has the code {code}: choose one of {codes}")
    if arguments.programme is None and len(programmes) > 1:
        print(f"The oldest programme, {code}; name another with --programme ({codes}).", file=sys.stderr)

    arguments.out.mkdir(parents=True, exist_ok=True)
    writers = {"json": lambda report: files.to_json(report).encode(), "xlsx": files.to_xlsx, "pdf": files.to_pdf}
    with translation.override(arguments.language):
        report = programme_report(programmes[code], day=timezone.localdate())
        for extension in [arguments.format] if arguments.format else FORMATS:
            path = arguments.out / f"programme-{code}.{extension}"
            path.write_bytes(writers[extension](report))
            print(path)
    return 0


def _refuse(sentence: str) -> int:
    print(f"maillage programme-report: {sentence}.", file=sys.stderr)
    return 2
