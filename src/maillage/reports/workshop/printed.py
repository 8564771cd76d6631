"""Set the collective report and the report of each company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import formats, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.common.numbers import number_in_words
from maillage.common.text import slug
from maillage.matching.models import Proposal
from maillage.matching.reasons import sentences
from maillage.organisations.models import Company
from maillage.reports.typesetting import typeset
from maillage.reports.workshop.gather import WorkshopRecords, companies_of, is_shared
from maillage.resources.models import Resource
from maillage.resources.nomenclature import Category, Direction, SynergyType
from maillage.resources.wording import quantity_in_words
from maillage.synergies.models import PotentialSynergy

#: How many proposals a printed report shows, the best; the workbook has them all.
PRINTED_PROPOSALS = 20


def collective_pdf(records: WorkshopRecords, *, language: str) -> bytes:
    """Set the report of the whole room: who came, what was said, what was seen, what nobody wants yet."""
    with translation.override(language):
        return typeset("collective", _collective(records), language=language)


def individual_pdf(records: WorkshopRecords, company: Company, *, language: str) -> bytes:
    """Set the report of one company: its cards, its possible partners, who to call next."""
    with translation.override(language):
        return typeset("individual", _individual(records, company), language=language)


def individual_pdfs(records: WorkshopRecords, *, language: str) -> Iterator[tuple[str, bytes]]:
    """Set the report of every company, each under a name of its own."""
    taken: set[str] = set()
    for company in companies_of(records):
        yield file_name(company, taken), individual_pdf(records, company, language=language)


def file_name(company: Company, taken: set[str]) -> str:
    """A name for the company's file that no other of the set bears."""
    base = name = slug(company.name)
    rank = 2
    while name in taken:
        name, rank = f"{base}-{rank}", rank + 1
    taken.add(name)
    return f"{name}.pdf"


def _collective(records: WorkshopRecords) -> dict:
    sides = [
        {
            "side": side.value,
            "word": capfirst(side.label),
            "title": _SIDE_TITLES[side](),
            "classes": _by_class(card for card in records.shared_cards if card.direction == side),
        }
        for side in (Direction.OFFER, Direction.NEED, Direction.POOL)
    ]
    return {
        **_furniture(records, _("Report of the workshop")),
        "lead": _lead(records),
        "figures": [
            [str(len(records.participations)), _("companies")],
            [str(len(records.cards)), _("resources")],
            [str(len(records.potentials)), _("potential synergies")],
            [str(len(records.proposals)), _("proposals")],
        ],
        "participants": [
            [
                participation.site.company.name,
                _activity(participation.site.company),
                participation.site.commune.name if participation.site.commune else "",
            ]
            for participation in records.participations
        ],
        "sides": [side for side in sides if side["classes"]],
        "potentials": _seen_in_the_room(records.shared_potentials),
        "proposals": [_pair(pair, pair.left) for pair in records.shared_proposals[:PRINTED_PROPOSALS]],
        "wanted": [[card.title, card.site.company.name, str(count)] for card, count in records.most_wanted()],
        "orphans": [_card(card) for card in records.without_taker()],
        "next_steps": _next_steps(records),
        "words": {
            "participants": _("Who was there"),
            "company": _("Company"),
            "activity": _("Activity"),
            "commune": _("Commune"),
            "potentials": _("Potential synergies"),
            "proposals": _("Proposals worth a look"),
            "wanted": _("What several want"),
            "wanted_count": _("Asked for"),
            "resource": _("Resource"),
            "orphans": _("Who wants it?"),
            "orphans_say": _("Nobody asked for these offers yet. If one of them speaks to you, say so."),
            "next": _("What comes next"),
        },
    }


def _individual(records: WorkshopRecords, company: Company) -> dict:
    cards = records.cards_of_company.get(company.pk, [])
    pairs = records.open_proposals_of(company)
    seen = records.potentials_of_company.get(company.pk, [])
    return {
        **_furniture(records, company.name),
        "lead": _individual_lead(len(cards), len(seen), len(pairs)),
        "cards": [_card(card) for card in cards],
        "potentials": [_partner(records, potential, company) for potential in seen],
        "proposals": [
            _pair(pair, pair.left if pair.left.site.company_id == company.pk else pair.right)
            for pair in pairs[:PRINTED_PROPOSALS]
        ],
        "others": _others(len(pairs) - PRINTED_PROPOSALS),
        "next_steps": _next_steps(records),
        "words": {
            "cards": _("What you said"),
            "no_card": _("No resource of yours was noted. Two lines are enough: tell your practitioner."),
            "potentials": _("Seen together at the workshop"),
            "proposals": _("Possible partners"),
            "no_partner": _("No partner yet. Your resources stay in the base, and new ones are compared with them."),
            "next": _("What comes next"),
        },
    }


def _furniture(records: WorkshopRecords, title: str) -> dict:
    workshop = records.workshop
    day = _day(workshop.held_on)
    return {
        "title": title,
        "letterhead": [*_structures(records), workshop.territory.region.name],
        "kicker": " · ".join(dict.fromkeys((workshop.territory.programme.name, workshop.title))),
        "running": f"{workshop.title}, {day}",
        "page": _("page"),
        "where": _("%(place)s, %(day)s") % {"place": workshop.place, "day": day},
    }


def _structures(records: WorkshopRecords) -> list[str]:
    """The bodies that carry the practitioners of the territory: they sign the report."""
    return list(dict.fromkeys(mandate.structure.name for mandate in records.practitioners if mandate.structure))


def _lead(records: WorkshopRecords) -> str:
    companies, cards = len(records.participations), len(records.cards)
    met = ngettext("%(n)s company came.", "%(n)s companies came.", companies) % {"n": companies}
    said = ngettext("%(n)s resource was said.", "%(n)s resources were said.", cards) % {"n": cards}
    return f"{met} {said}"


def _individual_lead(cards: int, seen: int, proposed: int) -> str:
    said = ngettext("You said %(n)s resource.", "You said %(n)s resources.", cards) % {"n": cards}
    leads = seen + proposed
    if not leads:
        return said
    return (
        said
        + " "
        + ngettext(
            "We found %(n)s lead for you; here is which, and why.",
            "We found %(n)s leads for you; here is which, and why.",
            leads,
        )
        % {"n": leads}
    )


def _others(count: int) -> str:
    """Say that the list goes on elsewhere."""
    if count <= 0:
        return ""
    return ngettext(
        "These are the best. Your practitioner keeps %(n)s other: ask for it.",
        "These are the best. Your practitioner keeps %(n)s others: ask for them.",
        count,
    ) % {"n": number_in_words(count)}


def _card(card: Resource) -> dict:
    return {
        "side": card.direction,
        "word": capfirst(Direction(card.direction).label),
        "title": card.title,
        "quantity": quantity_in_words(card),
        "company": card.site.company.name,
    }


def _pair(pair: Proposal, own: Resource) -> dict:
    """A proposal as read from one of its cards: what the other is, whose, why."""
    other = pair.right if own.pk == pair.left_id else pair.left
    kind = SynergyType(pair.synergy_type).label if pair.synergy_type else ""
    return {"own": _card(own), "other": _card(other), "type": str(kind), "why": sentences(pair)}


def _by_class(cards: Iterable[Resource]) -> list[dict]:
    """The cards of one side under the name of their class, in the order of the classes."""
    grouped: dict[str, list[dict]] = {}
    for card in cards:
        grouped.setdefault(card.category, []).append(_card(card))
    return [
        {"title": capfirst(category.label), "cards": grouped[category]} for category in Category if category in grouped
    ]


def _seen_in_the_room(potentials: Iterable[PotentialSynergy]) -> list[dict]:
    """The potential synergies, those of one title and one type together: who could do it with whom."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for potential in potentials:
        kind = str(SynergyType(potential.synergy_type).label) if potential.synergy_type else ""
        companies = sorted(company.name for company in potential.companies.all())
        grouped.setdefault((potential.title, kind), []).append(", ".join(companies))
    return [{"title": title, "type": kind, "companies": who} for (title, kind), who in grouped.items()]


def _partner(records: WorkshopRecords, potential: PotentialSynergy, company: Company) -> dict:
    """A potential synergy as one of its parties reads it: with whom, and whom to call where that person agreed."""
    others = [other for other in potential.companies.all() if other.pk != company.pk]
    cards = [card for card in (potential.offered, potential.sought) if card and card.site.company_id != company.pk]
    return {
        "title": potential.title if all(is_shared(card) for card in cards) else "",
        "with": ", ".join(sorted(other.name for other in others)),
        "contacts": [
            ", ".join(part for part in (contact.name, contact.email, contact.phone) if part)
            for other in others
            for contact in records.contacts.get(other.pk, [])
        ],
    }


def _next_steps(records: WorkshopRecords) -> list[str]:
    programme = records.workshop.territory.programme
    steps = [
        _("Your practitioner calls you within %(days)s days to see which leads you want to follow.")
        % {"days": programme.follow_up_delay_days},
        _("If a lead interests you now, do not wait: call the company, or ask to be introduced."),
    ]
    for mandate in records.practitioners:
        person = {"name": mandate.user.name, "structure": mandate.structure.name if mandate.structure else ""}
        steps.append(
            _("To reach your practitioner: %(name)s, %(structure)s.") % person
            if mandate.structure
            else _("To reach your practitioner: %(name)s.") % person
        )
    return steps


def _activity(company: Company) -> str:
    if not company.activity:
        return ""
    return company.activity.label_en if translation.get_language() == "en" else company.activity.label_fr


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")


_SIDE_TITLES = {
    Direction.OFFER: lambda: _("What companies offer"),
    Direction.NEED: lambda: _("What companies seek"),
    Direction.POOL: lambda: _("What companies would pool"),
}
