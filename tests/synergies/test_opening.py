from datetime import timedelta

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.synergies.models import Synergy
from maillage.synergies.services import PartyGiven, change_synergy, open_synergy, plan_next_action
from maillage.synergies.services.changes import TitleMissing
from maillage.synergies.services.opening import AlreadyFollowed, PartiesMissing
from maillage.synergies.services.planning import NextActionMissing, NothingToPlan
from tests.conftest import NOON, TODAY
from tests.support.factories import PartyFactory, PotentialFactory, SiteFactory, SynergyFactory

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def company(territory):
    return SiteFactory(territory=territory).company


def opening(mandate, *companies, **given):
    return open_synergy(
        **{
            "title": "Tourets en mobilier",
            "synergy_type": "REUSE",
            "parties": [PartyGiven(company.pk, "PROVIDER") for company in companies],
            "next_action": "Appeler l’atelier",
            "next_action_on": TOMORROW,
            "mandate": mandate,
            "at": NOON,
        }
        | given
    )


class TestOpenSynergy:
    def test_is_followed_by_who_opens_it(self, practitioner, company):
        synergy = opening(practitioner, company)

        assert (synergy.stage, synergy.practitioner_id, synergy.code) == ("IDEA", practitioner.user_id, "S-0001")
        assert [party.company for party in synergy.parties.all()] == [company]
        assert [change.to_stage for change in synergy.history.all()] == ["IDEA"]
        assert Entry.objects.about(synergy).get().act == Entry.Act.CREATED

    def test_gives_each_its_own_code(self, territory, practitioner, company):
        SynergyFactory(territory=territory, code="S-0041")
        SynergyFactory(territory=territory, code="S-bis")

        assert [opening(practitioner, company).code for _ in range(2)] == ["S-0042", "S-0043"]

    def test_needs_a_dated_next_action(self, practitioner, company):
        with pytest.raises(NextActionMissing):
            opening(practitioner, company, next_action_on=None)
        assert not Synergy.objects.exists()

    def test_needs_none_when_it_is_declared_over(self, practitioner, company):
        synergy = opening(practitioner, company, stage="COMPLETED", next_action="", next_action_on=None)

        assert synergy.stage == "COMPLETED"

    def test_needs_a_company(self, practitioner):
        with pytest.raises(PartiesMissing):
            opening(practitioner)

    def test_refuses_the_same_company_twice(self, practitioner, company):
        with pytest.raises(PartiesMissing):
            opening(practitioner, company, company)

    def test_refuses_a_company_of_another_programme(self, practitioner):
        with pytest.raises(NotAllowed):
            opening(practitioner, SiteFactory().company)

    def test_refuses_another_territory(self, practitioner, elsewhere, company):
        with pytest.raises(NotAllowed):
            opening(practitioner, company, territory=elsewhere)

    def test_follows_a_potential_synergy_once(self, territory, practitioner, company):
        potential = PotentialFactory(territory=territory)
        assert opening(practitioner, company, potential_id=potential.pk).potential == potential

        with pytest.raises(AlreadyFollowed):
            opening(practitioner, company, potential_id=potential.pk)

    def test_refuses_a_potential_synergy_of_elsewhere(self, elsewhere, practitioner, company):
        with pytest.raises(NotAllowed):
            opening(practitioner, company, potential_id=PotentialFactory(territory=elsewhere).pk)


class TestPlanNextAction:
    def test_keeps_what_comes_next(self, territory, practitioner):
        synergy = SynergyFactory(territory=territory)

        plan_next_action(
            synergy_id=synergy.pk, next_action=" Visiter ", next_action_on=TOMORROW, mandate=practitioner, at=NOON
        )

        synergy.refresh_from_db()
        assert (synergy.next_action, synergy.next_action_on) == ("Visiter", TOMORROW)
        assert Entry.objects.about(synergy).get().changes["next_action_on"] == [None, TOMORROW.isoformat()]

    def test_refuses_what_is_over(self, territory, practitioner):
        synergy = SynergyFactory(territory=territory, stage="COMPLETED")

        with pytest.raises(NothingToPlan):
            plan_next_action(
                synergy_id=synergy.pk, next_action="Visiter", next_action_on=TOMORROW, mandate=practitioner, at=NOON
            )

    def test_refuses_who_works_elsewhere(self, territory, outsider):
        synergy = SynergyFactory(territory=territory)

        with pytest.raises(NotAllowed):
            plan_next_action(
                synergy_id=synergy.pk, next_action="Visiter", next_action_on=TOMORROW, mandate=outsider, at=NOON
            )


class TestChangeSynergy:
    def test_corrects_and_says_what_changed(self, territory, practitioner, company):
        synergy = SynergyFactory(territory=territory, title="Palettes")
        old = PartyFactory(synergy=synergy).company

        change_synergy(
            synergy_id=synergy.pk,
            mandate=practitioner,
            at=NOON,
            title="Palettes rendues à Étel",
            parties=[PartyGiven(company.pk, "RECEIVER"), PartyGiven(old.pk, "PROVIDER")],
        )

        synergy.refresh_from_db()
        assert (synergy.title, synergy.folded_title) == ("Palettes rendues à Étel", "palettes rendues a etel")
        assert [party.company for party in synergy.parties.order_by("rank")] == [company, old]
        assert set(Entry.objects.about(synergy).get().changes) == {"title", "parties"}

    def test_writes_nothing_when_nothing_changes(self, territory, practitioner):
        synergy = SynergyFactory(territory=territory)

        change_synergy(synergy_id=synergy.pk, mandate=practitioner, at=NOON, title=synergy.title)

        assert not Entry.objects.exists()

    def test_refuses_an_empty_title(self, territory, practitioner):
        synergy = SynergyFactory(territory=territory)

        with pytest.raises(TitleMissing):
            change_synergy(synergy_id=synergy.pk, mandate=practitioner, at=NOON, title=" ")

    def test_does_not_change_the_stage(self, territory, practitioner):
        synergy = SynergyFactory(territory=territory)

        with pytest.raises(TypeError):
            change_synergy(synergy_id=synergy.pk, mandate=practitioner, at=NOON, stage="COMPLETED")

    def test_refuses_who_works_elsewhere(self, territory, outsider):
        with pytest.raises(NotAllowed):
            change_synergy(synergy_id=SynergyFactory(territory=territory).pk, mandate=outsider, at=NOON, title="Autre")
