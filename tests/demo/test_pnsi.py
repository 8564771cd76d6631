"""The PNSI rebuilt: each printed number, counted straight from the records."""

from collections import Counter

import pytest
from django.db.models import Count, Sum

from maillage.evaluation.models import ImpactLine, Indicator
from maillage.organisations.models import Company
from maillage.resources.models import Resource
from maillage.resources.nomenclature import FAMILY_OF, Group, SynergyType
from maillage.synergies.models import Barrier, Party, PotentialSynergy, StageChange, Synergy
from maillage.synergies.stages import FINALISED, GROUP_OF, LADDER, STOPPED, Stage, StageGroup
from maillage.territories.models import Mandate, Region
from maillage.workshops.models import Participation, Workshop, WorkshopPotential, WorkshopResource

TABLE_2 = [
    ("Saint-André de Cubzac", "2015-12-01"), ("Villefontaine", "2016-02-02"), ("Pau", "2016-02-15"),
    ("Rennes", "2016-03-01"), ("Quimper", "2016-03-08"), ("Grenoble", "2016-03-19"), ("Lillebonne", "2016-03-22"),
    ("Martot", "2016-04-19"), ("Landes", "2016-05-18"), ("Rouen", "2016-06-07"), ("Agen", "2016-06-14"),
    ("Moirans", "2016-06-21"), ("Dinan", "2016-10-04"), ("Saint-Maurice l’Exil", "2016-10-18"),
    ("Langon", "2016-11-29"), ("Lorient", "2017-01-31"), ("Dieppe", "2017-03-30"),
]  # fmt: skip
TABLE_6 = {
    "Nouvelle-Aquitaine": (5, 177),
    "Auvergne-Rhône-Alpes": (4, 138),
    "Bretagne": (4, 151),
    "Normandie": (4, 122),
}
TABLE_7 = {
    (StageGroup.IDEA, Group.ME): 187, (StageGroup.IDEA, Group.TH): 167,
    (StageGroup.IN_DISCUSSION, Group.ME): 54, (StageGroup.IN_DISCUSSION, Group.TH): 41,
    (StageGroup.FINALISED, Group.ME): 71, (StageGroup.FINALISED, Group.TH): 67,
    (StageGroup.STOPPED, Group.ME): 208, (StageGroup.STOPPED, Group.TH): 163,
}  # fmt: skip
TABLE_8 = {
    "REUSE": 28, "SUBSTITUTION": 20, "RECYCLING": 13, "WASTE_HEAT": 1, "TREATMENT": 1, "ENERGY_RECOVERY": 4,
    "ANAEROBIC_DIGESTION": 4, "HUMAN_RESOURCES": 5, "LOCAL_ECONOMY": 8, "POOLING": 13, "KNOW_HOW": 41,
}  # fmt: skip
FIGURE_12 = {
    "ENERGY_SAVED": 124, "ENERGY_PRODUCED": 410, "WASTE_REUSED_RECYCLED": 25443, "CO2_AVOIDED": 2163,
    "WASTE_DIVERTED": 2466, "MATERIAL_SUBSTITUTED": 7840, "SALES_ADDED": 6954845, "COMPANIES_CREATED": 1,
    "COST_SAVED": 513190, "JOBS_CREATED": 6, "JOBS_SAVED": 1, "PEOPLE_TRAINED": 80, "COMPANIES_REVITALISED": 2,
    "AREA_SHARED": 42065, "INNOVATIONS_TECH": 7, "INNOVATIONS_SOCIAL": 32, "PRIVATE_INVEST": 75300,
    "PUBLIC_INVEST": 43000,
}  # fmt: skip


@pytest.fixture
def synergies(demonstration):
    return Synergy.objects.of_programme(demonstration)


class TestWorkshops:
    def test_are_those_of_table_2(self, demonstration):
        held = Workshop.objects.of_programme(demonstration).in_order()

        assert [(workshop.place, workshop.held_on.isoformat()) for workshop in held] == TABLE_2

    def test_have_their_commune_but_for_the_department_of_the_landes(self, demonstration):
        without = Workshop.objects.of_programme(demonstration).filter(commune=None)

        assert [workshop.place for workshop in without] == ["Landes"]

    def test_leave_langon_aside_for_follow_up_time(self, demonstration):
        aside = Workshop.objects.of_programme(demonstration).filter(is_ordinary=False)

        assert [workshop.place for workshop in aside] == ["Langon"]

    def test_brought_together_as_many_companies_as_table_6_says(self, demonstration):
        regions = Region.objects.filter(programme=demonstration).annotate(
            held=Count("territories__workshops", distinct=True), came=Count("territories__workshops__participations")
        )

        assert {region.name: (region.held, region.came) for region in regions} == TABLE_6

    @pytest.mark.parametrize(("place", "number"), [("Villefontaine", 39), ("Dieppe", 28)])
    def test_were_as_full_as_the_text_says(self, demonstration, place, number):
        assert Participation.objects.filter(workshop__place=place).came().count() == number

    def test_saw_some_companies_again_in_auvergne_rhone_alpes_only(self, demonstration):
        again = (
            Company.objects.filter(sites__territory__programme=demonstration)
            .annotate(times=Count("sites__participations"))
            .filter(times__gt=1)
        )

        assert Company.objects.filter(sites__territory__programme=demonstration).count() == 560
        assert {company.sites.get().territory.region.name for company in again} == {"Auvergne-Rhône-Alpes"}
        assert sum(company.times - 1 for company in again) == 28


class TestCards:
    def test_are_as_many_as_table_3_says_each_of_one_workshop(self, demonstration):
        assert Resource.objects.of_programme(demonstration).count() == 4038
        assert WorkshopResource.objects.filter(workshop__territory__programme=demonstration).count() == 4038

    def test_were_said_by_a_company_that_was_there(self, demonstration):
        there = set(Participation.objects.values_list("workshop", "site"))

        assert set(WorkshopResource.objects.values_list("workshop", "resource__site")) <= there

    def test_are_said_in_many_ways(self, demonstration):
        texts = Resource.objects.of_programme(demonstration).values_list("text", flat=True)

        assert len(set(texts)) > 2000


class TestPotentialSynergies:
    def test_are_as_many_as_table_3_says_each_of_one_workshop(self, demonstration):
        assert PotentialSynergy.objects.of_programme(demonstration).count() == 7546
        assert WorkshopPotential.objects.filter(workshop__territory__programme=demonstration).count() == 7546

    def test_tie_two_companies_at_least(self, demonstration):
        counted = PotentialSynergy.objects.of_programme(demonstration).annotate(number=Count("companies"))

        assert not counted.filter(number__lt=2).exists()

    def test_put_an_offer_before_a_need(self, demonstration):
        sides = (
            PotentialSynergy.objects.of_programme(demonstration)
            .exclude(offered=None)
            .exclude(sought=None)
            .values_list("offered__direction", "sought__direction")
        )

        assert set(sides) == {("OFFER", "NEED")}

    def test_have_the_companies_of_their_cards_among_theirs(self, demonstration):
        strangers = PotentialSynergy.objects.raw(
            "SELECT p.id FROM synergies_potentialsynergy p"
            " JOIN resources_resource r ON r.id = p.offered_id JOIN organisations_site s ON s.id = r.site_id"
            " WHERE NOT EXISTS (SELECT 1 FROM synergies_potentialsynergy_companies c"
            " WHERE c.potentialsynergy_id = p.id AND c.company_id = s.company_id)"
        )

        assert list(strangers) == []


class TestFollowedSynergies:
    def test_are_those_of_table_7(self, synergies):
        counted = Counter(
            (GROUP_OF[stage], FAMILY_OF[kind].group) for stage, kind in synergies.values_list("stage", "synergy_type")
        )

        assert counted == TABLE_7
        assert synergies.count() == 958

    def test_are_finalised_as_table_8_says(self, synergies):
        assert Counter(synergies.finalised().values_list("synergy_type", flat=True)) == TABLE_8

    def test_last_or_not_as_the_text_says(self, synergies):
        assert Counter(synergies.finalised().values_list("continuity", flat=True)) == {"ONE_OFF": 40, "ONGOING": 98}
        assert Counter(synergies.exclude(stage__in=STOPPED).values_list("continuity", flat=True)) == {
            "ONE_OFF": 106,
            "ONGOING": 481,
        }
        assert set(synergies.filter(stage__in=STOPPED).values_list("continuity", flat=True)) == {""}

    def test_helped_411_companies(self, synergies):
        parties = Party.objects.filter(synergy__in=synergies.finalised())

        assert parties.values("company").distinct().count() == 411

    def test_have_two_parties_at_least(self, synergies):
        assert not synergies.annotate(number=Count("parties")).filter(number__lt=2).exists()

    def test_are_spread_over_every_stage(self, synergies):
        assert set(synergies.values_list("stage", flat=True)) == {*LADDER, *STOPPED}

    def test_were_spontaneous_for_a_quarter_to_a_half_of_the_finalised(self, synergies):
        spontaneous = synergies.finalised().filter(spontaneity=Synergy.Spontaneity.SPONTANEOUS).count()

        assert 0.25 <= spontaneous / 138 <= 0.5

    def test_keep_local_particularities(self, synergies):
        def regions(**which):
            return Counter(synergies.finalised().filter(**which).values_list("territory__region__name", flat=True))

        assert regions(title__startswith="Éco-pâturage") == {"Bretagne": 2}
        assert set(regions(synergy_type="ANAEROBIC_DIGESTION")) == {"Bretagne", "Normandie"}
        assert regions(synergy_type="ENERGY_RECOVERY")["Nouvelle-Aquitaine"] == 3


class TestHistory:
    def test_ends_in_the_stage_of_the_synergy_that_day(self, synergies):
        last = {}
        for change in StageChange.objects.filter(synergy__in=synergies).order_by("at"):
            last[change.synergy_id] = change

        assert {key: change.to_stage for key, change in last.items()} == dict(synergies.values_list("pk", "stage"))
        assert all(last[synergy.pk].at.date() == synergy.stage_since for synergy in synergies)

    def test_goes_from_stage_to_stage_without_a_hole(self, synergies):
        before = {}
        for change in StageChange.objects.filter(synergy__in=synergies).order_by("at"):
            assert change.from_stage == before.get(change.synergy_id, "")
            before[change.synergy_id] = change.to_stage

    def test_lies_between_the_workshop_and_the_snapshot(self, demonstration, synergies):
        opened = synergies.exclude(potential=None).values_list(
            "opened_on", "stage_since", "potential__workshop_potential__workshop__held_on"
        )

        assert all(held < first <= last < demonstration.snapshot_on for first, last, held in opened)

    def test_says_why_a_synergy_stopped(self, synergies):
        stopped = synergies.filter(stage__in=STOPPED)

        assert set(Barrier.objects.filter(resolved_at=None).values_list("synergy", flat=True)) >= set(
            stopped.values_list("pk", flat=True)
        )


class TestTeam:
    def test_is_of_21_practitioners_for_10_9_posts_on_the_snapshot_day(self, demonstration):
        working = Mandate.objects.filter(programme=demonstration, role="PRACTITIONER").in_force_on(
            demonstration.snapshot_on
        )

        assert working.values("user").distinct().count() == 21
        assert float(working.aggregate(posts=Sum("fte"))["posts"]) == 10.9

    def test_has_two_coordinators_for_0_7_post(self, demonstration):
        working = Mandate.objects.filter(programme=demonstration, role="REGIONAL_COORD").in_force_on(
            demonstration.snapshot_on
        )

        assert sorted((mandate.region.name, float(mandate.fte)) for mandate in working) == [
            ("Bretagne", 0.5),
            ("Nouvelle-Aquitaine", 0.2),
        ]


class TestImpactLines:
    @pytest.mark.parametrize(("indicator", "total"), FIGURE_12.items())
    def test_add_up_to_figure_12(self, demonstration, indicator, total):
        lines = ImpactLine.objects.of_programme(demonstration).filter(indicator=indicator)

        assert lines.aggregate(sum=Sum("value"))["sum"] == total

    def test_hold_nothing_else(self, demonstration):
        indicators = ImpactLine.objects.of_programme(demonstration).values_list("indicator", flat=True)

        assert set(indicators) == set(FIGURE_12)

    def test_are_about_the_environment_for_each_of_the_71_and_only_them(self, demonstration):
        environment = [indicator for indicator in Indicator if indicator.theme == "ENVIRONMENT"]
        lines = ImpactLine.objects.of_programme(demonstration).filter(indicator__in=environment)
        told = Synergy.objects.filter(impact_lines__in=lines).distinct()

        assert told.count() == 71
        assert {FAMILY_OF[SynergyType(kind)].group for kind in told.values_list("synergy_type", flat=True)} == {
            Group.ME
        }
        assert all(Stage(stage) in FINALISED for stage in told.values_list("stage", flat=True))
