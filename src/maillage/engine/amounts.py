"""Read an amount in a line: a number, its unit, its period, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from maillage.engine import knowledge

Span = tuple[int, int]

_NUMBER = r"\d{1,3}(?:[ .']\d{3})+(?:,\d+)?(?![\d])|\d+(?:[.,]\d+)?"
_ABOUT = r"(?:~ ?|± ?|environ |env\.? |about |approx\.? |around |up to |jusqu'a |de l'ordre de |\bx ?(?=\d))?"
_PER = r"(?:/ ?|par |per |an? |each |chaque |tou(?:te)?s les |every )"
# What a number measures without being an amount: a size, a share, a temperature, a standard, a waste code.
_MEASURES = re.compile(
    r"\d+(?:[.,]\d+)? ?x ?\d+(?:[.,]\d+)?(?: ?x ?\d+(?:[.,]\d+)?)?(?: ?(?:cm|mm|m)\b)?"
    r"|\d+(?:[.,]\d+)?(?: ?(?:-|a) ?\d+(?:[.,]\d+)?)? ?"
    r"(?:cm|mm|ml|cl|µm|km|kw|kva|kwc|mw|°c?|%|€|eur|euros|bars?|v|mm2|dn)(?!\w)"
    r"|\b\d{2} \d{2} \d{2}\b\*?"
    r"|\b(?:iso|naf|un|en|nf|n°|a[345]|depuis|since) ?\d{2,}\b"
)
_FREQUENCY = rf"\b\d+ ?(?:x|fois|times?|jours?|j|days?) ?{_PER}?(?:{{periods}})(?![a-z])"
_VAGUE = re.compile(
    r"\b(?:qqs?|quelques|plusieurs|several|a few|few|des) (?:dizaine|centaine|millier|dozen|hundred|thousand)s?\b"
)
_MULTIPLES = {"mille": 1e3, "millier": 1e3, "milliers": 1e3, "million": 1e6, "millions": 1e6}
# Units of which one has so many rather than so many at a time.
_STANDING = {"m2"}
# A period that needs no « par » before it: « mensuel », « yearly ».
_ADJECTIVE = re.compile(r"(?:els?|elles?|ly|ment|daires?|hebdo)$")
_ENGLISH = re.compile(r"\b(?:of|per|the|for|we|our|year|month|week|need|looking|available|and)\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read, in the units and periods of the nomenclature, and where it stood in the line."""

    quantity: float | None = None
    unit: str = ""
    period: str = ""
    is_repeated: bool = False
    spans: tuple[Span, ...] = ()


def read_amount(folded: str) -> Amount:
    """Read the amount of a folded line. An amount without a period happens once, unless one simply has it."""
    patterns = _patterns()
    hidden = _mask(folded, (match.span() for match in _MEASURES.finditer(folded)))
    period, times, period_span = _period(hidden, patterns)
    if frequency := patterns["frequency"].search(hidden):
        return Amount(is_repeated=True, spans=(frequency.span(),))
    if vague := _VAGUE.search(hidden):
        return Amount(period=period, is_repeated=bool(period), spans=(vague.span(), *period_span))
    without_period = _mask(hidden, period_span)
    found = patterns["measured"].search(without_period) or patterns["counted"].search(without_period)
    if not found:
        return Amount(is_repeated=bool(period), spans=tuple(period_span))
    said = knowledge.units().get(found.groupdict().get("unit") or "u")
    assert said is not None  # the pattern is made of these very words
    end = found.start("unit") if said.is_noun else found.end()
    return Amount(
        quantity=round(_value(found, folded) * said.factor * times, 6),
        unit=said.unit,
        period=period or ("" if said.unit in _STANDING else "ONCE"),
        is_repeated=bool(period),
        spans=((found.start(), end), *period_span),
    )


def unit_of(word: str) -> str:
    """Return the code of a unit written alone, as in a column of a spreadsheet; empty when it is not one."""
    word = word.strip().rstrip(".")
    columns = {"palette": "pallet", "palettes": "pallet", "pallet": "pallet", "pallets": "pallet", "kw": "kW"}
    columns |= {"jour": "day", "jours": "day", "day": "day", "days": "day", "etp": "FTE", "fte": "FTE", "km": "km"}
    columns |= {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR"}
    if word in columns:
        return columns[word]
    said = knowledge.units().get(word)
    return said.unit if said and said.factor == 1 else ""


def period_of(word: str) -> str:
    """Return the code of a period written alone; empty when it is not one the nomenclature has."""
    word = re.sub(rf"^{_PER}", "", word.strip().rstrip("."))
    if word in {"une fois", "ponctuel", "once", "one-off", "unique"}:
        return "ONCE"
    said = knowledge.periods().get(word)
    return said.period if said and said.times == 1 else ""


def _value(found: re.Match[str], folded: str) -> float:
    groups = found.groupdict()
    low = _number(groups["number"], folded)
    high = _number(groups["upper"], folded) if groups.get("upper") else low
    return (low + high) / 2 * _MULTIPLES.get(groups.get("multiple") or "", 1)


def _number(text: str, line: str) -> float:
    """Read a number; a comma before three digits parts thousands in an English line, decimals in a French one."""
    if text in knowledge.numbers():
        return knowledge.numbers()[text]
    if re.fullmatch(r"\d{1,3}(?:[ .']\d{3})+(?:,\d+)?", text):
        text = re.sub(r"[ .']", "", text)
    elif re.fullmatch(r"[1-9]\d{0,2},\d{3}", text) and _ENGLISH.search(line):
        text = text.replace(",", "")
    return float(text.replace(",", "."))


def _period(hidden: str, patterns: dict[str, re.Pattern[str]]) -> tuple[str, float, list[Span]]:
    for name in ("period_after_unit", "period", "adjective"):
        if found := patterns[name].search(hidden):
            said = knowledge.periods()[found["period"]]
            return said.period, said.times, [found.span("whole")]
    return "", 1.0, []


def _mask(text: str, spans: Iterable[Span]) -> str:
    """Hide parts of a line without moving the rest."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def alternatives(phrases: Iterable[str]) -> str:
    """Make a pattern that takes the longest of these phrases."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    periods = alternatives(knowledge.periods())
    adjectives = alternatives(filter(_ADJECTIVE.search, knowledge.periods()))
    units = alternatives(knowledge.units())
    number_words = alternatives(word for word in knowledge.numbers() if word not in {"un", "une", "one"})
    number = rf"(?P<number>{_NUMBER}|\b(?:{number_words})\b)"
    upper = rf"(?: ?(?:-|a|to|et|and) ?(?P<upper>{_NUMBER}))?"
    multiple = rf"(?: ?(?P<multiple>{alternatives(_MULTIPLES)})\b)?"
    start = rf"(?<![\w.,]){_ABOUT}(?:(?:entre|between) )?"
    # « de » joins a number word to its unit: « une quinzaine de tonnes ».
    joined = r" ?(?:d'|de |of )?"
    return {
        "measured": re.compile(rf"{start}{number}{upper}{multiple}{joined}(?P<unit>{units})(?![a-z0-9²³])"),
        "counted": re.compile(rf"{start}{number}{upper}{multiple}(?![\w%°])(?!,\d)"),
        "period_after_unit": re.compile(
            rf"(?:{_NUMBER}) ?(?:{units})(?P<whole> ?(?:{_PER}|(?=[a-z]{{2}}))(?P<period>{periods})(?![a-z']))"
        ),
        "period": re.compile(rf"(?P<whole>(?:(?<![a-z])|(?=/)){_PER}(?P<period>{periods})(?![a-z]))"),
        "adjective": re.compile(rf"(?P<whole>(?<![a-z])(?P<period>{adjectives})(?![a-z]))"),
        "frequency": re.compile(_FREQUENCY.format(periods=periods)),
    }
