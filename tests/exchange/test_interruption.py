"""A process killed in mid-import, for real: after a restart, all of the file is in or none of it."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.exchange.interrupted import ROWS

ROOT = Path(__file__).resolve().parents[2]


def process(act, home, **options):
    environment = {**os.environ, "MAILLAGE_HOME": str(home), "PYTHONPATH": "src:.", "MAILLAGE_LOG_LEVEL": "ERROR"}
    environment.pop("MAILLAGE_DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.exchange.interrupted", act],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def run(act, home):
    with process(act, home) as done:
        output, errors = done.communicate(timeout=120)
    assert done.returncode == 0, errors
    return output


def state(home):
    return json.loads(run("state", home))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An installation with a checked file of three thousand rows, and its state."""
    home = tmp_path_factory.mktemp("installation")
    run("prepare", home)
    return home, state(home)


@pytest.fixture
def installation(prepared, tmp_path):
    """A copy of it, to be broken."""
    home, before = prepared
    return shutil.copytree(home, tmp_path / "home"), before


def kill_after(home, act, lines):
    """Start an import and kill it once it has said so many lines."""
    with process(act, home) as importing:
        for _line in range(lines):
            importing.stdout.readline()
        importing.send_signal(signal.SIGKILL)
        importing.communicate(timeout=60)
    assert importing.returncode == -signal.SIGKILL


class TestKilledImport:
    # Three parts are written, then what undo needs; the transaction ends after.
    @pytest.mark.parametrize("lines", [1, 4])
    def test_leaves_nothing_and_starts_again(self, installation, lines):
        home, before = installation

        kill_after(home, "commit", lines)
        killed = state(home)
        run("recover", home)
        recovered = state(home)
        run("commit", home)

        assert killed["checksum"] == before["checksum"]
        assert killed["status"] == "IMPORTING"
        assert recovered["status"] == "CHECKED"
        assert state(home)["participations"] == ROWS

    def test_would_leave_half_of_it_without_the_transaction(self, installation):
        home, before = installation

        kill_after(home, "bare", 1)

        assert state(home)["checksum"] != before["checksum"]
        assert 0 < state(home)["participations"] < ROWS

    @pytest.mark.soak
    def test_leaves_all_or_nothing_whenever_it_is_killed(self, prepared, tmp_path):
        home, before = prepared
        seconds = random.Random(20261124)
        for rank in range(30):
            copy = shutil.copytree(home, tmp_path / str(rank))
            with process("commit", copy) as importing:
                time.sleep(seconds.uniform(0.3, 4))
                importing.kill()
                importing.communicate(timeout=60)

            after = state(copy)

            assert after["participations"] in {0, ROWS}
            assert (after["participations"] == ROWS) == (after["status"] == "IMPORTED")
            if not after["participations"]:
                assert after["checksum"] == before["checksum"]
            shutil.rmtree(copy)
