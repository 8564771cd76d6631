"""The `maillage` command: one sub-command a module, each with `add(subparsers)` and `run(arguments) -> exit code`."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import NoReturn

from maillage import __version__

COMMANDS = ("demo", "serve", "doctor", "run_workshop", "programme_report", "worker")


class OneLineParser(argparse.ArgumentParser):
    """A parser whose refusals are one line that says what to do."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See `{self.prog} --help`.\n")


def build_parser() -> OneLineParser:
    parser = OneLineParser(prog="maillage", description="Run programmes of industrial symbiosis.")
    parser.add_argument("--version", action="version", version=f"maillage {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=OneLineParser)
    for name in COMMANDS:
        import_module(f"maillage.cli.{name}").add(subparsers)
    return parser


def main(argv: list[str] | None = None) -> int:
    arguments = build_parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
