import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engine import knowledge, parse
from maillage.engine.amounts import period_of, unit_of
from maillage.resources.nomenclature import Category, Direction, Period, Regularity, SynergyType, Unit


def amount(text):
    line = parse(text)
    return line.quantity, line.unit, line.period


class TestAmount:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("on jette ~300 palettes 80x120 / mois", (300, "unit", "MONTH")),
            ("12 t/an chutes PEHD broyées, toute l'année", (12, "t", "YEAR")),
            ("cherche 200 m2 de stockage", (200, "m2", "")),
            ("local sec 80 m² pour l’hiver", (80, "m2", "")),
            ("1 200,5 kg de copeaux par semaine", (1200.5, "kg", "WEEK")),
            ("2,5 tonnes de sciure", (2.5, "t", "ONCE")),
            ("chaleur de compresseur 1,8 GWh/an", (1800, "MWh", "YEAR")),
            ("grenaille usée 10 t/trimestre", (40, "t", "YEAR")),
            ("30 t de gravats tous les 15 jours", (60, "t", "MONTH")),
            ("une quinzaine de coques par an", (15, "unit", "YEAR")),
            ("de 10 à 15 t par an de sciure", (12.5, "t", "YEAR")),
            ("600 kg de chutes de voile par an, propres", (600, "kg", "YEAR")),
            ("besoin de 3 caristes en saison", (3, "person", "ONCE")),
            ("flacons 50ml 2000 pcs", (2000, "unit", "ONCE")),
            ("boues 02 02 04 30 t", (30, "t", "ONCE")),
            ("looking for 3 t clean cotton rags a year", (3, "t", "YEAR")),
            ("we need 1,200 pallets a month", (1200, "unit", "MONTH")),
            ("2 millions de litres d'eau par an", (2000000, "L", "YEAR")),
        ],
    )
    def test_is_read_wherever_it_stands(self, text, expected):
        assert amount(text) == expected

    def test_that_is_vague_is_left_to_be_said(self):
        assert amount("quelques centaines de cartons par mois") == (None, "", "MONTH")

    def test_is_not_made_of_how_often_a_thing_is_used(self):
        line = parse("salle de réunion 2x par mois")

        assert (line.quantity, line.regularity, line.phrase) == (None, "REGULAR", "salle de réunion")

    def test_is_not_made_of_a_size(self):
        assert amount("planches 20-80cm, plaques 120 x 80") == (None, "", "")


class TestSide:
    @pytest.mark.parametrize(
        ("text", "side"),
        [
            ("on jette des palettes", "OFFER"),
            ("besoin de palettes", "NEED"),
            ("TP cherche couche de forme", "NEED"),
            ("on a besoin d'un local disponible l'hiver", "NEED"),
            ("à mutualiser : gardiennage de nuit", "POOL"),
            ("glass stillages available", "OFFER"),
            ("looking for sawdust", "NEED"),
            ("sciure de chêne", "OFFER"),
        ],
    )
    def test_is_what_the_line_says(self, text, side):
        assert parse(text).side == side

    def test_is_what_the_person_said_when_they_said_it(self):
        assert parse("on jette des palettes", side="POOL").side == "POOL"


class TestPhrase:
    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("on jette ~300 palettes 80x120 / mois", "palettes 80x120"),
            ("12 t/an chutes PEHD broyées, toute l'année", "chutes PEHD broyées"),
            ("graisses de flottation 120 t/an", "graisses de flottation"),
            ("Chutes de mousse (2 m3/sem)", "Chutes de mousse"),
            ("achat groupé d'électricité 1,8 GWh/an", "achat groupé d'électricité"),
            ("We have 40 glass stillages per month", "glass stillages"),
        ],
    )
    def test_is_what_is_left(self, text, phrase):
        assert parse(text).phrase == phrase

    def test_keeps_accents_written_in_two_characters(self):
        assert parse("12 t d'e\u0301corces de che\u0302ne").phrase == "écorces de chêne"


class TestGuess:
    def test_takes_the_most_telling_word(self):
        line = parse("chaleur de compresseur 400 MWh/an")

        assert (line.category, line.synergy_type) == ("ENERGY", "WASTE_HEAT")

    def test_marks_what_is_hazardous(self):
        assert parse("200 kg de solvants usagés").hazardous
        assert not parse("200 kg de cartons").hazardous

    def test_sees_a_season_in_two_months(self):
        assert parse("local sec 300m2 nov-mars").regularity == "SEASONAL"


class TestWordAlone:
    @pytest.mark.parametrize(
        ("word", "unit"), [("tonnes", "t"), ("palettes", "pallet"), ("m3", "m3"), ("quintaux", ""), ("bidule", "")]
    )
    def test_is_a_unit_or_nothing(self, word, unit):
        assert unit_of(word) == unit

    @pytest.mark.parametrize(
        ("word", "period"), [("par an", "YEAR"), ("/mois", "MONTH"), ("mensuel", "MONTH"), ("trimestre", "")]
    )
    def test_is_a_period_or_nothing(self, word, period):
        assert period_of(word) == period


class TestCodes:
    def test_are_those_of_the_nomenclature(self):
        hints = knowledge.hints().values()

        assert {unit.unit for unit in knowledge.units().values()} <= set(Unit.values)
        assert {period.period for period in knowledge.periods().values()} <= set(Period.values)
        assert {hint.category for hint in hints} <= set(Category.values)
        assert {hint.synergy_type for hint in hints} <= set(SynergyType.values)
        assert {phrase.code for phrase in knowledge.sides().values()} == set(Direction.values)
        assert {phrase.code for phrase in knowledge.regularities().values()} == set(Regularity.values)
        assert {route.synergy_type for route in knowledge.routes().values()} <= set(SynergyType.values)

    def test_of_routes_are_concepts(self):
        ends = {end for route in knowledge.routes().values() for end in (route.source, route.target)}

        assert ends <= set(knowledge.concepts())


class TestAnyLine:
    @given(st.text(max_size=700))
    def test_is_read_without_fault(self, text):
        line = parse(text)

        assert line.side in Direction.values
        assert line.unit in {"", *Unit.values}
        assert line.quantity is None or line.quantity >= 0
        assert len(line.phrase) <= 500

    @given(st.integers(1, 99999), st.sampled_from(["t", "kg", "m3", "MWh", "m2"]), st.sampled_from(["an", "mois"]))
    def test_gives_back_the_amount_it_was_made_of(self, number, unit, period):
        line = parse(f"on jette {number} {unit} de sciure par {period}")

        assert (line.quantity, line.unit, line.phrase) == (number, unit, "sciure")
