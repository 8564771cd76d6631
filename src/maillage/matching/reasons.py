"""Say the reasons of a proposal in words, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.matching.models import Proposal
from maillage.resources.models import WasteCode
from maillage.resources.nomenclature import Category

Values = Mapping[str, Any]


def sentences(proposal: Proposal) -> list[str]:
    """Return one sentence a reason, the weightiest first; a reason this version does not know is left out."""
    said = (SENTENCES[reason["criterion"]](reason["values"]) for reason in proposal.reasons if _known(reason))
    return [sentence for sentence in said if sentence]


def first_sentence(proposal: Proposal) -> str:
    """Return the weightiest reason in words, or nothing."""
    return next(iter(sentences(proposal)), "")


def _known(reason: Mapping[str, Any]) -> bool:
    return reason.get("criterion") in SENTENCES


def _words(values: Values) -> str:
    words = values["words"][:4]
    return _("Words in common: %(words)s.") % {"words": ", ".join(words)}


def _spelling(values: Values) -> str:
    return _("Nearly the same word: “%(left)s” and “%(right)s”.") % values


def _synonym(values: Values) -> str:
    return _("Two names for the same thing: “%(left)s” and “%(right)s”.") % values


def _route(values: Values) -> str:
    return _("Known route, to be confirmed: “%(left)s” can serve as “%(right)s”.") % values


def _activity(values: Values) -> str:
    return _("What the other company does, “%(right)s”, often uses “%(left)s”.") % values


def _waste_code(values: Values) -> str:
    return _("Same waste code: %(code)s.") % {"code": str(WasteCode(code=values["code"], is_hazardous=False))}


def _category(values: Values) -> str:
    return _("Same class: %(category)s.") % {"category": Category(values["category"]).label}


def _quantity(values: Values) -> str:
    share = round(100 * values["share"])
    if share >= 95:
        return _("The quantities fit each other.")
    if share < 1:
        return _("One quantity is more than a hundred times the other.")
    return _("The smaller quantity covers %(share)s of the larger.") % {"share": _percent(share)}


def _distance(values: Values) -> str:
    if values["km"] < 1:
        return _("Less than 1 km away.")
    return _("%(km)s km away.") % {"km": number_format(round(values["km"]), use_l10n=True, force_grouping=True)}


def _percent(share: int) -> str:
    return f"{share}\N{NARROW NO-BREAK SPACE}%" if get_language() == "fr" else f"{share}%"


SENTENCES: dict[str, Callable[[Values], str]] = {
    "words": _words,
    "spelling": _spelling,
    "synonym": _synonym,
    "route": _route,
    "activity": _activity,
    "waste_code": _waste_code,
    "category": _category,
    "quantity": _quantity,
    "distance": _distance,
}
