from hypothesis import given
from hypothesis import strategies as st

from maillage.common.identifiers import is_siren, is_siret, luhn

digits = st.text("0123456789", min_size=1, max_size=20)


class TestLuhn:
    @given(digits)
    def test_exactly_one_last_digit_fits(self, text):
        assert sum(luhn(text + str(digit)) for digit in range(10)) == 1

    @given(digits.filter(lambda text: luhn(text)), st.data())
    def test_sees_one_wrong_digit(self, text, data):
        rank = data.draw(st.integers(0, len(text) - 1))
        wrong = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != text[rank]))

        assert not luhn(text[:rank] + wrong + text[rank + 1 :])


class TestSiret:
    def test_follows_the_rule_of_la_poste(self):
        assert is_siret("35600000000048")
        assert is_siret("35600000000041") is False

    def test_refuses_what_is_not_fourteen_digits(self):
        assert not is_siret("3560000000004")
        assert not is_siret("٣٥٦٠٠٠٠٠٠٠٠٠٤٨")
        assert not is_siren("356000001")
