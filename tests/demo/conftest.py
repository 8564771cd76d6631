"""Rows made once for the tests that look at them without a database."""

from datetime import date

import pytest

from maillage.demo.loading import build
from tests.support.demonstration import TODAY

#: A Friday: counted from it, the workshops of the living programme would fall on a Saturday and on a Sunday.
A_FRIDAY = date(2028, 2, 25)


@pytest.fixture(scope="session")
def shelf():
    return build(TODAY)


@pytest.fixture(scope="session")
def later_shelf():
    return build(A_FRIDAY)
