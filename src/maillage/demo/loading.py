"""Load the demonstration into the database: once, in one transaction."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.accounts.models import User
from maillage.common.errors import RuleBroken
from maillage.demo import living, pnsi
from maillage.demo.people import DEMO_PASSWORD
from maillage.demo.records import Shelf, identifier, moment
from maillage.matching.services import propose_for
from maillage.resources.models import Resource
from maillage.territories.models import Programme

#: The password is printed anyway; a fixed salt makes the same rows each time.
SALT = "maillage-demonstration"


class HoldsAnotherProgramme(RuleBroken):
    """The demonstration's accounts share a published password: they never go beside a real programme."""


def build(today: date) -> Shelf:
    """Make every row of the demonstration in memory. Only the living programme depends on the day."""
    shelf = Shelf()
    people: dict[str, User] = {}
    pnsi.build(people, shelf)
    living.build(people, shelf, today)
    password = make_password(DEMO_PASSWORD, salt=SALT)
    for user in shelf.of(User):
        user.password = password
    return shelf


def is_loaded() -> bool:
    return Programme.objects.filter(pk=identifier("PNSI")).exists()


@transaction.atomic
def load(*, today: date) -> bool:
    """
    Load the demonstration, dated from that day; return whether there was anything to load.

    The reference data must be there: see `maillage.exchange.reference`.

    :raises HoldsAnotherProgramme: the database already holds a programme that is not the demonstration.
    """
    if is_loaded():
        return False
    if Programme.objects.exists():
        raise HoldsAnotherProgramme(
            _("This data folder already holds a programme. Give the demonstration a folder of its own: MAILLAGE_HOME.")
        )
    build(today).write()
    cards = Resource.objects.filter(site__territory__programme__code=living.CODE)
    propose_for(resources=cards, at=moment(today, 6))
    return True
