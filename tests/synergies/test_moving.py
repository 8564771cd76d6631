from datetime import date, timedelta

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.synergies.services import BarrierRaised, move_to_stage, undo_move
from maillage.synergies.services.moving import (
    UNDO_WINDOW,
    BarrierMissing,
    ReasonMissing,
    StageNotReachable,
    TooLateToUndo,
)
from maillage.synergies.services.planning import NextActionMissing
from maillage.synergies.stages import LADDER, Stage
from tests.conftest import NOON, TODAY
from tests.support.factories import MandateFactory, SynergyFactory

TOMORROW = TODAY + timedelta(days=1)
PLANNED = {"next_action": "Appeler la conserverie", "next_action_on": TOMORROW}


@pytest.fixture
def synergy(territory):
    return SynergyFactory(territory=territory, stage="DISCUSSION", **PLANNED)


def move(synergy, stage, mandate, **given):
    return move_to_stage(synergy_id=synergy.pk, stage=stage, mandate=mandate, at=NOON, **given)


class TestMoveToStage:
    @pytest.mark.parametrize("stage", [Stage.NEGOTIATION, Stage.FINALISATION])
    def test_goes_forward_freely(self, synergy, practitioner, stage):
        change = move(synergy, stage, practitioner)

        synergy.refresh_from_db()
        assert (synergy.stage, synergy.stage_since) == (stage, TODAY)
        assert (change.from_stage, change.to_stage, change.by_id) == ("DISCUSSION", stage, practitioner.user_id)

    def test_writes_the_journal(self, synergy, practitioner):
        move(synergy, Stage.NEGOTIATION, practitioner)

        written = Entry.objects.about(synergy).get()
        assert written.changes["stage"] == ["DISCUSSION", "NEGOTIATION"]
        assert written.actor_id == practitioner.user_id

    def test_goes_back_with_a_reason_only(self, synergy, practitioner):
        with pytest.raises(ReasonMissing):
            move(synergy, Stage.IDEA, practitioner, reason="  ")
        assert not synergy.history.exists()

        change = move(synergy, Stage.IDEA, practitioner, reason="Le preneur a changé d’avis")

        assert change.reason == "Le preneur a changé d’avis"

    @pytest.mark.parametrize("stage", [Stage.BLOCKED, Stage.ABANDONED])
    def test_stops_with_a_barrier_only(self, synergy, practitioner, stage):
        with pytest.raises(BarrierMissing):
            move(synergy, stage, practitioner)
        assert not synergy.history.exists()

        move(synergy, stage, practitioner, barriers=[BarrierRaised("REGULATORY", "rubrique 2714 absente")])

        assert [(barrier.kind, barrier.raised_on) for barrier in synergy.barriers.all()] == [("REGULATORY", TODAY)]

    def test_abandons_what_was_blocked_for_the_same_barrier(self, synergy, practitioner):
        move(synergy, Stage.BLOCKED, practitioner, barriers=[BarrierRaised("TIME")])

        move(synergy, Stage.ABANDONED, practitioner)

        assert synergy.barriers.count() == 1

    def test_takes_up_a_stopped_synergy_with_a_next_action(self, territory, practitioner):
        stopped = SynergyFactory(territory=territory, stage="ABANDONED")

        with pytest.raises(NextActionMissing):
            move(stopped, Stage.DISCUSSION, practitioner)
        move(stopped, Stage.DISCUSSION, practitioner, **PLANNED)

        stopped.refresh_from_db()
        assert (stopped.stage, stopped.next_action_on) == ("DISCUSSION", TOMORROW)

    @pytest.mark.parametrize("stage", [Stage.COMPLETED, Stage.ABANDONED])
    def test_leaves_nothing_to_do_on_what_is_over(self, synergy, practitioner, stage):
        move(synergy, stage, practitioner, barriers=[BarrierRaised("OTHER")])

        synergy.refresh_from_db()
        assert (synergy.next_action, synergy.next_action_on) == ("", None)

    def test_keeps_the_next_action_of_what_is_blocked(self, synergy, practitioner):
        move(synergy, Stage.BLOCKED, practitioner, barriers=[BarrierRaised("REGULATORY")])

        synergy.refresh_from_db()
        assert synergy.next_action_on == TOMORROW

    def test_refuses_the_stage_it_is_at(self, synergy, practitioner):
        with pytest.raises(StageNotReachable):
            move(synergy, Stage.DISCUSSION, practitioner)

    @pytest.mark.parametrize("role", ["PRACTITIONER", "REGIONAL_COORD"])
    def test_refuses_who_works_elsewhere(self, synergy, elsewhere, role):
        place = {"territory": elsewhere} if role == "PRACTITIONER" else {"region": elsewhere.region}

        with pytest.raises(NotAllowed):
            move(synergy, Stage.NEGOTIATION, MandateFactory(role=role, **place))
        assert not synergy.history.exists()

    @pytest.mark.parametrize("role", ["NATIONAL_COORD", "EXPERT", "FUNDER", "EVALUATOR", "RELAY", "FACILITATOR"])
    def test_refuses_who_only_reads(self, synergy, territory, role):
        with pytest.raises(NotAllowed):
            move(synergy, Stage.NEGOTIATION, MandateFactory(role=role, programme=territory.programme))


class TestUndoMove:
    def test_puts_everything_back(self, synergy, practitioner):
        before = (synergy.stage, synergy.stage_since, synergy.next_action, synergy.next_action_on)
        change = move(synergy, Stage.ABANDONED, practitioner, barriers=[BarrierRaised("TIME")])

        undo_move(change_id=change.pk, mandate=practitioner, at=NOON + timedelta(minutes=1))

        synergy.refresh_from_db()
        assert (synergy.stage, synergy.stage_since, synergy.next_action, synergy.next_action_on) == before
        assert not synergy.history.exists()
        assert not synergy.barriers.exists()

    def test_keeps_both_acts_in_the_journal(self, synergy, practitioner):
        change = move(synergy, Stage.NEGOTIATION, practitioner)

        undo_move(change_id=change.pk, mandate=practitioner, at=NOON)

        stages = [entry.changes["stage"] for entry in Entry.objects.about(synergy).order_by("pk")]
        assert stages == [["DISCUSSION", "NEGOTIATION"], ["NEGOTIATION", "DISCUSSION"]]

    def test_refuses_what_is_old(self, synergy, practitioner):
        change = move(synergy, Stage.NEGOTIATION, practitioner)

        with pytest.raises(TooLateToUndo):
            undo_move(change_id=change.pk, mandate=practitioner, at=NOON + UNDO_WINDOW + timedelta(seconds=1))

    def test_refuses_what_is_not_the_last_move(self, synergy, practitioner):
        first = move(synergy, Stage.NEGOTIATION, practitioner)
        move_to_stage(
            synergy_id=synergy.pk, stage=Stage.IMPLEMENTATION, mandate=practitioner, at=NOON + timedelta(minutes=1)
        )

        with pytest.raises(TooLateToUndo):
            undo_move(change_id=first.pk, mandate=practitioner, at=NOON + timedelta(minutes=2))

    def test_refuses_somebody_elses_move(self, synergy, territory, practitioner):
        change = move(synergy, Stage.NEGOTIATION, practitioner)

        with pytest.raises(TooLateToUndo):
            undo_move(change_id=change.pk, mandate=MandateFactory(territory=territory), at=NOON)

    def test_refuses_who_works_elsewhere(self, synergy, practitioner, outsider):
        change = move(synergy, Stage.NEGOTIATION, practitioner)

        with pytest.raises(NotAllowed):
            undo_move(change_id=change.pk, mandate=outsider, at=NOON)

    def test_says_that_it_was_done_already(self, synergy, practitioner):
        change = move(synergy, Stage.NEGOTIATION, practitioner)
        undo_move(change_id=change.pk, mandate=practitioner, at=NOON)

        with pytest.raises(TooLateToUndo):
            undo_move(change_id=change.pk, mandate=practitioner, at=NOON)


class TestALivingSynergy:
    """Whatever the path, what is alive has a next action with a date."""

    @pytest.mark.parametrize("start", Stage)
    @pytest.mark.parametrize("end", Stage)
    def test_ends_with_a_dated_next_action(self, territory, practitioner, start, end):
        synergy = SynergyFactory(territory=territory, stage=start)

        try:
            move(synergy, end, practitioner, reason="parce que", barriers=[BarrierRaised("OTHER")])
        except (NextActionMissing, StageNotReachable):
            return

        synergy.refresh_from_db()
        assert not synergy.is_alive or isinstance(synergy.next_action_on, date)
        assert end not in LADDER or end is Stage.COMPLETED
