from datetime import timedelta

import pytest

from maillage.synergies.models import Barrier, Interaction, Synergy
from tests.conftest import NOON, TODAY
from tests.support.factories import SynergyFactory

DELAY = 30


class TestDueBy:
    @pytest.mark.parametrize(("days", "is_due"), [(-1, True), (0, True), (1, False)])
    def test_counts_the_day_itself(self, territory, days, is_due):
        SynergyFactory(territory=territory, next_action="Appeler", next_action_on=TODAY + timedelta(days=days))

        assert Synergy.objects.due_by(TODAY).exists() is is_due
        assert Synergy.objects.late_on(TODAY).exists() is (days < 0)

    @pytest.mark.parametrize(("stage", "is_due"), [("BLOCKED", True), ("ABANDONED", False), ("COMPLETED", False)])
    def test_forgets_what_is_over(self, territory, stage, is_due):
        SynergyFactory(territory=territory, stage=stage, next_action="Appeler", next_action_on=TODAY)

        assert Synergy.objects.due_by(TODAY).exists() is is_due


class TestSleepingOn:
    @pytest.fixture
    def asleep(self, territory):
        return SynergyFactory(territory=territory, stage_since=TODAY - timedelta(days=DELAY))

    def is_asleep(self):
        return Synergy.objects.sleeping_on(TODAY, DELAY).exists()

    def test_sleeps_after_the_delay(self, asleep):
        assert self.is_asleep()

    def test_does_not_sleep_before(self, territory):
        SynergyFactory(territory=territory, stage_since=TODAY - timedelta(days=DELAY - 1))

        assert not self.is_asleep()

    def test_wakes_when_somebody_speaks_of_it(self, asleep):
        call = Interaction.objects.create(territory=asleep.territory, kind="CALL", at=NOON - timedelta(days=2))
        call.synergies.add(asleep)

        assert not self.is_asleep()

    def test_goes_on_sleeping_after_an_old_call(self, asleep):
        call = Interaction.objects.create(territory=asleep.territory, kind="CALL", at=NOON - timedelta(days=DELAY + 2))
        call.synergies.add(asleep)

        assert self.is_asleep()

    def test_does_not_sleep_while_an_action_is_to_come(self, asleep):
        asleep.next_action, asleep.next_action_on = "Visiter", TODAY + timedelta(days=1)
        asleep.save()

        assert not self.is_asleep()

    @pytest.mark.parametrize("stage", ["BLOCKED", "ABANDONED", "COMPLETED"])
    def test_does_not_concern_what_is_not_alive(self, asleep, stage):
        Synergy.objects.update(stage=stage)

        assert not self.is_asleep()


class TestByStage:
    def test_counts_every_stage(self, territory):
        SynergyFactory.create_batch(2, territory=territory)
        SynergyFactory(territory=territory, stage="BLOCKED")

        counts = Synergy.objects.count_by_stage()

        assert (counts["IDEA"], counts["BLOCKED"], counts["COMPLETED"], len(counts)) == (2, 1, 0, 8)

    def test_takes_the_soonest_of_each_stage(self, territory):
        for days in (9, 3, 6):
            SynergyFactory(
                territory=territory, next_action=f"dans {days} jours", next_action_on=TODAY + timedelta(days)
            )
        SynergyFactory(territory=territory, next_action="")
        SynergyFactory(territory=territory, stage="NEGOTIATION")
        SynergyFactory(territory=territory, stage="BLOCKED")

        first = [(synergy.stage, synergy.next_action) for synergy in Synergy.objects.first_of_each_stage(2)]

        assert first == [("IDEA", "dans 3 jours"), ("IDEA", "dans 6 jours"), ("NEGOTIATION", "")]


class TestBarriersByKind:
    def test_counts_each_synergy_once(self, territory):
        synergy = SynergyFactory(territory=territory, stage="BLOCKED")
        for kind in ("TIME", "TIME", "REGULATORY"):
            Barrier.objects.create(synergy=synergy, kind=kind, raised_on=TODAY)
        Barrier.objects.create(synergy=synergy, kind="OTHER", raised_on=TODAY, resolved_at=NOON)
        other = SynergyFactory(territory=territory, stage="BLOCKED")
        Barrier.objects.create(synergy=other, kind="REGULATORY", raised_on=TODAY)

        counts = Barrier.objects.of(Synergy.objects.blocked()).standing().count_by_kind()

        assert list(counts.items()) == [("REGULATORY", 2), ("TIME", 1)]
        assert set(Synergy.objects.stopped_by("REGULATORY")) == {synergy, other}
        assert list(Synergy.objects.stopped_by("TIME")) == [synergy]
