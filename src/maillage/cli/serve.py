"""`maillage serve`: the application and its worker, from one command."""

from __future__ import annotations

import argparse
import subprocess
import sys

from maillage.cli import installation


def add(subparsers) -> None:
    parser = subparsers.add_parser("serve", help="serve the application and run its background tasks")
    add_address(parser)
    parser.set_defaults(run=run)


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (2)")


def run(arguments: argparse.Namespace) -> int:
    installation.prepare()
    print(f"Maillage: http://{arguments.host}:{arguments.port}/", flush=True)
    return serve(arguments)


def serve(arguments: argparse.Namespace) -> int:
    """Run the web server in this process tree, with one worker beside it; both stop together."""
    worker = subprocess.Popen([sys.executable, "-m", "maillage", "worker"])  # noqa: S603
    try:
        return subprocess.call(  # noqa: S603
            [
                sys.executable,
                "-m",
                "gunicorn",
                "maillage.web.wsgi:application",
                "--bind",
                f"{arguments.host}:{arguments.port}",
                "--workers",
                str(arguments.workers),
                "--worker-class",
                "gthread",
                "--threads",
                "4",
                "--preload",
                "--timeout",
                "120",
                "--log-level",
                "warning",
            ]
        )
    finally:
        worker.terminate()
        worker.wait(timeout=20)
