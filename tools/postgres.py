"""A PostgreSQL server for the time of the tests: in a folder thrown away, reached by a socket, known to nobody else."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tools import system

OLDEST = 15
#: PostgreSQL refuses to run as root: these take its place, the first that exists.
STAND_INS = ("postgres", "nobody")
#: Nothing here outlives the tests: no need to wait for the disk.
HASTE = ("-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "listen_addresses=")


class NoServer(Exception):
    """No PostgreSQL server programs are here, or they would not start."""


def programs() -> Path | None:
    """Return the folder of the newest server programs of this machine, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("postgres")
    folders = [*reversed(debian), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and version(folder) >= OLDEST), None)


def version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def programs_or_install() -> Path:
    """
    Return the folder of the server programs, installed from the distribution where this is allowed.

    :raises NoServer: there are none, and none may be installed.
    """
    folder = programs() or (programs() if system.install("postgresql") else None)
    if folder is None:
        raise NoServer(
            f"No PostgreSQL {OLDEST} or later on this machine, and it may not be installed from here. Install the "
            "distribution's `postgresql`, or name a server: MAILLAGE_TEST_POSTGRES_URL=postgresql://user@host/name."
        )
    return folder


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """
    Start a server and give the address of its database; stop it and remove it at the end.

    :raises NoServer: no server programs, or they would not start.
    """
    folder = programs_or_install()
    identity, owner = _identity()
    home = Path(tempfile.mkdtemp(prefix="maillage-pg-"))
    if owner:
        shutil.chown(home, owner)
    try:
        log = home / "log"
        made = subprocess.run(
            [folder / "initdb", "-D", home / "data", "-U", "maillage", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            cwd=home,
            capture_output=True,
            text=True,
            **identity,
        )
        if made.returncode:
            raise NoServer(f"PostgreSQL could not make a cluster in {home}: {made.stderr.strip()}")
        with log.open("w") as lines:
            server = subprocess.Popen(
                [folder / "postgres", "-D", home / "data", "-k", home, *HASTE],
                cwd=home,
                stdout=lines,
                stderr=lines,
                **identity,
            )
        try:
            _wait_until_ready(folder, home, server, log)
            yield f"postgresql://maillage@/maillage?host={quote(str(home), safe='')}"
        finally:
            # The fast shutdown: it does not wait for connections that a killed test left open.
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _identity() -> tuple[dict, str]:
    """What subprocess needs to leave root, and the name of who takes its place."""
    if os.geteuid() != 0:
        return {}, ""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    stand_in = next((known[name] for name in STAND_INS if name in known), None)
    if stand_in is None:
        raise NoServer("PostgreSQL refuses to run as root, and this machine has neither `postgres` nor `nobody`.")
    return {"user": stand_in.pw_uid, "group": stand_in.pw_gid, "extra_groups": []}, stand_in.pw_name


def _wait_until_ready(folder: Path, home: Path, server: subprocess.Popen, log: Path, seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < limit:
        asked = subprocess.run([folder / "pg_isready", "-q", "-h", home, "-U", "maillage"])
        if asked.returncode == 0:
            return
        time.sleep(0.1)
    raise NoServer(f"PostgreSQL would not start: {log.read_text().strip()}")
