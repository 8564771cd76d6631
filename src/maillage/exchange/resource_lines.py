"""A row of the list of resources, read cell by cell: one card, or one for each side that the row names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.common.text import fold
from maillage.exchange.knowledge import Knowledge
from maillage.exchange.rows import RowReader
from maillage.exchange.values import words
from maillage.exchange.values.dates import read_date
from maillage.exchange.values.identifiers import Numbers, read_siret, read_waste_code
from maillage.exchange.values.numbers import measure, read_money, read_quantity, read_whole
from maillage.exchange.values.people import is_absent
from maillage.exchange.values.reading import Problem
from maillage.matching.reading import understand, understand_period, understand_unit
from maillage.resources.nomenclature import Confidentiality, Direction, Unit

MOST_TABLES = 99
MOST_ROUNDS = 20
LONGEST_TEXT = 500
SIDES = {"offer_text": Direction.OFFER, "need_text": Direction.NEED, "pool_text": Direction.POOL}
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_OFFERS = re.compile(
    r"\b(propos\w*|donn\w*|dispo\w*|jet\w*|vend\w*|ced\w*|surplus|exceden\w*|offr\w*|offer\w*|have|give|sell\w*"
    r"|available|spare|a recuperer|debarr\w*|rejet\w*|evacu\w*|pret\w*|lou\w*)\b"
)


@dataclass(slots=True)
class ResourceLine:
    """What one row says of one card. Empty is unknown."""

    number: int
    field: str
    company: str
    siret: str | None
    siren: str | None
    place: str
    direction: str
    text: str
    title: str
    category: str
    synergy_type: str
    quantity: Decimal | None
    unit: str
    period: str
    regularity: str
    is_hazardous: bool
    available_from: date | None
    available_to: date | None
    waste_code: str
    current_outcome: str
    cost: Decimal | None
    confidentiality: str
    table: int | None
    round: int | None


def read_resources(reader: RowReader, knowledge: Knowledge) -> list[ResourceLine]:
    """Read a row; the faults met stay in the reader."""
    company = reader.text("company", 160)
    numbers = reader.read("siret", read_siret) or Numbers(None, None)
    if (not company or is_absent(company)) and not (numbers.siret or numbers.siren) and not reader.raw("siret"):
        reader.fault("company", Problem("company_missing", is_blocking=True))
    said = _said(reader)
    if not said:
        field = next(iter(reader.mapping.keys() & {"text", *SIDES}), "text")
        reader.fault("text" if "text" in reader.mapping else field, Problem("text_missing", is_blocking=True))
        return []
    shared = _shared(reader, knowledge, numbers, company)
    return [_line(reader, field, direction, text, shared) for field, direction, text in said]


def _said(reader: RowReader) -> list[tuple[str, str, str]]:
    """The cards of a row: the field of each, its side, its text."""
    found = []
    if text := _text(reader, "text"):
        found.append(("text", _direction(reader, text), text))
    for field, direction in SIDES.items():
        if text := _text(reader, field):
            found.append((field, direction.value, text))
    return found


def _text(reader: RowReader, field: str) -> str:
    text = reader.raw(field)
    if not text or is_absent(text):
        return ""
    details = reader.raw("details")
    return text if not details or fold(details) in fold(text) else f"{text}, {details}"


def _direction(reader: RowReader, text: str) -> str:
    """The side that its column says; else the one that the line says; else an offer, and it is said."""
    if reader.raw("direction"):
        return reader.read("direction", words.read_choice, words.DIRECTIONS, "side_unknown", is_blocking=True) or ""
    direction = understand(text)["direction"]
    if direction == Direction.OFFER and not _OFFERS.search(fold(text)):
        if "direction" in reader.mapping:
            reader.fault("direction", Problem("side_missing", is_blocking=True))
        else:
            reader.fault("text", Problem("side_guessed"))
    return direction


def _shared(reader: RowReader, knowledge: Knowledge, numbers: Numbers, company: str) -> dict:
    """What all the cards of a row have in common."""
    starts, ends = reader.read("available_from", read_date), reader.read("available_to", read_date)
    if starts and ends and ends <= starts:
        reader.fault("available_to", Problem("dates_reversed"))
        starts = ends = None
    return {
        "number": reader.row.number,
        "company": "" if is_absent(company) else company,
        "siret": numbers.siret,
        "siren": numbers.siren,
        "place": _place(reader, knowledge),
        "available_from": starts,
        "available_to": ends,
        "waste_code": reader.read("waste_code", read_waste_code, knowledge.waste_codes) or ""
        if reader.raw("waste_code")
        else "",
        "current_outcome": reader.text("current_outcome", 200),
        "cost": reader.read("cost", read_money),
        "confidentiality": _confidentiality(reader),
        "table": reader.read("table", read_whole, most=MOST_TABLES),
        "round": reader.read("round", read_whole, most=MOST_ROUNDS),
    }


def _place(reader: RowReader, knowledge: Knowledge) -> str:
    """The commune, only to tell two companies of one name apart: one that is not found is no fault of a resource."""
    name = reader.raw("commune")
    place = knowledge.gazetteer.find(name).value if name else None
    return place.code if place else ""


def _confidentiality(reader: RowReader) -> str:
    """Who sees the card. What is not understood is kept from everybody but the practitioner."""
    if not reader.raw("confidentiality"):
        return Confidentiality.PROGRAMME.value
    level = reader.read("confidentiality", words.read_choice, words.CONFIDENTIALITIES, "confidentiality_unknown")
    return level or Confidentiality.PRACTITIONER.value


def _line(reader: RowReader, field: str, direction: str, text: str, shared: dict) -> ResourceLine:
    if len(text) > LONGEST_TEXT:
        reader.fault(field, Problem("too_long", details={"most": LONGEST_TEXT}))
        text = text[:LONGEST_TEXT]
    understood = understand(text, direction or None)
    quantity, unit, period = _amount(reader, text, understood)
    category = reader.read("category", words.read_choice, words.CATEGORIES, "category_unknown")
    regularity = reader.read("regularity", words.read_choice, words.REGULARITIES, "regularity_unknown")
    return ResourceLine(
        field=field,
        direction=direction,
        text=text,
        title=understood["title"] or text[:160],
        category=category or understood["category"],
        synergy_type=understood["synergy_type"] or "",
        quantity=quantity,
        unit=unit,
        period=period,
        regularity=regularity or understood["regularity"] or "",
        is_hazardous=bool(understood["is_hazardous"]),
        **shared,
    )


def _amount(reader: RowReader, text: str, understood: dict) -> tuple[Decimal | None, str, str]:
    """The amount of the columns, completed by their headings, by the line, and at last counted in units."""
    measured = reader.read("quantity", read_quantity)
    period = _period(reader)
    if measured is None:
        said = understood["quantity"], understood["unit"], period or understood["period"]
        return said if reader.raw("quantity") == "" else (None, "", period)
    unit = reader.raw("unit")
    known = words.UNITS.get(fold(unit)) or understand_unit(unit) if unit else ""
    if unit and not known:
        reader.fault("unit", Problem("unit_unknown"))
        return None, "", period
    of_heading = _of_heading(reader)
    from_text = understand(f"{measured.number} {text}")
    unit = known or measured.unit or of_heading[0] or from_text["unit"] or Unit.UNIT.value
    return measured.number, unit, period or measured.period or of_heading[1] or understood["period"] or ""


def _period(reader: RowReader) -> str:
    word = fold(reader.raw("period"))
    if not word:
        return ""
    if period := words.lookup(word, words.PERIODS) or understand_period(word):
        return period
    reader.fault("period", Problem("period_unknown"))
    return ""


def _of_heading(reader: RowReader) -> tuple[str, str]:
    """The unit and the period that the heading of the quantities names: « Quantité (t/an) »."""
    heading = reader.headings[reader.mapping["quantity"]]
    found = _BRACKETS.search(heading)
    return measure(found[1]) if found else ("", "annuel" in fold(heading) and "YEAR" or "")
