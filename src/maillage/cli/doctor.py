"""`maillage doctor`: say where things are and whether they work."""

from __future__ import annotations

import argparse

from maillage import __version__
from maillage.cli import installation


def add(subparsers) -> None:
    parser = subparsers.add_parser("doctor", help="say where things are and whether they work")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.start()
    from django.conf import settings
    from django.db import DatabaseError, connection

    database = settings.DATABASES["default"]
    print(f"maillage   {__version__}")
    print(f"home       {settings.HOME}")
    print(f"database   {connection.vendor} · {database['NAME']}")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM territories_programme")
            programmes = cursor.fetchone()[0]
    except DatabaseError:
        print("tables     none yet: run `maillage serve` or `maillage demo`")
        return 1
    print(f"programmes {programmes}")
    return 0
