"""What `maillage demo` says before it serves."""

import re

import pytest

from maillage.cli import demo, installation
from maillage.demo.people import DEMO_PASSWORD, LOGINS
from maillage.territories.models import Role
from tests.support.factories import ProgrammeFactory


class TestWelcome:
    def test_gives_a_log_in_for_each_role_and_the_password(self, demonstration):
        told = demo.welcome("http://127.0.0.1:8000")

        assert {login.role for login in LOGINS} == set(Role)
        assert all(login.email in told for login in LOGINS)
        assert DEMO_PASSWORD in told

    def test_gives_a_link_by_which_a_company_comes_in(self, demonstration, client):
        told = demo.welcome("http://127.0.0.1:8000")

        path = re.search(r"http://127\.0\.0\.1:8000(/entreprise/\S+)", told)[1]
        assert b"Conserverie Kerdaniel" in client.get(path).content


class TestLoading:
    @pytest.fixture
    def ready(self, monkeypatch):
        monkeypatch.setattr(installation, "prepare", lambda: None)

    def arguments(self):
        from maillage.cli import build_parser

        return build_parser().parse_args(["demo", "--load-only"])

    def test_a_second_time_says_so(self, demonstration, ready, capsys):
        assert demo.run(self.arguments()) == 0
        assert "already loaded" in capsys.readouterr().out

    def test_beside_a_real_programme_is_refused_in_one_line(self, db, ready, capsys):
        ProgrammeFactory()

        assert demo.run(self.arguments()) == 2
        assert capsys.readouterr().err.count("\n") == 1
