"""`maillage worker`: run the background tasks (imports, reports)."""

from __future__ import annotations

import argparse

from maillage.cli import installation


def add(subparsers) -> None:
    parser = subparsers.add_parser("worker", help="run the background tasks")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.start()
    from django.core.management import call_command

    call_command("db_worker", interval=0.5, verbosity=1)
    return 0
