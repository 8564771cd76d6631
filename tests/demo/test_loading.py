"""Loading: the same rows each time, once."""

from datetime import date

import pytest

from maillage.accounts.models import User
from maillage.demo.loading import HoldsAnotherProgramme, build, load
from maillage.demo.people import DEMO_PASSWORD, LOGINS
from maillage.territories.models import Mandate
from tests.support.demonstration import TODAY
from tests.support.factories import ProgrammeFactory


class TestBuild:
    def test_makes_the_same_rows_each_time(self):
        assert build(TODAY).digest() == build(TODAY).digest()


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
