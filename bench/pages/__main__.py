"""
Measure every page of the demonstration, for one person of each role: `python -m bench.pages`.

Server time, from the request to the whole answer, through every layer but the network; the median of several reads,
after one that warms. Written beside this file: results.csv and results.md.
"""

from __future__ import annotations

import csv
import os
import platform
import sqlite3
import statistics
import sys
import time
from pathlib import Path

from tools import demonstration

HERE = Path(__file__).parent
READS = 5
#: What the pages promise, in milliseconds.
MEDIAN, SLOWEST = 100, 300


def start(home: Path) -> None:
    os.environ["MAILLAGE_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.settings.base"
    os.environ["MAILLAGE_HOSTS"] = "testserver"
    sys.path.insert(0, str(demonstration.SOURCE.parent))
    import django

    django.setup()


def measure() -> list[dict]:
    """One row a page: who reads, what, how many queries, how many milliseconds, how many bytes."""
    from django.test import Client

    from maillage.accounts.models import User
    from maillage.demo.people import LOGINS
    from tools.pages import walk

    rows = []
    for login in LOGINS:
        client = Client()
        client.force_login(User.objects.get(email=login.email), backend="django.contrib.auth.backends.ModelBackend")
        for page in walk(_fetch_with(client)):
            queries, milliseconds = read(client, page.path)
            rows.append(
                {
                    "programme": login.programme,
                    "role": login.role.value,
                    "view": page.view,
                    "path": page.path,
                    "queries": queries,
                    "ms": round(milliseconds, 1),
                    "bytes": len(page.answer.text),
                }
            )
    return sorted(rows, key=lambda row: -row["ms"])


def read(client, path: str) -> tuple[int, float]:
    """Read a page several times; return its number of queries and its median time in milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(path, follow=True)
    times = []
    for _time in range(READS):
        began = time.perf_counter()
        client.get(path, follow=True)
        times.append(1000 * (time.perf_counter() - began))
    return len(queries), statistics.median(times)


def _fetch_with(client):
    from tools.pages import Answer

    def fetch(path: str) -> Answer:
        answer = client.get(path, follow=True)
        kind = answer.headers.get("Content-Type", "")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Answer(answer.status_code, kind, content.decode(errors="replace"))

    return fetch


def write(rows: list[dict]) -> str:
    with (HERE / "results.csv").open("w", newline="") as target:
        table = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    times = [row["ms"] for row in rows]
    import django

    summary = "\n".join(
        [
            "# Server time of every page of the demonstration",
            "",
            f"{len(rows)} pages and roles · median {statistics.median(times):.0f} ms (promised: {MEDIAN}) · "
            f"slowest {max(times):.0f} ms (promised: {SLOWEST}) · most queries {max(row['queries'] for row in rows)}",
            "",
            f"{os.cpu_count()} processors {platform.machine()}, Python {platform.python_version()}, "
            f"Django {django.__version__}, SQLite {sqlite3.sqlite_version}; median of {READS} reads. "
            "`python -m bench.pages` writes this again.",
            "",
            "| Page | Role | Queries | ms |",
            "|---|---|---:|---:|",
            *(f"| `{row['view']}` | {row['role']} | {row['queries']} | {row['ms']:.0f} |" for row in rows[:20]),
            "",
            "The twenty slowest; all of them are in `results.csv`.",
            "",
        ]
    )
    (HERE / "results.md").write_text(summary)
    return summary


def main() -> int:
    start(demonstration.home())
    rows = measure()
    print(write(rows))
    times = [row["ms"] for row in rows]
    return 0 if statistics.median(times) < MEDIAN and max(times) < SLOWEST else 1


if __name__ == "__main__":
    sys.exit(main())
