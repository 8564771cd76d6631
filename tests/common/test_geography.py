from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from maillage.common.geography import distance_km

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


class TestDistance:
    def test_from_lorient_to_quimper(self):
        assert distance_km(47.7483, -3.3702, 47.9960, -4.1024) == approx(61.2, abs=0.5)

    @given(st.tuples(latitudes, longitudes), st.tuples(latitudes, longitudes))
    def test_is_the_same_both_ways_and_never_beyond_half_the_earth(self, here, yonder):
        there = distance_km(*here, *yonder)
        back = distance_km(*yonder, *here)

        assert there == approx(back, abs=0.1)
        assert 0 <= there <= 20016
