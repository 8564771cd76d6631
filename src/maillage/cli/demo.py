"""`maillage demo`."""

from __future__ import annotations

import argparse


def add(subparsers) -> None:
    parser = subparsers.add_parser("demo", help="")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    return 2
