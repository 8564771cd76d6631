from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engine import Item, rank
from maillage.engine.ranking import rank_plainly


def item(key, side, text, **given):
    return Item(key=key, company=given.pop("company", f"company of {key}"), side=side, text=text, **given)


OFFER = item("offer", "OFFER", "palettes bois 80x120")
NEED = item("need", "NEED", "cherche palettes perdues")


def criteria(candidate):
    return {reason.criterion for reason in candidate.reasons}


class TestReason:
    def test_quotes_words_as_they_are_written(self):
        (found,) = rank([item("a", "OFFER", "Déchets de Chêne"), item("b", "NEED", "déchets de chêne broyés")])

        assert set(found.reasons[0].values["words"]) == {"déchets", "chêne"}


class TestRank:
    def test_pairs_an_offer_with_a_need_and_says_why(self):
        (found,) = rank([NEED, OFFER])

        assert (found.left, found.right) == ("offer", "need")
        assert "palettes" in next(reason for reason in found.reasons if reason.criterion == "words").values["words"]
        assert found.score == pytest.approx(sum(reason.points for reason in found.reasons))

    def test_never_pairs_within_one_company(self):
        assert rank([replace(OFFER, company="one"), replace(NEED, company="one")]) == []

    def test_never_pairs_two_offers(self):
        assert rank([OFFER, replace(OFFER, key="other", company="another")]) == []

    def test_pairs_pools_with_pools_only(self):
        pools = [item(key, "POOL", "gardiennage de nuit") for key in "ba"]

        (found,) = rank([*pools, OFFER, NEED, item("c", "NEED", "gardiennage de nuit")])[:1]

        assert (found.left, found.right, found.synergy_type) == ("a", "b", "POOLING")

    def test_leaves_out_what_has_nothing_in_common(self):
        same_class = {"category": "MATERIAL", "latitude": 47.0, "longitude": -3.0}
        assert rank([item("a", "OFFER", "sciure", **same_class), item("b", "NEED", "gravats", **same_class)]) == []

    def test_knows_routes(self):
        (found,) = rank([item("a", "OFFER", "graisses de flottation"), item("b", "NEED", "intrants méthanisation")])

        assert criteria(found) == {"route"}
        assert found.synergy_type == "ANAEROBIC_DIGESTION"

    def test_knows_a_route_to_what_the_other_does(self):
        offer = item("a", "OFFER", "fumier de cheval")
        need = item("b", "NEED", "matières organiques pompables", activity="unité de méthanisation")

        (found,) = rank([offer, need])

        assert criteria(found) == {"activity"}

    def test_knows_synonyms_across_languages(self):
        (found,) = rank([item("a", "OFFER", "sciure de chêne"), item("b", "NEED", "sawdust")])

        assert "synonym" in criteria(found)

    def test_forgives_a_slip_of_the_keyboard(self):
        (found,) = rank([item("a", "OFFER", "polystyrène"), item("b", "NEED", "polystirène")])

        assert "spelling" in criteria(found)

    def test_prefers_the_nearer(self):
        here, near, far = (47.7, -3.4), (47.8, -3.5), (44.0, 5.0)
        placed = [
            item(key, side, "palettes", latitude=place[0], longitude=place[1])
            for key, side, place in (("a", "OFFER", here), ("far", "NEED", far), ("near", "NEED", near))
        ]

        assert [found.right for found in rank(placed)] == ["near", "far"]

    def test_prefers_what_covers_the_quantity(self):
        offer = item("a", "OFFER", "sciure", quantity=10, unit="t", period="YEAR")
        much = item("much", "NEED", "sciure", quantity=1000, unit="t", period="YEAR")
        fitting = item("fitting", "NEED", "sciure", quantity=900, unit="kg", period="MONTH")

        assert [found.right for found in rank([offer, much, fitting])] == ["fitting", "much"]

    def test_keeps_the_best_of_either_card(self):
        needs = [item(f"need{n}", "NEED", "palettes bois") for n in range(4)]

        assert len(rank([OFFER, *needs], top=1)) == 4

    def test_looks_only_at_the_cards_in_focus(self):
        others = [item("other offer", "OFFER", "palettes"), item("other need", "NEED", "palettes")]

        found = rank([OFFER, NEED, *others], focus={"offer"})

        assert {candidate.left for candidate in found} == {"offer"}

    def test_tells_how_far_it_has_come(self):
        told = []

        rank([OFFER, NEED], progress=lambda done, total: told.append((done, total)))

        assert told == [(1, 2), (2, 2)]


WORDS = [
    "palettes",
    "palette",
    "cartons",
    "graisse",
    "graise",
    "méthanisation",
    "sciure",
    "litière",
    "chaleur",
    "serre",
]
ITEMS = st.lists(
    st.builds(
        Item,
        key=st.uuids().map(str),
        company=st.sampled_from("ABCDE"),
        side=st.sampled_from(["OFFER", "NEED", "POOL"]),
        text=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        category=st.sampled_from(["", "MATERIAL", "OTHER"]),
        quantity=st.sampled_from([None, 1.0, 500.0]),
        unit=st.sampled_from(["t", "kg", ""]),
        period=st.sampled_from(["YEAR", "MONTH", ""]),
        latitude=st.sampled_from([None, 47.0, 48.0]),
        longitude=st.sampled_from([-3.0, 2.0]),
        activity=st.sampled_from(["", "méthanisation", "maraîchage sous serre"]),
        waste_code=st.sampled_from(["", "020204"]),
    ),
    max_size=14,
    unique_by=lambda made: made.key,
)


class TestIndex:
    @settings(max_examples=150, deadline=None)
    @given(ITEMS, st.integers(1, 4), st.sampled_from([0.0, 2.5, 6.0]))
    def test_gives_the_same_answer_as_the_double_loop(self, items, top, floor):
        assert rank(items, top=top, floor=floor) == rank_plainly(items, top=top, floor=floor)

    @settings(max_examples=50, deadline=None)
    @given(ITEMS, st.integers(1, 4))
    def test_gives_the_same_answer_in_focus(self, items, top):
        focus = {item.key for item in items[::2]}

        assert rank(items, top=top, focus=focus) == rank_plainly(items, top=top, focus=focus)

    @settings(max_examples=30, deadline=None)
    @given(ITEMS, st.randoms())
    def test_does_not_depend_on_the_order_of_cards(self, items, random):
        shuffled = list(items)
        random.shuffle(shuffled)

        assert rank(items) == rank(shuffled)
