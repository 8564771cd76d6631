"""What can be wrong in a row, in plain words, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Reason(NamedTuple):
    """The sentence that says what is wrong, and the one that says what to do when no better value is known."""

    text: object
    advice: object


def _reason(text: object, advice: object) -> Reason:
    return Reason(text, advice)


_COPY_SIRET = gettext_lazy("Copy the 14 digits from an invoice of the company, in a cell formatted as text.")
_EMPTY = gettext_lazy("Correct the cell, or fill this in later: the row goes in without it.")

REASONS: dict[str, Reason] = {
    "company_missing": _reason(
        gettext_lazy("This row does not say which company it is about."),
        gettext_lazy("Write the name of the company in this row."),
    ),
    "company_unknown": _reason(
        gettext_lazy("This company is not among the participants nor in the directory of the territory."),
        gettext_lazy("Add the company to the participants first, or write its name as it stands there."),
    ),
    "company_ambiguous": _reason(
        gettext_lazy("Several companies of the directory bear this name."),
        gettext_lazy("Add the SIRET or the commune of the company."),
    ),
    "siret_letters": _reason(
        gettext_lazy("A SIRET is made of 14 digits; this cell holds something else."), _COPY_SIRET
    ),
    "siret_length": _reason(gettext_lazy("A SIRET has 14 digits; this one has %(count)s."), _COPY_SIRET),
    "siret_wrong": _reason(
        gettext_lazy("This SIRET does not exist: one of its digits is wrong, or two were swapped."), _COPY_SIRET
    ),
    "siret_rounded": _reason(
        gettext_lazy("The spreadsheet program rounded this SIRET and its last digits are lost."), _COPY_SIRET
    ),
    "siret_zero": _reason(
        gettext_lazy("The spreadsheet program dropped the first zero of this SIRET; it was put back."),
        gettext_lazy("Format the cell as text."),
    ),
    "siren_only": _reason(
        gettext_lazy("This is a SIREN: it names the company, not the site."),
        gettext_lazy("Write the 14 digits of the SIRET to name the site; the row goes in with the SIREN."),
    ),
    "siret_other_company": _reason(
        gettext_lazy("Row %(row)s gives the same SIRET to another company, “%(name)s”."), _COPY_SIRET
    ),
    "siret_known_otherwise": _reason(
        gettext_lazy("The directory knows this SIRET under another name, “%(known)s”, which was kept."),
        gettext_lazy("Check that it is the same company."),
    ),
    "kept": _reason(
        gettext_lazy("Another value is already known, “%(known)s”: it was kept."),
        gettext_lazy("If the new one is right, change it on the page of the company."),
    ),
    "duplicate_row": _reason(
        gettext_lazy("This row says the same thing as row %(row)s."), gettext_lazy("Remove one of the two.")
    ),
    "unknown_commune": _reason(gettext_lazy("This commune was not found."), _EMPTY),
    "ambiguous_commune": _reason(
        gettext_lazy("Several communes bear this name; the one shown was taken."),
        gettext_lazy("Add the postal code of the commune."),
    ),
    "commune_elsewhere": _reason(
        gettext_lazy("The postal code is not one of this commune; the commune was believed."),
        gettext_lazy("Correct the postal code or the commune."),
    ),
    "unknown_activity": _reason(
        gettext_lazy("This is not a NAF code of 2008, such as 10.20Z; the activity was left empty."), _EMPTY
    ),
    "headcount_unclear": _reason(
        gettext_lazy("This headcount is not a number nor a range; it was left empty."),
        gettext_lazy("Write a number, such as 35, or a range, such as 20-49."),
    ),
    "headcount_date": _reason(
        gettext_lazy("The spreadsheet program turned this headcount into a date; it was left empty."),
        gettext_lazy("Write the range with a word, such as 10 to 19, or format the cell as text."),
    ),
    "email_wrong": _reason(gettext_lazy("This is not an e-mail address; it was left empty."), _EMPTY),
    "several_emails": _reason(
        gettext_lazy("This cell holds several addresses; the first one was taken."),
        gettext_lazy("Write one address in each row."),
    ),
    "phone_wrong": _reason(gettext_lazy("This is not a telephone number; it was left empty."), _EMPTY),
    "status_unknown": _reason(
        gettext_lazy("This does not say whether the company is registered or came; it was taken as registered."),
        gettext_lazy("Write one of: registered, came, did not come, cancelled, invited, waiting list."),
    ),
    "profile_unknown": _reason(gettext_lazy("This kind of company is not known; it was left empty."), _EMPTY),
    "consent_unclear": _reason(
        gettext_lazy("This is neither a yes nor a no; no agreement was recorded."), gettext_lazy("Write yes or no.")
    ),
    "text_missing": _reason(
        gettext_lazy("This row does not say which resource it is about."),
        gettext_lazy("Write the resource in one line, as the company says it."),
    ),
    "side_missing": _reason(
        gettext_lazy("Nothing says whether this is an offer, a need, or something to pool."),
        gettext_lazy("Write “offer”, “need” or “to pool” in this row."),
    ),
    "side_guessed": _reason(
        gettext_lazy("Nothing says whether this is an offer or a need; it was taken as an offer."),
        gettext_lazy("Write “offer”, “need” or “to pool” in a column of its own."),
    ),
    "side_unknown": _reason(
        gettext_lazy("This is none of: offer, need, to pool."),
        gettext_lazy("Write “offer”, “need” or “to pool” in this cell."),
    ),
    "category_unknown": _reason(
        gettext_lazy("This category is not known; the one read from the line was taken."), _EMPTY
    ),
    "unit_unknown": _reason(
        gettext_lazy("This unit is not known; the quantity was left empty."),
        gettext_lazy("Write a unit such as t, kg, m3, L, pallets, m2, h or MWh."),
    ),
    "period_unknown": _reason(
        gettext_lazy("This period is not known; it was left empty."),
        gettext_lazy("Write one of: day, week, month, year, once."),
    ),
    "regularity_unknown": _reason(
        gettext_lazy("This regularity is not known; it was left empty."),
        gettext_lazy("Write one of: one-off, regular, seasonal, stock."),
    ),
    "confidentiality_unknown": _reason(
        gettext_lazy("This level of confidentiality is not known; only the practitioner will see the card."),
        gettext_lazy("Write one of: programme, region, territory, partners, practitioner."),
    ),
    "not_a_number": _reason(
        gettext_lazy("This is not a number; it was left empty."), gettext_lazy("Write a number, such as 12,5.")
    ),
    "not_positive": _reason(
        gettext_lazy("A quantity is greater than zero; it was left empty."),
        gettext_lazy("Write a number, such as 12,5."),
    ),
    "range": _reason(
        gettext_lazy("This is a range; the number in its middle was taken."),
        gettext_lazy("Write the likeliest number."),
    ),
    "unclear_number": _reason(
        gettext_lazy("This number can be read in two ways; the separator was taken for the decimal mark."),
        gettext_lazy("Write it without a separator between the thousands."),
    ),
    "not_a_small_number": _reason(
        gettext_lazy("This is not a number from 1 to %(most)s; it was left empty."),
        gettext_lazy("Write a number alone."),
    ),
    "not_a_date": _reason(
        gettext_lazy("This is not a date; it was left empty."), gettext_lazy("Write a date such as 10/12/2026.")
    ),
    "month_first": _reason(
        gettext_lazy("This date has no thirteenth month: the month was taken first."),
        gettext_lazy("Write the day first."),
    ),
    "dates_reversed": _reason(
        gettext_lazy("The availability ends before it starts; both dates were left empty."),
        gettext_lazy("Put the two dates in order."),
    ),
    "unknown_waste_code": _reason(
        gettext_lazy("This code is not in the European List of Waste; it was left empty."), _EMPTY
    ),
    "too_long": _reason(
        gettext_lazy("This text is longer than %(most)s characters; its end was cut."),
        gettext_lazy("Shorten it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one row: where, what, why, and what to write instead."""

    row: int
    column: str
    value: str
    reason: str
    proposal: str = ""
    is_blocking: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Why, in the language of the reader."""
        return sentence(self.reason, self.details)

    @property
    def advice(self) -> str:
        """What to write instead, in the language of the reader."""
        return advice(self.reason, self.proposal)


def sentence(reason: str, details: Mapping[str, Any]) -> str:
    """Say a reason in the language in force."""
    return str(REASONS[reason].text) % details


def advice(reason: str, proposal: str) -> str:
    """Say what to write instead: the value known to be right, or what to do."""
    return _("Write “%(proposal)s”.") % {"proposal": proposal} if proposal else str(REASONS[reason].advice)
