"""A row of the list of participants, read cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maillage.common.text import fold
from maillage.exchange.gazetteer import Place
from maillage.exchange.knowledge import Knowledge
from maillage.exchange.rows import RowReader
from maillage.exchange.values import words
from maillage.exchange.values.dates import read_date
from maillage.exchange.values.identifiers import Numbers, read_activity, read_siren, read_siret
from maillage.exchange.values.numbers import read_whole
from maillage.exchange.values.people import is_absent, read_email, read_headcount, read_phone
from maillage.exchange.values.reading import Problem
from maillage.organisations.models import Contact

MOST_TABLES = 99


@dataclass(slots=True)
class ParticipantLine:
    """What one row says of a company, of a person, and of their part in the workshop. Empty is unknown."""

    number: int
    name: str
    siret: str | None
    siren: str | None
    address: str
    place: Place | None
    activity: str
    headcount: str
    profile: str
    notes: str
    contact: str
    function: str
    email: str
    phone: str
    source: str
    shares_contact: bool | None
    accepts_mailings: bool | None
    status: str
    registered_on: date | None
    motivation: str
    table: int | None


def read_participant(reader: RowReader, knowledge: Knowledge) -> ParticipantLine:
    """Read a row; the faults met stay in the reader."""
    name = reader.text("company", 160)
    if not name or is_absent(name):
        reader.fault("company", Problem("company_missing", is_blocking=True))
    numbers = reader.read("siret", read_siret) or Numbers(None, None)
    return ParticipantLine(
        number=reader.row.number,
        name=name,
        siret=numbers.siret,
        siren=numbers.siren or reader.read("siren", read_siren),
        address=reader.text("address", 200),
        place=_place(reader, knowledge),
        activity=reader.read("activity", read_activity, _Lazy(knowledge)) or "",
        headcount=reader.read("headcount", read_headcount) or "",
        profile=reader.read("profile", words.read_choice, words.PROFILES, "profile_unknown") or "",
        notes=reader.text("notes", 2000),
        contact=_person(reader),
        function=_function(reader),
        email=reader.read("email", read_email) or "",
        phone=reader.read("phone", read_phone) or "",
        source=reader.text("source", 160),
        shares_contact=reader.read("share_consent", words.read_yes, "consent_unclear"),
        accepts_mailings=reader.read("mailing_consent", words.read_yes, "consent_unclear"),
        status=reader.read("status", words.read_choice, words.STATUSES, "status_unknown") or "",
        registered_on=reader.read("registered_on", read_date),
        motivation=reader.text("motivation", 300),
        table=reader.read("table", read_whole, most=MOST_TABLES),
    )


class _Lazy:
    """The NAF codes, loaded at the first question: many files hold none."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge

    def __contains__(self, code: object) -> bool:
        return code in self._knowledge.activities


def _place(reader: RowReader, knowledge: Knowledge) -> Place | None:
    name, postal_code, insee = reader.raw("commune"), reader.raw("postal_code"), reader.raw("insee")
    if not (name or postal_code or insee) or is_absent(name):
        return None
    reading = knowledge.gazetteer.find(name, postal_code, insee)
    if reading.problem:
        reader.fault("commune" if name else "postal_code", reading.problem)
    return reading.value


def _person(reader: RowReader) -> str:
    """The name of the person, first name first."""
    parts = [reader.text("first_name", 80), reader.text("contact", 160)]
    name = " ".join(part for part in parts if part and not is_absent(part))
    return name[:160]


def _function(reader: RowReader) -> str:
    """What the person does, among the few functions kept; a function of another name is « other »."""
    text = fold(reader.raw("function")).replace("’", "'")
    return words.lookup(text, words.FUNCTIONS) or (Contact.Function.OTHER if text else "")
