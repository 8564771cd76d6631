"""Loading: the same rows each time, once."""

from datetime import date

import pytest
from django.conf import settings
from django.db import models

from maillage.accounts.models import User
from maillage.demo.loading import HoldsAnotherProgramme, build, load
from maillage.demo.people import DEMO_PASSWORD, LOGINS
from maillage.exchange import reference
from maillage.organisations.models import Activity
from maillage.resources.models import WasteCode
from maillage.territories.models import Commune, Mandate
from tests.support.demonstration import TODAY
from tests.support.factories import ProgrammeFactory

REFERENCE = {Commune, Activity, WasteCode}


class TestBuild:
    def test_makes_the_same_rows_each_time(self, shelf):
        assert build(TODAY).digest() == shelf.digest()

    def test_makes_other_rows_on_another_day(self, shelf, later_shelf):
        assert later_shelf.digest() != shelf.digest()

    def test_ties_rows_to_rows_that_are_there(self, shelf):
        known = {row.pk for rows in shelf.all() for row in rows}

        for rows in shelf.all():
            for field in rows[0]._meta.concrete_fields:
                if field.is_relation and field.related_model not in REFERENCE:
                    assert {getattr(row, field.attname) for row in rows} - {None} <= known, field


class TestColumns:
    """SQLite stores what is too long; PostgreSQL refuses it."""

    def test_hold_the_demonstration(self, shelf):
        assert [told for rows in shelf.all() for told in too_long(rows)] == []

    @pytest.mark.parametrize("source", reference.SOURCES, ids=lambda source: source[1])
    def test_hold_the_reference_data(self, source):
        _model, filename, build_row = source
        rows = [build_row(row) for row in reference._rows(settings.REFERENCE_DATA / filename)]

        assert too_long(rows) == []


def too_long(rows):
    """Name the columns in which a value does not fit."""
    columns = [field for field in rows[0]._meta.concrete_fields if isinstance(field, models.CharField)]
    return [
        (field, longest)
        for field in columns
        if (longest := max(len(getattr(row, field.attname) or "") for row in rows)) > field.max_length
    ]


class TestLoad:
    def test_does_nothing_the_second_time(self, demonstration):
        assert load(today=date(2027, 3, 1)) is False

    def test_refuses_to_sit_beside_a_real_programme(self, db):
        ProgrammeFactory(code="REEL")

        with pytest.raises(HoldsAnotherProgramme):
            load(today=TODAY)


class TestLogins:
    def test_open_a_mandate_of_their_role_at_their_place(self, demonstration):
        for login in LOGINS:
            mandates = Mandate.objects.filter(
                user__email=login.email, role=login.role, programme__code=login.programme
            ).for_shell()

            assert login.place in {
                str(mandate.place) if mandate.territory_id or mandate.region_id else "" for mandate in mandates
            }, login

    def test_share_one_password(self, demonstration):
        assert all(User.objects.get(email=login.email).check_password(DEMO_PASSWORD) for login in LOGINS)
