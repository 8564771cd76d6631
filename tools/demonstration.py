"""The demonstration, loaded once for each state of the source and kept under var/, for tests, measures and pictures."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/maillage"
KEPT = ROOT / "var/demonstration"
#: What the records of the demonstration depend on.
MAKES_RECORDS = {".py", ".csv", ".toml", ".geojson"}


def home() -> Path:
    """
    Return a folder that holds the demonstration, to be copied by who changes it.

    :raises subprocess.CalledProcessError: it could not be loaded.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    wanted = KEPT / fingerprint()
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.exists():
            for old in KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            fresh = KEPT / "being-loaded"
            load(fresh)
            fresh.rename(wanted)
    return wanted


def load(folder: Path) -> None:
    """Load the demonstration into a new folder, as a person does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAILLAGE_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-m", "maillage", "demo", "--load-only"],
        env={**kept, "PYTHONPATH": str(SOURCE.parent), "MAILLAGE_HOME": str(folder)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def fingerprint() -> str:
    """What the source of the records is today: screens do not count."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in MAKES_RECORDS and "web" not in path.relative_to(SOURCE).parts:
            digest.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
