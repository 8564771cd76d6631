import pytest
from django.utils import translation

from maillage.matching.models import Proposal
from maillage.matching.reading import understand, understand_period, understand_unit
from maillage.matching.reasons import SENTENCES, sentences
from maillage.matching.services import propose_for
from maillage.resources.models import Resource
from tests.conftest import NOON
from tests.support.factories import ProposalFactory, ResourceFactory


def palettes(direction="OFFER", **given):
    return ResourceFactory(direction=direction, text="Palettes bois 80x120", **given)


def propose(*cards, against=None):
    chosen = Resource.objects.filter(pk__in=[card.pk for card in cards])
    return propose_for(resources=chosen, against=against, at=NOON)


class TestProposeFor:
    def test_proposes_a_need_for_an_offer_with_reasons(self, territory):
        offer, need = palettes(), palettes("NEED")

        assert propose(offer, need) == 1

        made = Proposal.objects.get()
        assert (made.left, made.right) == (offer, need)
        assert made.reasons[0]["criterion"] == "words"
        assert made.score == pytest.approx(sum(reason["points"] for reason in made.reasons), abs=0.01)

    def test_looks_for_partners_in_the_base_without_pairing_the_base(self, territory):
        offer = palettes()
        base = [palettes("NEED"), palettes("NEED"), palettes("OFFER")]

        assert propose(offer, against=Resource.objects.filter(pk__in=[card.pk for card in base])) == 2

        assert set(Proposal.objects.values_list("left", flat=True)) == {offer.pk}

    def test_twice_keeps_the_verdict_and_one_row(self, territory):
        offer, need = palettes(), palettes("NEED")
        propose(offer, need)
        Proposal.objects.update(verdict="REFUSED", score=0)

        propose(offer, need)

        made = Proposal.objects.get()
        assert made.verdict == "REFUSED"
        assert made.score > 0

    def test_forgets_what_it_no_longer_says_unless_somebody_screened_it(self, territory):
        offer, need, other = palettes(), palettes("NEED"), palettes("NEED")
        propose(offer, need, other)
        Proposal.objects.filter(right=other).update(verdict="ACCEPTED")
        Resource.objects.filter(pk=offer.pk).update(text="Eau de forage")

        propose(offer, need, other)

        assert Proposal.objects.get().right == other

    def test_leaves_alone_pairs_it_did_not_look_at(self, territory):
        offer = palettes()
        elsewhere = ProposalFactory(left=offer, right=palettes("NEED"))

        propose(offer, palettes("NEED"))

        assert Proposal.objects.filter(pk=elsewhere.pk).exists()

    def test_leaves_out_cards_that_are_not_available(self, territory):
        assert propose(palettes(), palettes("NEED", status="WITHDRAWN")) == 0

    def test_places_a_site_at_its_coordinates(self, territory):
        offer = palettes(site__latitude=47.75, site__longitude=-3.37)
        need = palettes("NEED", site__latitude=47.87, site__longitude=-3.55)

        propose(offer, need)

        assert Proposal.objects.get().distance_km == pytest.approx(19, abs=1)

    @pytest.mark.parametrize("size", [1, 6])
    def test_costs_the_same_queries_whatever_the_size(self, territory, size, django_assert_num_queries):
        cards = [palettes(direction) for direction in ("OFFER", "NEED") for _ in range(size)]

        with django_assert_num_queries(5):  # cards, transaction begins and ends, proposals, what is stale
            propose(*cards)


class TestProposalsRead:
    def test_never_show_a_card_that_is_kept_from_the_reader(self, practitioner, outsider, territory, elsewhere):
        secret = palettes(site__territory=territory, confidentiality="TERRITORY")
        ProposalFactory(left=secret, right=palettes("NEED", site__territory=elsewhere))

        assert Proposal.objects.editable_by(practitioner).count() == 1
        assert Proposal.objects.editable_by(outsider).count() == 0

    def test_may_be_screened_from_either_side(self, practitioner, outsider, onlooker, territory, elsewhere):
        ProposalFactory(left=palettes(site__territory=territory), right=palettes("NEED", site__territory=elsewhere))

        counts = [Proposal.objects.editable_by(who).count() for who in (practitioner, outsider, onlooker)]

        assert counts == [1, 1, 0]


class TestSentences:
    REASONS = [
        {"criterion": "words", "points": 5, "values": {"words": ["palettes", "bois"]}},
        {"criterion": "route", "points": 4, "values": {"left": "graisse", "right": "savon", "synergy_type": "REUSE"}},
        {"criterion": "distance", "points": 1, "values": {"km": 24.4}},
        {"criterion": "of a later version", "points": 1, "values": {}},
    ]

    def test_are_said_in_french(self):
        with translation.override("fr"):
            said = sentences(Proposal(reasons=self.REASONS))

        assert said[0] == "Mots en commun\u00a0: palettes, bois."
        assert said[2] == "À 24 km."

    def test_are_said_in_english(self):
        with translation.override("en"):
            said = sentences(Proposal(reasons=self.REASONS))

        assert said[0] == "Words in common: palettes, bois."
        assert len(said) == 3

    def test_exist_for_every_criterion_of_the_engine(self):
        from maillage.engine.criteria import CONTENT, CONTEXT

        assert len(SENTENCES) == len(CONTENT) + len(CONTEXT) + 1  # a route says "route" or "activity"


class TestUnderstand:
    def test_gives_the_fields_of_a_card(self, territory):
        said = understand("on jette ~300 palettes 80x120 / mois")

        card = ResourceFactory(**said)
        card.full_clean(exclude=["folded_text", "site"])
        assert (card.title, card.quantity, card.unit, card.period) == ("Palettes 80x120", 300, "unit", "MONTH")

    def test_believes_the_side_it_is_given(self):
        assert understand("palettes", "NEED")["direction"] == "NEED"

    def test_reads_the_cell_of_a_spreadsheet(self):
        assert (understand_unit(" Tonnes "), understand_period("Par an")) == ("t", "YEAR")
