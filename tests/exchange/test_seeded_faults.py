"""Every fault put in on purpose is found, and nothing else."""

import io

import pytest

from maillage.exchange import services
from tests.conftest import NOON
from tests.exchange import seeded
from tests.support.factories import SiteFactory

NAMES = ["Conserverie Kerdaniel", "Béton du Scorff", "Fonderie Rosgrand"]


def found(file, kind, workshop):
    sheet = services.read_file(io.BytesIO(file.content), kind=kind, filename=file.filename)
    mapping = services.propose_mapping(sheet, kind).mapping
    checked = services.check(sheet=sheet, kind=kind, mapping=mapping, workshop=workshop, at=NOON)
    return {(fault.row, fault.column, fault.reason) for fault in checked.faults}, checked


@pytest.fixture
def directory(territory):
    for name in NAMES:
        SiteFactory(territory=territory, company__name=name)


def check_participants(seed, workshop):
    file = seeded.participants(seed)

    faults, checked = found(file, "PARTICIPANTS", workshop)

    assert faults == file.expected
    assert len(checked.rows) == 30


def check_resources(seed, workshop):
    file = seeded.resources(seed, NAMES)

    faults, checked = found(file, "RESOURCES", workshop)

    assert faults == file.expected
    assert len(checked.rows) == 30


class TestSeededFaults:
    @pytest.mark.parametrize("seed", range(12))
    def test_of_participants_are_all_found_and_nothing_else(self, seed, workshop):
        check_participants(seed, workshop)

    @pytest.mark.parametrize("seed", range(12))
    def test_of_resources_are_all_found_and_nothing_else(self, seed, workshop, directory):
        check_resources(seed, workshop)

    @pytest.mark.soak
    def test_are_all_found_in_a_thousand_files(self, workshop, directory):
        for seed in range(1000, 1500):
            check_participants(seed, workshop)
            check_resources(seed, workshop)


def test_a_fault_that_is_not_seeded_would_be_seen(workshop):
    file = seeded.participants(3)
    faults, _checked = found(file, "PARTICIPANTS", workshop)

    assert faults != file.expected - {next(iter(file.expected))}
