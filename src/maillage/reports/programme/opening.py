"""How the report opens: its title, its first sentences, its large numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from maillage.common.numbers import number_in_words as number
from maillage.reports.programme.facts import Facts
from maillage.reports.programme.parts import Part, day_in_words, months, regions, synergies, workshops


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number: its row in the summary, what is written, the words under it."""

    row: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Opening:
    kicker: str
    title: str
    lead: str
    figures: tuple[Figure, ...]


def opening(facts: Facts, summary: Part) -> Opening:
    programme, day, region = facts.population.programme, facts.population.day, facts.population.region
    place = f"{programme.name}, {region.name}" if region else programme.name
    seen = _("%(programme)s, as seen on %(day)s") % {"programme": place, "day": day_in_words(day)}
    companies = facts.attending_companies
    title = (
        ngettext("What %(n)s company did", "What %(n)s companies did together", companies) % {"n": number(companies)}
        if companies
        else _("What the programme will show")
    )
    return Opening(seen, title, " ".join(_lead(facts)), _figures(summary))


def _lead(facts: Facts) -> list[str]:
    if not facts.workshops and not facts.followed_total:
        return [_("Nothing has been recorded yet: the numbers will come with the first workshop.")]
    where = len({workshop.territory.region_id for workshop in facts.workshops})
    sentences = [
        _("%(workshops)s in %(regions)s.") % {"workshops": workshops(len(facts.workshops)), "regions": regions(where)}
    ]
    if facts.followed_total:
        sentences.append(
            _("Of %(followed)s followed, %(finalised)s are finalised and %(open)s still on their way.")
            % {
                "followed": synergies(facts.followed_total),
                "finalised": number(facts.finalised_total),
                "open": number(facts.live_total - facts.finalised_total),
            }
        )
    known = list(facts.follow_up.values())
    if known and min(known) < max(known):
        sentences.append(
            _("Follow-up has lasted from %(least)s to %(months)s: no figure is to be read without it.")
            % {"least": number(min(known)), "months": months(max(known))}
        )
    return sentences


def _figures(summary: Part) -> tuple[Figure, ...]:
    words = {
        "workshops": npgettext("large number", "workshop", "workshops", _count(summary, "workshops")),
        "participations": ngettext(
            "participation, %(mean)s per workshop",
            "participations, %(mean)s per workshop",
            _count(summary, "participations"),
        ),
        "resources": ngettext(
            "resource, %(mean)s per workshop", "resources, %(mean)s per workshop", _count(summary, "resources")
        ),
        "potential_synergies": ngettext(
            "potential synergy, %(mean)s per workshop",
            "potential synergies, %(mean)s per workshop",
            _count(summary, "potential_synergies"),
        ),
        "followed": ngettext(
            "followed, %(mean)s per workshop", "followed, %(mean)s per workshop", _count(summary, "followed")
        ),
        "finalised": ngettext(
            "finalised, %(mean)s per workshop", "finalised, %(mean)s per workshop", _count(summary, "finalised")
        ),
    }
    return tuple(
        Figure(row, number(_count(summary, row)), text % {"mean": number(summary.rows[row]["mean"] or 0)})
        for row, text in words.items()
    )


def _count(summary: Part, row: str) -> int:
    return summary.rows[row]["total"]
