from hypothesis import given
from hypothesis import strategies as st

from maillage.common.text import fold, slug


class TestFold:
    def test_drops_case_accents_and_repeated_spaces(self):
        assert fold("  Fonderie  ÉVÊQUE — Œuvre ") == "fonderie eveque — oeuvre"

    @given(st.text())
    def test_changes_nothing_twice(self, text):
        assert fold(fold(text)) == fold(text)


class TestSlug:
    @given(st.text())
    def test_is_always_fit_for_a_file_name(self, text):
        name = slug(text)

        assert name
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
