import pytest

from maillage.common.errors import NotAllowed
from maillage.matching.models import Proposal
from maillage.workshops.cards import add_workshop_card
from maillage.workshops.models import WorkshopPotential
from maillage.workshops.proposing import NoCard, keep_for_workshop, proposals_of, propose_for_workshop
from tests.conftest import NOON
from tests.support.factories import ParticipationFactory, ResourceFactory, SiteFactory, WorkshopFactory


@pytest.fixture
def workshop(territory):
    return WorkshopFactory(territory=territory)


def say(workshop, text, mandate, **given):
    seat = ParticipationFactory(workshop=workshop, **given)
    return add_workshop_card(workshop_id=workshop.pk, participation_id=seat.pk, text=text, mandate=mandate, at=NOON)


class TestAddWorkshopCard:
    def test_reads_the_line_and_keeps_where_it_was_said(self, practitioner, workshop):
        card = say(workshop, "besoin de 200 palettes par mois", practitioner, table=4)

        assert (card.direction, card.quantity) == ("NEED", 200)
        assert (card.workshop_card.workshop, card.workshop_card.table) == (workshop, 4)

    def test_takes_the_card_of_a_company_from_elsewhere(self, practitioner, workshop, elsewhere):
        card = say(workshop, "palettes", practitioner, site=SiteFactory(territory=elsewhere))

        assert card.site.territory == elsewhere

    def test_refuses_a_company_that_does_not_take_part(self, practitioner, workshop):
        elsewhere_seat = ParticipationFactory()

        with pytest.raises(NotAllowed):
            add_workshop_card(
                workshop_id=workshop.pk,
                participation_id=elsewhere_seat.pk,
                text="palettes",
                mandate=practitioner,
                at=NOON,
            )

    @pytest.mark.parametrize("who", ["onlooker", "outsider"])
    def test_refuses_who_does_not_work_there(self, who, request, workshop):
        with pytest.raises(NotAllowed):
            say(workshop, "palettes", request.getfixturevalue(who))


class TestProposeForWorkshop:
    def test_pairs_its_cards_among_themselves_and_with_the_base(self, practitioner, workshop, elsewhere):
        say(workshop, "palettes bois à donner", practitioner)
        say(workshop, "cherche palettes bois", practitioner)
        shared = ResourceFactory(site__territory=elsewhere, direction="NEED", text="palettes bois")
        ResourceFactory(site__territory=elsewhere, direction="NEED", text="palettes bois", confidentiality="TERRITORY")

        found = propose_for_workshop(workshop_id=workshop.pk, mandate=practitioner, at=NOON)

        assert found == 2
        assert shared in {proposal.right for proposal in proposals_of(workshop, practitioner)}

    def test_says_when_there_is_no_card(self, practitioner, workshop):
        with pytest.raises(NoCard):
            propose_for_workshop(workshop_id=workshop.pk, mandate=practitioner, at=NOON)

    def test_is_refused_elsewhere(self, practitioner, outsider, workshop):
        say(workshop, "palettes bois", practitioner)

        with pytest.raises(NotAllowed):
            propose_for_workshop(workshop_id=workshop.pk, mandate=outsider, at=NOON)


class TestKeepForWorkshop:
    def test_ties_the_potential_synergy_to_the_workshop(self, practitioner, workshop):
        say(workshop, "palettes bois à donner", practitioner)
        say(workshop, "cherche palettes bois", practitioner)
        propose_for_workshop(workshop_id=workshop.pk, mandate=practitioner, at=NOON)

        potential = keep_for_workshop(
            proposal_id=Proposal.objects.get().pk, workshop_id=workshop.pk, mandate=practitioner, at=NOON
        )

        assert WorkshopPotential.objects.get(potential=potential).workshop == workshop
