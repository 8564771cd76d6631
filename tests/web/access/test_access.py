"""
Every address × every person: who enters, who is refused, and that nobody else leaves a trace.

The expectation is docs/operations/acces.md, which people read; an address that is absent from it fails.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from tests.web.access import world as worlds
from tests.web.access.bodies import BODIES, no_words

GUIDE = Path(__file__).resolve().parents[3] / "docs/operations/acces.md"
#: The words of the guide.
ENTERS, REFUSED, NOTHING_THERE, SIGN_IN, NOT_THIS_VERB = "oui", "non", "rien", "entrer", "–"


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Read the guide: {(name of the address, verb): {person: word}}."""
    lines = [line for line in GUIDE.read_text().splitlines() if line.startswith("| `")]
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {(name.strip("`"), verb): dict(zip(worlds.PEOPLE, words, strict=True)) for name, verb, *words in rows}


TABLE = table()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


def word_of(response) -> str:
    if response.status_code == 302 and response.url.startswith(reverse("account:login")):
        return SIGN_IN
    words = {403: REFUSED, 404: NOTHING_THERE, 405: NOT_THIS_VERB}
    return words.get(response.status_code, ENTERS if response.status_code < 400 or response.status_code == 422 else "?")


def answer(world, name, verb, person) -> str:
    """What this person is told; what was changed is put back."""
    with transaction.atomic():
        word = word_of(send(world, name, verb, person))
        transaction.set_rollback(True)
    return word


def send(world, name, verb, person):
    ask = getattr(world.client(person), verb.lower())
    return ask(worlds.address(world, name), BODIES.get(name, no_words)(world) if verb == "POST" else {})


@pytest.mark.parametrize(("name", "verb"), TABLE, ids=lambda value: value)
def test_opens_to_whom_the_guide_says(world, db, name, verb):
    told = {person: answer(world, name, verb, person) for person in worlds.PEOPLE}

    assert told == TABLE[name, verb]


@pytest.mark.parametrize("name", worlds.routes())
def test_is_in_the_guide(world, db, name):
    """An address may be left out for a verb that opens nothing to anybody."""
    absent = {
        verb: [answer(world, name, verb, person) for person in worlds.PEOPLE]
        for verb in ("GET", "POST")
        if (name, verb) not in TABLE
    }

    assert [row(name, verb, words) for verb, words in absent.items() if ENTERS in words] == []


def row(name, verb, words) -> str:
    """The line to add to the guide, once it is what should be."""
    return f"| `{name}` | {verb} | {' | '.join(words)} |"


def test_the_guide_speaks_of_addresses_that_exist():
    assert {name for name, _verb in TABLE} <= set(worlds.routes())


#: Whatever they are told, these people change nothing of this territory.
ONLOOKERS = [person for person in worlds.PEOPLE if person not in {"practitioner", "regional_coordinator"}]
#: A call belongs to the territory of who calls, a workshop is planned in the territory of who plans it.
OF_ANOTHER_PLACE = {
    ("practice:company_call", "practitioner_elsewhere"),
    ("workshop:create", "practitioner_elsewhere"),
}


def is_theirs(name: str, person: str) -> bool:
    """The national coordination plans workshops and registers companies everywhere; of the rest it changes nothing."""
    return (name, person) in OF_ANOTHER_PLACE or (person == "national_coordinator" and name.startswith("workshop:"))


#: A company's link acts for the company, whoever opens it: see below.
ACTS = [name for name, verb in TABLE if verb == "POST" and not name.startswith("company:")]


@pytest.mark.parametrize("name", ACTS)
def test_is_changed_by_nobody_else(world, db, name):
    before = worlds.checksum()

    for person in ONLOOKERS:
        if not is_theirs(name, person):
            send(world, name, "POST", person)

    assert worlds.checksum() == before


@pytest.mark.parametrize("name", [name for name in BODIES if name != "account:language"])
def test_is_changed_by_who_may(world, db, name):
    """The control of the test above: the same words, said by who may say them, do something."""
    before = worlds.checksum()

    send(world, name, "POST", "practitioner")

    assert worlds.checksum() != before


class TestCompanyLink:
    """A link opens the pages of its company, and nothing of another."""

    @pytest.mark.parametrize("name", [name for name in worlds.routes() if name.startswith("company:")])
    def test_that_is_not_ours_opens_nothing(self, world, db, client, name):
        before = worlds.checksum()

        for token in ("x" * 40, f"{world.records['token']}x"):
            address = worlds.address(world, name).replace(world.records["token"], token)
            assert client.post(address, BODIES.get(name, no_words)(world)).status_code in {404, 410}

        assert worlds.checksum() == before

    @pytest.mark.parametrize("name", [name for name, asked in worlds.routes().items() if asked == ["token", "pk"]])
    def test_does_nothing_to_the_records_of_another_company(self, world, db, client, name):
        other = worlds.build()
        before = worlds.checksum()
        address = worlds.address(other, name).replace(other.records["token"], world.records["token"])

        client.post(address, BODIES.get(name, no_words)(other))

        assert worlds.checksum() == before

    def test_shows_no_name_of_another_company(self, world, db, client):
        other = world.records["proposal"].right.site.company

        page = client.get(worlds.address(world, "company:home")).content.decode()

        assert world.records["company"].name in page
        assert other.name not in page
