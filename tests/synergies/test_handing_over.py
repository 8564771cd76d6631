import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.synergies.services import hand_over
from maillage.synergies.services.handing_over import CannotFollow, NothingToHandOver
from tests.conftest import NOON
from tests.support.factories import MandateFactory, PartyFactory, SynergyFactory


@pytest.fixture
def newcomer(territory):
    return MandateFactory(territory=territory)


@pytest.fixture
def coordinator(territory):
    return MandateFactory(role="REGIONAL_COORD", region=territory.region)


@pytest.fixture
def portfolio(territory, practitioner):
    followed = {"territory": territory, "practitioner": practitioner.user}
    return [SynergyFactory(**followed), SynergyFactory(**followed, stage="BLOCKED")]


def handing(mandate, giver, receiver, **given):
    return hand_over(
        from_user_id=giver and giver.user_id, to_user_id=receiver.user_id, mandate=mandate, at=NOON, **given
    )


class TestHandOver:
    def test_gives_all_that_is_not_over(self, territory, portfolio, practitioner, newcomer, coordinator):
        done = SynergyFactory(territory=territory, practitioner=practitioner.user, stage="COMPLETED")

        count = handing(coordinator, practitioner, newcomer)

        assert count == 2
        for synergy in portfolio:
            synergy.refresh_from_db()
            assert synergy.practitioner == newcomer.user
            assert Entry.objects.about(synergy).get().changes["practitioner"][1] == str(newcomer.user_id)
        done.refresh_from_db()
        assert done.practitioner == practitioner.user

    def test_leaves_one_note_with_each_synergy_and_company(self, portfolio, practitioner, newcomer):
        party = PartyFactory(synergy=portfolio[0])

        handing(practitioner, practitioner, newcomer, note="Attention, M. Le Berre part en mars")

        note = party.company.interactions.get()
        assert set(note.synergies.all()) == set(portfolio)

    def test_gives_some_only(self, portfolio, practitioner, newcomer):
        assert handing(practitioner, practitioner, newcomer, synergy_ids=[portfolio[0].pk]) == 1

        portfolio[1].refresh_from_db()
        assert portfolio[1].practitioner == practitioner.user

    def test_takes_up_what_nobody_follows(self, territory, practitioner, newcomer):
        SynergyFactory(territory=territory, practitioner=None)

        assert handing(practitioner, None, newcomer) == 1

    def test_refuses_a_colleague_who_is_no_coordinator(self, portfolio, practitioner, newcomer):
        with pytest.raises(NotAllowed):
            handing(newcomer, practitioner, newcomer)

    def test_refuses_a_coordinator_of_another_region(self, portfolio, practitioner, newcomer, elsewhere):
        stranger = MandateFactory(role="REGIONAL_COORD", region=elsewhere.region)

        with pytest.raises(NothingToHandOver):
            handing(stranger, practitioner, newcomer)
        with pytest.raises(NotAllowed):
            handing(stranger, practitioner, newcomer, synergy_ids=[portfolio[0].pk])

    def test_refuses_a_receiver_who_does_not_work_there(self, portfolio, practitioner, outsider):
        with pytest.raises(CannotFollow):
            handing(practitioner, practitioner, outsider)

    def test_refuses_to_give_to_oneself(self, portfolio, practitioner):
        with pytest.raises(CannotFollow):
            handing(practitioner, practitioner, practitioner)
