"""`maillage run-workshop`."""

from __future__ import annotations

import argparse


def add(subparsers) -> None:
    parser = subparsers.add_parser("run-workshop", help="")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    return 2
