"""Each number that the PNSI's synthesis prints, against the demonstration seen through the code of any programme."""

from datetime import date

import pytest
from django.utils import translation

from maillage.evaluation.models import ImpactLine
from maillage.reports.programme import programme_tables
from maillage.synergies.models import Synergy

TODAY = date(2026, 11, 24)

TABLE_2 = [
    ("Saint-André de Cubzac", date(2015, 12, 1)),
    ("Villefontaine", date(2016, 2, 2)),
    ("Pau", date(2016, 2, 15)),
    ("Rennes", date(2016, 3, 1)),
    ("Quimper", date(2016, 3, 8)),
    ("Grenoble", date(2016, 3, 19)),
    ("Lillebonne", date(2016, 3, 22)),
    ("Martot", date(2016, 4, 19)),
    ("Landes", date(2016, 5, 18)),
    ("Rouen", date(2016, 6, 7)),
    ("Agen", date(2016, 6, 14)),
    ("Moirans", date(2016, 6, 21)),
    ("Dinan", date(2016, 10, 4)),
    ("Saint-Maurice l’Exil", date(2016, 10, 18)),
    ("Langon", date(2016, 11, 29)),
    ("Lorient", date(2017, 1, 31)),
    ("Dieppe", date(2017, 3, 30)),
]
TABLE_3 = {"companies": (588, 34), "resources": (4038, 237), "potential_synergies": (7546, 443)}
TABLE_6 = [
    ("Nouvelle-Aquitaine", 5, 177),
    ("Auvergne-Rhône-Alpes", 4, 138),
    ("Bretagne", 4, 151),
    ("Normandie", 4, 122),
]
TABLE_7 = {
    "IDEA": (187, 167, 354, 37),
    "IN_DISCUSSION": (54, 41, 95, 10),
    "FINALISED": (71, 67, 138, 14),
    "STOPPED": (208, 163, 371, 39),
}
TABLE_8 = {
    "REUSE": ("ME", 28),
    "SUBSTITUTION": ("ME", 20),
    "RECYCLING": ("ME", 13),
    "WASTE_HEAT": ("ME", 1),
    "TREATMENT": ("ME", 1),
    "ENERGY_RECOVERY": ("ME", 4),
    "ANAEROBIC_DIGESTION": ("ME", 4),
    "HUMAN_RESOURCES": ("TH", 5),
    "LOCAL_ECONOMY": ("TH", 8),
    "POOLING": ("TH", 13),
    "KNOW_HOW": ("TH", 41),
}
FIGURE_12 = {
    "ENERGY_SAVED": (124, "MWh"),
    "ENERGY_PRODUCED": (410, "MWh"),
    "WASTE_REUSED_RECYCLED": (25443, "t"),
    "CO2_AVOIDED": (2163, "t"),
    "WASTE_DIVERTED": (2466, "t"),
    "MATERIAL_SUBSTITUTED": (7840, "t"),
    "SALES_ADDED": (6954845, "€"),
    "COMPANIES_CREATED": (1, ""),
    "COST_SAVED": (513190, "€"),
    "JOBS_CREATED": (6, ""),
    "JOBS_SAVED": (1, ""),
    "PEOPLE_TRAINED": (80, ""),
    "COMPANIES_HELPED": (411, ""),
    "COMPANIES_REVITALISED": (2, ""),
    "AREA_SHARED": (42065, "m²"),
    "INNOVATIONS": (39, ""),
    "INNOVATIONS_TECH": (7, ""),
    "INNOVATIONS_SOCIAL": (32, ""),
    "PRIVATE_INVEST": (75300, "€"),
    "PUBLIC_INVEST": (43000, "€"),
}


@pytest.fixture
def tables(demonstration):
    with translation.override("fr"):
        return programme_tables(demonstration, day=TODAY)


def by_key(table, *columns):
    return {row["key"]: tuple(row[column] for column in columns) for row in table.rows}


class TestThePrintedNumbers:
    def test_table_2_workshops(self, tables):
        assert [(row["place"], row["date"]) for row in tables["table_2"].rows] == TABLE_2

    def test_table_3_workshops_in_numbers(self, tables):
        assert by_key(tables["table_3"], "total", "mean") == TABLE_3

    def test_table_5_posts(self, tables):
        posts = by_key(tables["table_5"], "fte")

        assert {key: float(fte) for key, (fte,) in posts.items()} == {
            "nouvelle-aquitaine": 3.9,
            "auvergne-rhone-alpes": 1.0,
            "bretagne": 2.0,
            "normandie": 4.0,
        }

    def test_table_6_companies_by_region(self, tables):
        table = tables["table_6"]

        assert [(row["region"], row["workshops"], row["companies"]) for row in table.rows] == TABLE_6
        assert (table.totals["workshops"], table.totals["companies"]) == (17, 588)

    def test_table_7_synergies_followed(self, tables):
        table = tables["table_7"]

        assert by_key(table, "me", "th", "total", "percent") == TABLE_7
        assert [table.totals[column] for column in ("me", "th", "total", "percent")] == [520, 438, 958, 100]

    def test_table_8_synergies_finalised(self, tables):
        table = tables["table_8"]

        assert by_key(table, "group", "finalised") == TABLE_8
        assert table.totals["finalised"] == 138

    def test_71_and_67_finalised(self, tables):
        groups = {"ME": 0, "TH": 0}
        for row in tables["table_8"].rows:
            groups[row["group"]] += row["finalised"]

        assert groups == {"ME": 71, "TH": 67}

    def test_one_off_and_continuing(self, tables):
        table = tables["continuity"]

        assert by_key(table, "finalised", "live") == {"ONE_OFF": (40, 106), "ONGOING": (98, 481)}
        assert (table.totals["finalised"], table.totals["live"]) == (138, 587)

    def test_figure_12_benefits(self, tables):
        assert by_key(tables["figure_12"], "value", "unit") == FIGURE_12

    def test_means_per_workshop(self, tables):
        summary = by_key(tables["summary"], "total", "mean")

        assert summary["followed"] == (958, 56)
        assert summary["finalised"] == (138, 8)
        assert summary["companies"][0] == 560

    def test_months_of_follow_up(self, tables):
        assert list(by_key(tables["follow_up_time"], "months").values()) == [(12,), (8,), (5,), (3,)]

    def test_half_of_the_finalised_help_the_environment(self, demonstration):
        from maillage.reports.programme import programme_report

        assert programme_report(demonstration, day=TODAY).facts.synergies_with_environmental_effect == 71


class TestNothingIsWrittenInAdvance:
    def test_one_synergy_more_shows_in_every_table_that_counts_it(self, demonstration):
        idea = Synergy.objects.filter(territory__programme=demonstration, stage="IDEA", synergy_type="REUSE").first()

        Synergy.objects.filter(pk=idea.pk).update(stage="COMPLETED", continuity="ONE_OFF")

        tables = programme_tables(demonstration, day=TODAY)
        assert by_key(tables["table_7"], "me", "total")["FINALISED"] == (72, 139)
        assert by_key(tables["table_7"], "me", "total")["IDEA"] == (186, 353)
        assert by_key(tables["table_8"], "finalised")["REUSE"] == (29,)
        assert tables["continuity"].totals["finalised"] == 139

    def test_one_tonne_more_shows_in_its_figures(self, demonstration):
        line = ImpactLine.objects.filter(indicator="CO2_AVOIDED", synergy__territory__programme=demonstration).first()

        ImpactLine.objects.filter(pk=line.pk).update(value=line.value + 1, evidence_level="VERIFIED")

        tables = programme_tables(demonstration, day=TODAY)
        assert by_key(tables["figure_12"], "value", "verified")["CO2_AVOIDED"] == (2164, line.value + 1)
        assert by_key(tables["figure_16"], "total")["CO2_AVOIDED"] == (2164,)
