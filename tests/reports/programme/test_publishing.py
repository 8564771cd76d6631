"""What is published tells nothing of fewer companies than the programme allows."""

from datetime import date

from maillage.reports.programme import programme_report
from tests.support.factories import ImpactLineFactory, PartyFactory, SynergyFactory, TerritoryFactory

TODAY = date(2026, 11, 24)


def finalised(territory, companies, **fields):
    synergy = SynergyFactory(territory=territory, stage="COMPLETED", **fields)
    PartyFactory.create_batch(companies, synergy=synergy)
    return synergy


def published(territory):
    return programme_report(territory.programme, day=TODAY, is_published=True).parts


class TestTypesOfTable8:
    def test_are_grouped_when_small(self, territory):
        finalised(territory, 3, synergy_type="REUSE")
        finalised(territory, 2, synergy_type="WASTE_HEAT")
        finalised(territory, 2, synergy_type="TREATMENT")

        rows = published(territory)["table_8"].rows

        assert set(rows) == {"REUSE", "OTHERS", "TOTAL"}
        assert rows["OTHERS"]["finalised"] == 2

    def test_are_never_grouped_alone(self, territory):
        finalised(territory, 4, synergy_type="REUSE")
        finalised(territory, 5, synergy_type="RECYCLING")
        finalised(territory, 2, synergy_type="WASTE_HEAT")

        rows = published(territory)["table_8"].rows

        assert set(rows) == {"RECYCLING", "OTHERS", "TOTAL"}

    def test_are_not_named_in_the_heading_either(self, territory):
        finalised(territory, 2, synergy_type="WASTE_HEAT")
        finalised(territory, 2, synergy_type="TREATMENT")

        part = published(territory)["table_8"]

        assert "2" not in part.sentence
        assert part.heading == part.plain_heading

    def test_stay_apart_when_large_enough(self, territory):
        finalised(territory, 3, synergy_type="REUSE")
        finalised(territory, 3, synergy_type="WASTE_HEAT")

        assert set(published(territory)["table_8"].rows) == {"REUSE", "WASTE_HEAT", "TOTAL"}


class TestBenefits:
    def test_of_two_companies_are_left_blank(self, territory):
        ImpactLineFactory(synergy=finalised(territory, 2), indicator="CO2_AVOIDED", value=7)
        ImpactLineFactory(synergy=finalised(territory, 3), indicator="WATER_SAVED", value=9)

        rows = published(territory)["figure_12"].rows

        assert rows["CO2_AVOIDED"]["value"] is None
        assert rows["WATER_SAVED"]["value"] == 9

    def test_of_a_small_region_hide_every_region_but_not_the_total(self, territory):
        elsewhere = TerritoryFactory(programme=territory.programme)
        ImpactLineFactory(synergy=finalised(territory, 2), indicator="CO2_AVOIDED", value=7)
        ImpactLineFactory(synergy=finalised(elsewhere, 5), indicator="CO2_AVOIDED", value=9)

        row = published(territory)["figure_16"].rows["CO2_AVOIDED"]

        assert row["total"] == 16
        assert [value for key, value in row.items() if key not in {"key", "indicator", "unit", "total"}] == [None, None]


class TestStates:
    def test_lose_their_split_when_one_group_is_small(self, territory):
        finalised(territory, 5, synergy_type="REUSE")
        finalised(territory, 2, synergy_type="KNOW_HOW")

        part = published(territory)["table_7"]

        assert part.rows["FINALISED"]["total"] == 2
        assert part.rows["FINALISED"]["me"] is None
        assert part.sentence == ""


class TestTheTeam:
    def test_reads_every_number(self, territory):
        finalised(territory, 2, synergy_type="WASTE_HEAT")

        rows = programme_report(territory.programme, day=TODAY).parts["table_8"].rows

        assert rows["WASTE_HEAT"]["finalised"] == 1
