from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from maillage.web.components.day import remaining, since, spelled, urgency, when, written
from maillage.web.practice.synergy_forms import next_week
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def in_french():
    with translation.override("fr"):
        yield


def days(count):
    return TODAY + timedelta(days=count)


class TestWhen:
    @pytest.mark.parametrize(
        ("count", "text"),
        [(0, "aujourd’hui"), (1, "demain"), (-1, "hier"), (2, "26 nov."), (7, "1er déc."), (60, "23 janvier 2027")],
    )
    def test_says_a_day_as_seen_from_today(self, count, text):
        assert when(days(count), TODAY) == text

    def test_says_nothing_of_no_day(self):
        assert when(None, TODAY) == ""

    def test_reads_an_instant_in_local_time(self):
        assert when(datetime(2026, 11, 24, 23, 30, tzinfo=UTC), TODAY) == "demain"


class TestWritten:
    def test_leaves_out_the_year_of_today(self):
        assert written(date(2026, 12, 1), TODAY) == "1er décembre"
        assert written(date(2017, 6, 12), TODAY) == "12 juin 2017"

    def test_follows_the_language(self):
        with translation.override("en"):
            assert written(date(2026, 12, 1), TODAY) == "1 December"


class TestSince:
    @pytest.mark.parametrize(
        ("count", "text"), [(0, "depuis aujourd’hui"), (1, "depuis 1 jour"), (39, "depuis 39 jours")]
    )
    def test_says_for_how_long(self, count, text):
        assert since(days(-count), TODAY) == text


class TestRemaining:
    @pytest.mark.parametrize(
        ("count", "text"),
        [
            (5, "reste 5 jours"),
            (1, "reste 1 jour"),
            (0, "dernier jour"),
            (-1, "1 jour de retard"),
            (-3, "3 jours de retard"),
        ],
    )
    def test_says_how_far_a_deadline_is(self, count, text):
        assert remaining(days(count), TODAY) == text


class TestUrgency:
    @pytest.mark.parametrize(("count", "mark"), [(-1, "late"), (0, "soon"), (2, "soon"), (3, "")])
    def test_marks_what_is_late_and_what_is_near(self, count, mark):
        assert urgency(days(count), TODAY) == mark


class TestSpelled:
    @pytest.mark.parametrize(("count", "text"), [(1, "une"), (7, "sept"), (16, "seize"), (17, "17"), (0, "0")])
    def test_spells_small_numbers_as_they_agree(self, count, text):
        assert spelled(count) == text


class TestNextWeek:
    @given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
    def test_is_a_working_day_in_a_week_or_a_little_more(self, today):
        proposed = next_week(today)

        assert proposed.weekday() < 5
        assert timedelta(days=7) <= proposed - today <= timedelta(days=9)
