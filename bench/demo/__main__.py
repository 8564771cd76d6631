"""
Measure how long the demonstration takes to load in an empty folder: `python -m bench.demo`.

From the command to its last line: tables, reference data, demonstration, proposals. Each load is a process of its own,
in a new folder; the second call in the same folder must find everything there. Written beside this file: results.md.
"""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tools import demonstration

HERE = Path(__file__).parent
LOADS = 3
#: What the command promises, in seconds on two processors.
PROMISED = 30


def measure() -> dict[str, float]:
    """Load in new folders; return what it took, by the name under which it is written."""
    walls, processors, again, megabytes = [], [], [], []
    for _load in range(LOADS):
        with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
            home = Path(folder) / "home"
            wall, processor = _timed(home)
            walls.append(wall)
            processors.append(processor)
            megabytes.append(sum(path.stat().st_size for path in home.iterdir()) / 1e6)
            again.append(_timed(home)[0])
    return {
        "seconds": statistics.median(walls),
        "slowest": max(walls),
        "processor seconds": statistics.median(processors),
        "seconds of a second call": statistics.median(again),
        "MB of memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3,
        "MB on disk": statistics.median(megabytes),
    }


def _timed(home: Path) -> tuple[float, float]:
    """Return the seconds on the clock and on the processors that one load took."""
    before, began = os.times(), time.perf_counter()
    demonstration.load(home)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, spent


def write(figures: dict[str, float]) -> str:
    summary = "\n".join(
        [
            "# Loading the demonstration in an empty folder",
            "",
            f"Median {figures['seconds']:.1f} s, slowest {figures['slowest']:.1f} s (promised: {PROMISED}).",
            "",
            "| | |",
            "|---|---:|",
            *(f"| {name} | {value:.1f} |" for name, value in figures.items()),
            "",
            f"{os.cpu_count()} processors {platform.machine()}, load {os.getloadavg()[0]:.1f} while measuring, "
            f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; median of {LOADS} loads. "
            "`python -m bench.demo` writes this again.",
            "",
        ]
    )
    (HERE / "results.md").write_text(summary)
    return summary


def main() -> int:
    figures = measure()
    print(write(figures))
    return 0 if figures["slowest"] < PROMISED else 1


if __name__ == "__main__":
    sys.exit(main())
