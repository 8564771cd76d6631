from datetime import timedelta

import pytest
from django.urls import reverse

from maillage.common.errors import RuleBroken
from maillage.matching.models import Proposal
from maillage.workshops import asking
from maillage.workshops.models import ProposalRun, WorkshopPotential
from maillage.workshops.proposing import run_proposals
from maillage.workshops.tasks import compute_proposals
from tests.conftest import NOON
from tests.support.factories import ParticipationFactory, ProposalFactory, ResourceFactory, WorkshopFactory


@pytest.fixture
def workshop(territory):
    return WorkshopFactory(territory=territory)


@pytest.fixture
def as_practitioner(client, practitioner):
    client.force_login(practitioner.user)
    return client


def card(workshop, direction="OFFER", **given):
    made = ResourceFactory(direction=direction, text="Palettes bois", site__territory=workshop.territory, **given)
    workshop.cards.create(resource=made)
    return made


def url(name, workshop, *more):
    return reverse(f"workshop:{name}", args=[workshop.pk, *more])


class TestCards:
    def test_of_the_workshop_and_no_other_are_shown(self, as_practitioner, workshop, territory):
        said = card(workshop)
        ResourceFactory(site__territory=territory)

        assert list(as_practitioner.get(url("cards", workshop)).context["listing"].records) == [said]

    def test_are_written_one_line_at_a_time(self, as_practitioner, workshop):
        seat = ParticipationFactory(workshop=workshop)

        response = as_practitioner.post(
            url("cards", workshop), {"seat": seat.pk, "side": "NEED", "text": "200 palettes / mois"}, follow=True
        )

        (said,) = response.context["listing"].records
        assert (said.direction, said.site) == ("NEED", seat.site)
        assert str(response.context["form"].initial["seat"]) == str(seat.pk)

    def test_need_a_company(self, as_practitioner, workshop):
        ParticipationFactory(workshop=workshop)

        assert as_practitioner.post(url("cards", workshop), {"text": "palettes"}).status_code == 422

    def test_are_not_written_from_elsewhere(self, client, outsider, workshop):
        seat = ParticipationFactory(workshop=workshop)
        client.force_login(outsider.user)

        response = client.post(url("cards", workshop), {"seat": seat.pk, "text": "palettes"})

        assert response.status_code == 200  # the page is read, the form is not there
        assert not workshop.cards.exists()

    @pytest.mark.parametrize("size", [1, 12])
    def test_cost_the_same_queries_whatever_the_size(
        self, as_practitioner, workshop, size, django_assert_max_num_queries
    ):
        for _ in range(size):
            card(workshop)
            ParticipationFactory(workshop=workshop)

        with django_assert_max_num_queries(9):
            as_practitioner.get(url("cards", workshop))


class TestScreening:
    def test_shows_the_best_first_and_how_far_one_is(self, as_practitioner, workshop):
        said = card(workshop)
        worse, better = (ProposalFactory(left=said, right=card(workshop, "NEED"), score=score) for score in (1.0, 5.0))
        ProposalFactory(left=card(workshop), right=card(workshop, "NEED"), verdict="REFUSED")

        response = as_practitioner.get(url("screening", workshop))

        assert [lead.proposal for lead in response.context["leads"]] == [better, worse]
        assert (response.context["progress"]["passed"], response.context["progress"]["total"]) == (1, 3)

    def test_proposes_at_once_when_cards_are_few(self, as_practitioner, workshop):
        offer, need = card(workshop), card(workshop, "NEED")

        response = as_practitioner.post(url("propose", workshop), follow=True)

        assert [(lead.proposal.left, lead.proposal.right) for lead in response.context["leads"]] == [(offer, need)]
        assert ProposalRun.objects.get().found == 1

    def test_says_when_there_is_no_card(self, as_practitioner, workshop):
        response = as_practitioner.post(url("propose", workshop), follow=True)

        assert "Pas encore de fiche" in response.content.decode()
        assert not ProposalRun.objects.exists()

    def test_keeps_in_one_tap_for_the_workshop(self, as_practitioner, workshop):
        proposal = ProposalFactory(left=card(workshop), right=card(workshop, "NEED"))

        response = as_practitioner.post(url("proposal_keep", workshop, proposal.pk), headers={"hx-request": "true"})

        assert WorkshopPotential.objects.get().workshop == workshop
        assert 'hx-swap-oob="true"' in response.content.decode()

    def test_undoes_what_was_kept(self, as_practitioner, workshop):
        proposal = ProposalFactory(left=card(workshop), right=card(workshop, "NEED"))
        as_practitioner.post(url("proposal_keep", workshop, proposal.pk))

        as_practitioner.post(url("proposal_reopen", workshop, proposal.pk))

        proposal.refresh_from_db()
        assert proposal.verdict == ""
        assert not WorkshopPotential.objects.exists()

    def test_does_not_know_the_proposals_of_another_workshop(self, as_practitioner, workshop, territory):
        other = WorkshopFactory(territory=territory)
        proposal = ProposalFactory(left=card(other), right=card(other, "NEED"))

        assert as_practitioner.post(url("proposal_keep", workshop, proposal.pk)).status_code == 404

    @pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("onlooker", 403)])
    def test_is_shut_to_who_does_not_work_there(self, client, request, workshop, who, status):
        proposal = ProposalFactory(left=card(workshop), right=card(workshop, "NEED"))
        client.force_login(request.getfixturevalue(who).user)

        assert client.get(url("screening", workshop)).status_code == status
        assert client.get(url("proposing", workshop)).status_code == status
        assert client.post(url("propose", workshop)).status_code == status
        for act in ("keep", "set_aside", "reopen"):
            assert client.post(url(f"proposal_{act}", workshop, proposal.pk)).status_code == status
        assert Proposal.objects.get().verdict == ""

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, as_practitioner, workshop, size, django_assert_max_num_queries
    ):
        for _ in range(size):
            ProposalFactory(left=card(workshop), right=card(workshop, "NEED"))

        with django_assert_max_num_queries(11):
            as_practitioner.get(url("screening", workshop))


class TestRun:
    def test_waits_for_the_worker_when_cards_are_many(
        self, monkeypatch, practitioner, workshop, as_practitioner, django_capture_on_commit_callbacks
    ):
        monkeypatch.setattr(asking, "AT_ONCE", 1)
        card(workshop)
        card(workshop, "NEED")

        with django_capture_on_commit_callbacks(execute=True):
            run = asking.ask_for_proposals(workshop_id=workshop.pk, mandate=practitioner, at=NOON)
        before = as_practitioner.get(url("proposing", workshop))
        compute_proposals.call(run_id=str(run.pk))
        after = as_practitioner.get(url("proposing", workshop))

        run.refresh_from_db()
        assert (run.found, run.cards_done, run.failed) == (1, 2, False)
        assert ("HX-Refresh" in before, "HX-Refresh" in after) == (False, True)

    def test_says_that_it_failed(self, practitioner, outsider, workshop):
        card(workshop)
        run = ProposalRun.objects.create(workshop=workshop, mandate=outsider, asked_at=NOON, cards_total=1)

        with pytest.raises(RuleBroken):
            run_proposals(run_id=run.pk, now=lambda: NOON + timedelta(seconds=3))

        run.refresh_from_db()
        assert run.failed and run.is_over
