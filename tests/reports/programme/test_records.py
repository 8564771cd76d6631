"""Every number of the report opens on the records that make it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from maillage.evaluation.models import ImpactLine
from maillage.reports.programme import programme_report
from maillage.reports.programme.records import UnknownCell, records_behind
from maillage.territories.models import Mandate

TODAY = date(2026, 11, 24)
# A mean, a share or a number of months opens on what it is taken from: it does not count it.
TAKEN_FROM = {"mean", "percent", "months"}


def cells(report):
    """Each number shown: its table, its row, its column, its value."""
    for key, part in report.parts.items():
        for name, row in part.rows.items():
            for column in part.table.columns:
                if column.kind == "number" and row.get(column.key):
                    yield key, name, column.key, row[column.key]


class TestRecordsBehind:
    def test_are_as_many_as_the_number_says(self, demonstration):
        report = programme_report(demonstration, day=TODAY)

        checked = 0
        for key, row, column, value in cells(report):
            found = records_behind(report.population, key, row, column)
            if column in TAKEN_FROM:
                assert found.exists(), (key, row, column)
            elif found.model is ImpactLine:
                assert found.aggregate(total=Sum("value"))["total"] == value, (key, row, column)
            elif found.model is Mandate and column != "practitioners":
                assert found.aggregate(total=Sum("fte"))["total"] == value, (key, row, column)
            elif found.model is Mandate:
                assert found.values("user").distinct().count() == value, (key, row, column)
            else:
                assert found.count() == value, (key, row, column)
            checked += 1

        assert checked > 150

    @pytest.mark.parametrize(
        "key, row, column",
        [
            ("table_1", "x", "y"),
            ("table_7", "IDEA", "colour"),
            ("table_7", "ASLEEP", "me"),
            ("table_8", "MAGIC", "finalised"),
            ("table_3", "finalised", "total"),
            ("figure_12", "CO2_AVOIDED", "guessed"),
            ("figure_12", "COMPANIES_HELPED", "verified"),
            ("figure_16", "CO2_AVOIDED", "atlantide"),
            ("continuity", "EVER", "live"),
            ("barriers", "RAIN", "synergies"),
        ],
    )
    def test_refuse_a_number_that_is_not_in_the_report(self, territory, key, row, column):
        population = programme_report(territory.programme, day=TODAY).population

        with pytest.raises(UnknownCell):
            records_behind(population, key, row, column)

    def test_stay_in_the_region_that_is_read(self, demonstration):
        from maillage.territories.models import Region

        bretagne = Region.objects.get(programme=demonstration, name="Bretagne")
        report = programme_report(demonstration, day=TODAY, region=bretagne)

        for key, row, column, value in cells(report):
            found = records_behind(report.population, key, row, column)
            if column not in TAKEN_FROM and found.model not in (ImpactLine, Mandate):
                assert found.count() == value, (key, row, column)
        assert report.parts["table_6"].table.totals["companies"] == 151
        assert isinstance(report.parts["table_5"].rows["bretagne"]["fte"], Decimal)
