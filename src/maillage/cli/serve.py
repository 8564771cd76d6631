"""`maillage serve`: the application and its worker, from one command."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from typing import NoReturn

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
    """Run the web server in this process tree, with one worker beside it; they stop together, also on SIGTERM."""
    # What stops a service sends SIGTERM, and Python would die of it without a word to its children.
    signal.signal(signal.SIGTERM, _leave)
    children = [subprocess.Popen([sys.executable, "-m", "maillage", "worker"])]  # noqa: S603
    try:
        children.append(subprocess.Popen(_web_server(arguments)))  # noqa: S603
        return children[-1].wait()
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=20)


def _leave(signal_number: int, frame: object) -> NoReturn:
    sys.exit(128 + signal_number)


def _web_server(arguments: argparse.Namespace) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "maillage.web.wsgi:application",
        f"--bind={arguments.host}:{arguments.port}",
        f"--workers={arguments.workers}",
        "--worker-class=gthread",
        "--threads=4",
        "--preload",
        "--timeout=120",
        "--log-level=warning",
    ]
