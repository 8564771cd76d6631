"""What every test may ask for: a programme with two territories, and the three people who always exist."""

from datetime import UTC, date, datetime

import pytest

from tests.support.demonstration import demonstration, demonstration_connection  # noqa: F401  fixtures
from tests.support.factories import MandateFactory, TerritoryFactory

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The demonstration is copied from the test database, which is only made when a test is marked so."""
    for item in items:
        if "demonstration" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture
def territory(db):
    return TerritoryFactory(name="Pays de Lorient")


@pytest.fixture
def elsewhere(territory):
    """Another territory, in another region of the same programme."""
    return TerritoryFactory(programme=territory.programme, name="Nord-Isère")


@pytest.fixture
def practitioner(territory):
    """Who may: works in the territory."""
    return MandateFactory(role="PRACTITIONER", territory=territory)


@pytest.fixture
def onlooker(territory):
    """Who may only look: reads the figures of the programme, never a name."""
    return MandateFactory(role="FUNDER", programme=territory.programme)


@pytest.fixture
def outsider(elsewhere):
    """Who comes from elsewhere: the same role, in another territory."""
    return MandateFactory(role="PRACTITIONER", territory=elsewhere)
