from datetime import timedelta
from decimal import Decimal

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.journal.services import SystemAuthor
from maillage.synergies.models import Interaction
from maillage.synergies.services import (
    BarrierRaised,
    glance_at_answer,
    lift_barrier,
    log_interaction,
    raise_barrier,
    record_answer,
)
from maillage.synergies.services.answers import AlreadySeen
from maillage.synergies.services.interactions import NobodySpokenTo
from maillage.synergies.services.moving import BarrierMissing
from maillage.synergies.services.planning import NextActionMissing
from tests.conftest import NOON, TODAY
from tests.support.factories import PartyFactory, SiteFactory, SynergyFactory

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def synergy(territory):
    return SynergyFactory(territory=territory, next_action="Appeler", next_action_on=TODAY, quantity=40, unit="t")


@pytest.fixture
def party(synergy):
    return PartyFactory(synergy=synergy)


class TestLogInteraction:
    def test_touches_several_synergies_and_their_companies(self, territory, practitioner, party):
        other = PartyFactory(synergy=SynergyFactory(territory=territory))

        call = log_interaction(
            kind="CALL",
            outcome="REACHED",
            summary="Accord pour un essai",
            synergy_ids=[party.synergy_id, other.synergy_id],
            next_action="Envoyer la fiche",
            next_action_on=TOMORROW,
            mandate=practitioner,
            at=NOON,
        )

        assert set(call.companies.all()) == {party.company, other.company}
        for synergy in call.synergies.all():
            assert (synergy.next_action, synergy.next_action_on) == ("Envoyer la fiche", TOMORROW)
        assert Entry.objects.about(call).get().act == Entry.Act.CREATED

    def test_is_kept_with_a_company_alone(self, territory, practitioner):
        company = SiteFactory(territory=territory).company

        call = log_interaction(
            kind="CALL", outcome="NO_ANSWER", company_ids=[company.pk], mandate=practitioner, at=NOON
        )

        assert (call.territory, list(call.companies.all())) == (territory, [company])

    def test_asks_what_comes_next_when_the_action_is_done(self, party, practitioner):
        with pytest.raises(NextActionMissing):
            log_interaction(kind="CALL", synergy_ids=[party.synergy_id], mandate=practitioner, at=NOON)
        assert not Interaction.objects.exists()

    def test_asks_nothing_when_an_action_is_to_come(self, synergy, party, practitioner):
        synergy.next_action_on = TOMORROW
        synergy.save()

        log_interaction(kind="CALL", synergy_ids=[synergy.pk], mandate=practitioner, at=NOON)

        synergy.refresh_from_db()
        assert synergy.next_action == "Appeler"

    def test_asks_nothing_for_a_note(self, party, practitioner):
        log_interaction(kind="NOTE", synergy_ids=[party.synergy_id], summary="vu", mandate=practitioner, at=NOON)

        assert Interaction.objects.count() == 1

    def test_needs_somebody(self, practitioner):
        with pytest.raises(NobodySpokenTo):
            log_interaction(kind="CALL", mandate=practitioner, at=NOON)

    def test_refuses_who_works_elsewhere(self, party, outsider):
        with pytest.raises(NotAllowed):
            log_interaction(kind="CALL", synergy_ids=[party.synergy_id], mandate=outsider, at=NOON)

    def test_refuses_a_company_of_another_programme(self, practitioner):
        with pytest.raises(NotAllowed):
            log_interaction(kind="CALL", company_ids=[SiteFactory().company_id], mandate=practitioner, at=NOON)


class TestBarriers:
    def test_are_raised_then_lifted_with_what_helped(self, synergy, party, practitioner):
        barrier = raise_barrier(synergy_id=synergy.pk, kind="REGULATORY", mandate=practitioner, at=NOON)

        lift_barrier(barrier_id=barrier.pk, mandate=practitioner, at=NOON, note="La DDPP a répondu")

        barrier.refresh_from_db()
        assert barrier.resolved_at == NOON
        assert [note.summary for note in synergy.interactions.all()] == ["La DDPP a répondu"]
        assert [entry.act for entry in Entry.objects.about(barrier).order_by("pk")] == ["CREATED", "CHANGED"]

    def test_are_lifted_once(self, synergy, practitioner):
        barrier = raise_barrier(synergy_id=synergy.pk, kind="TIME", mandate=practitioner, at=NOON)
        lift_barrier(barrier_id=barrier.pk, mandate=practitioner, at=NOON)

        lift_barrier(barrier_id=barrier.pk, mandate=practitioner, at=NOON + timedelta(days=1))

        barrier.refresh_from_db()
        assert barrier.resolved_at == NOON

    def test_refuse_who_works_elsewhere(self, synergy, practitioner, outsider):
        barrier = raise_barrier(synergy_id=synergy.pk, kind="TIME", mandate=practitioner, at=NOON)

        with pytest.raises(NotAllowed):
            raise_barrier(synergy_id=synergy.pk, kind="TIME", mandate=outsider, at=NOON)
        with pytest.raises(NotAllowed):
            lift_barrier(barrier_id=barrier.pk, mandate=outsider, at=NOON)


def answered(party, outcome="PROGRESSING", **given):
    return record_answer(
        company_id=party.company_id,
        synergy_id=party.synergy_id,
        outcome=outcome,
        author=SystemAuthor(party.company.name),
        at=NOON,
        **given,
    )


class TestRecordAnswer:
    def test_changes_nothing_of_the_synergy(self, synergy, party):
        answer = answered(party, "DONE", quantity=Decimal(55))

        synergy.refresh_from_db()
        assert (synergy.stage, synergy.quantity) == ("IDEA", 40)
        assert list(Interaction.objects.waiting()) == [answer]
        assert Entry.objects.about(answer).get().actor_name == party.company.name

    def test_keeps_a_quantity_only_when_it_differs(self, party):
        assert answered(party, quantity=Decimal(40)).stated_quantity is None

    def test_refuses_a_company_that_takes_no_part(self, party):
        stranger = PartyFactory()

        with pytest.raises(NotAllowed):
            record_answer(
                company_id=stranger.company_id,
                synergy_id=party.synergy_id,
                outcome="DONE",
                author=SystemAuthor("Autre"),
                at=NOON,
            )


class TestGlanceAtAnswer:
    def test_applies_what_the_practitioner_accepts(self, synergy, party, practitioner):
        answer = answered(party, "DONE", quantity=Decimal(55))

        glance_at_answer(answer_id=answer.pk, mandate=practitioner, at=NOON, takes_quantity=True, stage="COMPLETED")

        synergy.refresh_from_db()
        assert (synergy.stage, synergy.quantity) == ("COMPLETED", 55)
        assert not Interaction.objects.waiting().exists()

    def test_may_take_note_and_change_nothing(self, synergy, party, practitioner):
        answer = answered(party, "DONE", quantity=Decimal(55))

        glance_at_answer(answer_id=answer.pk, mandate=practitioner, at=NOON)

        synergy.refresh_from_db()
        assert (synergy.stage, synergy.quantity) == ("IDEA", 40)

    def test_stays_unseen_when_the_move_is_refused(self, party, practitioner):
        answer = answered(party, "STUCK")

        with pytest.raises(BarrierMissing):
            glance_at_answer(answer_id=answer.pk, mandate=practitioner, at=NOON, stage="BLOCKED")
        assert Interaction.objects.waiting().exists()

        glance_at_answer(
            answer_id=answer.pk, mandate=practitioner, at=NOON, stage="BLOCKED", barriers=[BarrierRaised("TIME")]
        )
        assert not Interaction.objects.waiting().exists()

    def test_is_done_once(self, party, practitioner):
        answer = answered(party)
        glance_at_answer(answer_id=answer.pk, mandate=practitioner, at=NOON)

        with pytest.raises(AlreadySeen):
            glance_at_answer(answer_id=answer.pk, mandate=practitioner, at=NOON)

    def test_refuses_who_works_elsewhere(self, party, outsider):
        with pytest.raises(NotAllowed):
            glance_at_answer(answer_id=answered(party).pk, mandate=outsider, at=NOON)
