"""Files that cannot be read: one sentence, nothing written, memory bounded whatever is sent."""

import io
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from maillage.exchange import services
from maillage.exchange.models import ImportBatch
from maillage.exchange.spreadsheets.errors import SENTENCES, UnreadableFile
from tests.conftest import NOON
from tests.exchange.hostile import FILES, good

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("name", FILES)
class TestUnreadableFile:
    def test_is_refused_with_its_sentence_and_leaves_nothing(self, name, workshop, practitioner, caplog):
        code, build = FILES[name]

        with caplog.at_level(logging.WARNING, "maillage.exchange"), pytest.raises(UnreadableFile) as refusal:
            services.start_import(
                workshop=workshop, kind="PARTICIPANTS", file=io.BytesIO(build()), filename="liste.xlsx",
                mandate=practitioner, at=NOON,
            )  # fmt: skip

        assert refusal.value.code == code
        assert not ImportBatch.objects.exists()
        assert f"liste.xlsx: {code}" in caplog.text


def test_every_sentence_has_a_file_that_earns_it():
    assert {code for code, _build in FILES.values()} == set(SENTENCES)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_one_and_ends_as_one(language):
    with translation.override(language):
        for sentence in SENTENCES.values():
            assert str(sentence).endswith(".")
            assert ". " not in str(sentence)


def test_an_honest_file_is_read():
    sheet = services.read_file(io.BytesIO(good()), kind="PARTICIPANTS", filename="liste.xlsx")

    assert len(sheet.rows) == 1


def peak_of(*names, guarded=True):
    """Read hostile files in a process of its own; return its peak of memory in bytes, and how each reading ended."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.exchange.read_hostile", "guarded" if guarded else "bare", *names],
        cwd=ROOT, capture_output=True, text=True, timeout=240, env={"PYTHONPATH": "src:."},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout.splitlines()[-1])
    return answer["peak"], answer["ended"]


class TestMemory:
    def test_stays_under_500_megabytes_whatever_is_sent(self):
        peak, ended = peak_of(*FILES)

        assert ended == {name: code for name, (code, _build) in FILES.items()}
        assert peak < 500 * MEGABYTE

    @pytest.mark.soak
    def test_would_not_without_the_look_before_the_parser(self):
        peak, _ended = peak_of("a cell of a gigabyte", guarded=False)

        assert peak > 500 * MEGABYTE
