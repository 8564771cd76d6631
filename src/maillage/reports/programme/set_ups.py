"""Table 5: with whom, where and under what constraints each region works."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from maillage.common.numbers import number_in_words as number
from maillage.common.text import slug
from maillage.reports.programme.facts import Facts
from maillage.reports.programme.parts import Note, Part, regions
from maillage.reports.tables import Column, Table
from maillage.territories.models import Role


def table_5(facts: Facts) -> Part:
    columns = (
        Column("region", _("Region")),
        Column("fte", _("Practitioners, full-time equivalents"), "number"),
        Column("practitioners", _("Practitioners"), "number"),
        Column("coordination_fte", _("Coordination, full-time equivalents"), "number"),
        Column("means", _("Means deployed")),
        Column("perimeter", _("Perimeter")),
        Column("choice", _("Choice of the territories")),
        Column("constraints", _("Outside constraints")),
    )
    rows = []
    for region in facts.regions:
        posts = facts.posts[region.pk]
        rows.append(
            {
                "key": slug(region.name),
                "region": region.name,
                "fte": _fte(posts[Role.PRACTITIONER]),
                "practitioners": len({mandate.user_id for mandate in posts[Role.PRACTITIONER]}),
                "coordination_fte": _fte(posts[Role.REGIONAL_COORDINATOR]),
                "means": region.means_note,
                "perimeter": region.perimeter_note,
                "choice": region.choice_note,
                "constraints": region.constraints_note,
            }
        )
    total = sum((row["fte"] for row in rows), Decimal(0))
    return Part(
        key="table_5",
        kicker=_("Table 5"),
        heading=_("%(fte)s full-time equivalents of practitioners in %(regions)s")
        % {"fte": number(total), "regions": regions(len(rows))},
        table=Table("table_5", _("Table 5. Regional set-ups"), columns, rows),
        sentence=_range(rows),
        notes=(
            Note(
                _("Counted from the mandates."),
                _("Full-time equivalents are those of the mandates in force on the day when the programme is seen."),
            ),
        ),
        chart="set_ups",
    )


def _range(rows) -> str:
    if len(rows) < 2:
        return ""
    least, most = min(rows, key=lambda row: row["fte"]), max(rows, key=lambda row: row["fte"])
    return _("The means differ: from %(least)s in %(low)s to %(most)s in %(high)s.") % {
        "least": number(least["fte"]),
        "low": least["region"],
        "most": number(most["fte"]),
        "high": most["region"],
    }


def _fte(mandates) -> Decimal:
    return sum((mandate.fte for mandate in mandates), Decimal(0))
