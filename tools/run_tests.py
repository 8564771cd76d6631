"""
Run every test: on PostgreSQL, then on SQLite with a browser. Called by `make test`, once everything is installed.

    MAILLAGE_TEST_POSTGRES_URL   the server to test on, instead of one started for the occasion
    MAILLAGE_WITHOUT_BROWSER=1   leave the browser tests out, where no Chromium may be installed
    MAILLAGE_TEST_PROCESSES      how many tests run side by side (2)
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools import chromium, postgres

NO_BROWSER = (
    "No Chromium on this machine, and it may not be installed from here. Install the distribution's `chromium`, name "
    "one with MAILLAGE_CHROMIUM, or leave the browser tests out with MAILLAGE_WITHOUT_BROWSER=1."
)


def main() -> int:
    browser = os.environ.get("MAILLAGE_WITHOUT_BROWSER") != "1"
    if browser and not chromium.find_or_install():
        print(NO_BROWSER, file=sys.stderr)
        return 1
    try:
        with database() as url:
            on_postgres = pytest("not browser and not soak", MAILLAGE_DATABASE_URL=url)
    except postgres.NoServer as reason:
        print(reason, file=sys.stderr)
        return 1
    print("\nTests on SQLite" + (f", with {chromium.find()}." if browser else ", without a browser."), flush=True)
    on_sqlite = pytest("not soak" if browser else "not browser and not soak")
    if on_postgres:
        print("The tests on PostgreSQL failed: see above.", file=sys.stderr)
    return on_postgres or on_sqlite


@contextmanager
def database() -> Iterator[str]:
    """The address of the PostgreSQL server of the tests; say which it is."""
    if named := os.environ.get("MAILLAGE_TEST_POSTGRES_URL"):
        print("\nTests on the PostgreSQL server that MAILLAGE_TEST_POSTGRES_URL names.", flush=True)
        yield named
        return
    with postgres.throw_away_cluster() as url:
        major = postgres.version(postgres.programs_or_install())
        print(f"\nTests on a throw-away PostgreSQL {major} cluster, started for the occasion.", flush=True)
        yield url


def pytest(which: str, **environment: str) -> int:
    processes = os.environ.get("MAILLAGE_TEST_PROCESSES", "2")
    command = [sys.executable, "-m", "pytest", "-q", "-n", processes, "--durations=10", "-m", which]
    return subprocess.run(command, env={**os.environ, **environment}).returncode


if __name__ == "__main__":
    sys.exit(main())
