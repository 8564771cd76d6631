import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.synergies.models import PotentialSynergy
from maillage.synergies.screening import FollowedAlready, keep_proposal, reopen_proposal, set_aside_proposal
from tests.conftest import NOON
from tests.support.factories import ProposalFactory, ResourceFactory, SynergyFactory


@pytest.fixture
def proposal(territory):
    return ProposalFactory(
        left=ResourceFactory(site__territory=territory, title="Graisses"),
        right=ResourceFactory(site__territory=territory, direction="NEED", title="Intrants"),
        synergy_type="ANAEROBIC_DIGESTION",
    )


class TestKeepProposal:
    def test_makes_a_potential_synergy_of_the_place(self, practitioner, proposal, territory):
        potential = keep_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)

        proposal.refresh_from_db()
        assert (proposal.verdict, proposal.verdict_by) == ("ACCEPTED", practitioner.user_id)
        assert (potential.territory, potential.origin) == (territory, "PROPOSAL")
        assert (potential.offered, potential.sought) == (proposal.left, proposal.right)
        assert set(potential.companies.all()) == {proposal.left.site.company, proposal.right.site.company}
        assert potential.title == "Graisses / Intrants"
        assert Entry.objects.about(potential).get().act == "CREATED"

    def test_twice_makes_one(self, practitioner, proposal):
        first = keep_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)

        assert keep_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON) == first

    def test_belongs_to_who_keeps_it_when_the_pair_lies_across(self, outsider, proposal, elsewhere):
        proposal.right.site.territory = elsewhere
        proposal.right.site.save()

        potential = keep_proposal(proposal_id=proposal.pk, mandate=outsider, at=NOON)

        assert potential.territory == elsewhere

    @pytest.mark.parametrize("who", ["onlooker", "outsider"])
    def test_is_refused_to_who_does_not_work_there(self, who, request, proposal):
        with pytest.raises(NotAllowed):
            keep_proposal(proposal_id=proposal.pk, mandate=request.getfixturevalue(who), at=NOON)

        assert not PotentialSynergy.objects.exists()


class TestSetAsideProposal:
    def test_keeps_the_reason_in_the_journal(self, practitioner, proposal):
        set_aside_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON, reason="Qualité")

        proposal.refresh_from_db()
        assert proposal.verdict == "REFUSED"
        assert Entry.objects.about(proposal).get().reason == "Qualité"

    def test_takes_back_what_was_kept(self, practitioner, proposal):
        keep_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)

        set_aside_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)

        assert not PotentialSynergy.objects.exists()

    def test_is_refused_elsewhere(self, outsider, proposal):
        with pytest.raises(NotAllowed):
            set_aside_proposal(proposal_id=proposal.pk, mandate=outsider, at=NOON)


class TestReopenProposal:
    def test_undoes_both_verdicts(self, practitioner, proposal):
        keep_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)

        reopen_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)

        proposal.refresh_from_db()
        assert (proposal.verdict, proposal.verdict_by, proposal.verdict_at) == ("", None, None)
        assert not PotentialSynergy.objects.exists()

    def test_leaves_what_somebody_follows(self, practitioner, proposal):
        potential = keep_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)
        SynergyFactory(potential=potential)

        with pytest.raises(FollowedAlready):
            reopen_proposal(proposal_id=proposal.pk, mandate=practitioner, at=NOON)

        assert PotentialSynergy.objects.filter(pk=potential.pk).exists()
