"""
The demonstration, loaded once for the tests that ask for it, in a database of its own.

Ask for `demonstration` instead of `db`: the default connection then leads to a copy of the test database in which the
reference data and the demonstration were loaded (dated from `TODAY`), inside a transaction undone after the test. The
value of the fixture is the programme PNSI. The other tests never see these rows, and pay nothing.

Do not ask for `db`, nor for a fixture that makes records with factories, in the same test: they would open the other
database. Records made in the test itself go into the demonstration and vanish with the transaction. A test on the
living programme sets the clock to `TODAY` (time-machine).

Loading takes some seconds, once a session and worker, when the first test asks.
"""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import connections, transaction

from tests.support.factories import NOON

TODAY = NOON.date()


@pytest.fixture(scope="session")
def demonstration_connection(django_db_setup, django_db_blocker, tmp_path_factory):
    """A connection to a database that holds the demonstration."""
    from maillage.demo.loading import load
    from maillage.exchange.reference import load_reference_data

    usual = connections["default"]
    with django_db_blocker.unblock():
        copy = _copy_of(usual, tmp_path_factory)
    try:
        with django_db_blocker.unblock(), _instead_of_usual(copy):
            load_reference_data()
            load(today=TODAY)
        yield copy
    finally:
        with django_db_blocker.unblock():
            copy.close()
            if copy.vendor == "postgresql":
                usual.creation.destroy_test_db(suffix="demonstration", verbosity=0)


@pytest.fixture
def demonstration(demonstration_connection, django_db_blocker):
    """The programme PNSI, in the database of the demonstration."""
    from maillage.territories.models import Programme

    with django_db_blocker.unblock(), _instead_of_usual(demonstration_connection), transaction.atomic():
        yield Programme.objects.get(code="PNSI")
        transaction.set_rollback(True)


@contextmanager
def _instead_of_usual(connection):
    usual = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = usual


def _copy_of(usual, tmp_path_factory):
    if usual.vendor == "postgresql":
        usual.creation.clone_test_db(suffix="demonstration", verbosity=0, autoclobber=True)
        settings = usual.creation.get_test_db_clone_settings("demonstration")
    else:
        path = tmp_path_factory.mktemp("demonstration") / "demonstration.sqlite3"
        usual.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            usual.connection.backup(target)
        settings = {**usual.settings_dict, "NAME": str(path)}
    return type(usual)(settings, alias="default")
