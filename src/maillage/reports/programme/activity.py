"""What was done: workshops, companies, cards, potential synergies, and for how long they were followed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from maillage.common.numbers import number_in_words as number
from maillage.common.text import slug
from maillage.reports.programme.facts import Facts
from maillage.reports.programme.parts import TOTAL, Note, Part, companies, day_in_words, months, regions, workshops
from maillage.reports.tables import Column, Table


def summary(facts: Facts) -> Part:
    counts = (
        ("workshops", _("Workshops"), len(facts.workshops)),
        ("participations", _("Participations of companies"), facts.participations.total()),
        ("companies", _("Distinct companies"), facts.attending_companies),
        ("resources", _("Resources"), facts.cards),
        ("potential_synergies", _("Potential synergies"), facts.potentials),
        ("followed", _("Synergies followed"), facts.followed_total),
        ("live", _("Synergies neither blocked nor abandoned"), facts.live_total),
        ("finalised", _("Finalised synergies"), facts.finalised_total),
        ("companies_helped", _("Companies helped"), facts.helped),
    )
    columns = (
        Column("measure", _("What is counted")),
        Column("total", _("Total"), "number"),
        Column("mean", _("Mean per workshop"), "number"),
    )
    rows = [
        {"key": key, "measure": label, "total": total, "mean": None if key == "workshops" else _mean(facts, total)}
        for key, label, total in counts
    ]
    return Part(
        key="summary",
        kicker=_("At a glance"),
        heading=_("%(followed)s synergies followed, %(finalised)s finalised")
        % {"followed": number(facts.followed_total), "finalised": number(facts.finalised_total)},
        table=Table("summary", _("At a glance"), columns, rows),
        sentence=ngettext(
            "%(n)s company, party to a finalised synergy, was helped.",
            "%(n)s companies, parties to a finalised synergy, were helped.",
            facts.helped,
        )
        % {"n": number(facts.helped)},
        notes=(
            Note(
                _("Three counts of companies."),
                _(
                    "A participation is a company at a workshop; a distinct company is counted once; a company helped "
                    "is party to a finalised synergy."
                ),
            ),
        ),
    )


def table_2(facts: Facts) -> Part:
    columns = (
        Column("place", _("Place of the workshop")),
        Column("date", _("Date of the workshop"), "date"),
        Column("region", _("Region")),
    )
    rows = [
        {
            "key": str(workshop.pk),
            "place": workshop.place,
            "date": workshop.held_on,
            "region": workshop.territory.region.name,
        }
        for workshop in facts.workshops
    ]
    sentence = ""
    if facts.workshops:
        sentence = _("From %(first)s to %(last)s.") % {
            "first": day_in_words(facts.workshops[0].held_on),
            "last": day_in_words(facts.workshops[-1].held_on),
        }
    return Part(
        key="table_2",
        kicker=_("Table 2"),
        heading=_("%(workshops)s in %(regions)s")
        % {
            "workshops": workshops(len(facts.workshops)),
            "regions": regions(len({workshop.territory.region_id for workshop in facts.workshops})),
        },
        table=Table("table_2", _("Table 2. Workshops held"), columns, rows),
        sentence=sentence,
    )


def table_3(facts: Facts) -> Part:
    counts = (
        ("companies", _("Companies"), facts.participations.total()),
        ("resources", _("Resources"), facts.cards),
        ("potential_synergies", _("Potential synergies"), facts.potentials),
    )
    columns = (
        Column("measure", _("What is counted")),
        Column("total", _("Total"), "number"),
        Column("mean", _("Mean per workshop"), "number"),
    )
    rows = [{"key": key, "measure": label, "total": total, "mean": _mean(facts, total)} for key, label, total in counts]
    means = {row["key"]: number(row["mean"] or 0) for row in rows}
    return Part(
        key="table_3",
        kicker=_("Table 3"),
        heading=_("A workshop gathers %(companies)s companies on average and shows %(potentials)s potential synergies")
        % {"companies": means["companies"], "potentials": means["potential_synergies"]},
        table=Table("table_3", _("Table 3. Workshops in numbers"), columns, rows),
        sentence=ngettext(
            "%(participations)s participations of %(n)s company.",
            "%(participations)s participations of %(n)s companies: some came to several workshops.",
            facts.attending_companies,
        )
        % {"participations": number(facts.participations.total()), "n": number(facts.attending_companies)},
        notes=(Note(_("Truncated means."), _("The means per workshop drop their decimals: they are not rounded.")),),
    )


def table_6(facts: Facts) -> Part:
    held = {region.pk: 0 for region in facts.regions}
    for workshop in facts.workshops:
        held[workshop.territory.region_id] += 1
    columns = (
        Column("region", _("Region")),
        Column("workshops", _("Workshops"), "number"),
        Column("companies", _("Companies mobilised"), "number"),
    )
    rows = [
        {
            "key": slug(region.name),
            "region": region.name,
            "workshops": held[region.pk],
            "companies": facts.participations[region.pk],
        }
        for region in facts.regions
    ]
    total = facts.participations.total()
    totals = {"key": TOTAL, "region": _("Total"), "workshops": len(facts.workshops), "companies": total}
    heading, sentence = _("Companies mobilised in each region"), ""
    if total:
        most = max(rows, key=lambda row: row["companies"])
        heading = _("%(region)s gathered the most: %(count)s of %(total)s") % {
            "region": most["region"],
            "count": number(most["companies"]),
            "total": companies(total),
        }
        shares = [(row["companies"] // row["workshops"], row["region"]) for row in rows if row["workshops"]]
        sentence = _("From %(least)s companies a workshop in %(low)s to %(most)s in %(high)s.") % {
            "least": number(min(shares)[0]),
            "low": min(shares)[1],
            "most": number(max(shares)[0]),
            "high": max(shares)[1],
        }
    return Part(
        key="table_6",
        kicker=_("Table 6"),
        heading=heading,
        table=Table("table_6", _("Table 6. Companies by region"), columns, rows, totals),
        sentence=sentence,
        notes=(Note(_("Participations."), _("A company that came to two workshops counts twice here.")),),
        chart="bars",
    )


def follow_up_time(facts: Facts) -> Part:
    columns = (
        Column("region", _("Region")),
        Column("last_workshop", _("Last ordinary workshop"), "date"),
        Column("months", _("Months of follow-up"), "number"),
    )
    rows = []
    for region in facts.regions:
        rows.append(
            {
                "key": slug(region.name),
                "region": region.name,
                "last_workshop": facts.last_workshops.get(region.pk),
                "months": facts.follow_up.get(region.name),
            }
        )
    known = [row["months"] for row in rows if row["months"] is not None]
    heading = _("How long each region has been followed")
    if known and min(known) == max(known):
        heading = _("%(months)s of follow-up in every region") % {"months": months(known[0])}
    elif known:
        heading = _("From %(least)s to %(months)s of follow-up, depending on the region") % {
            "least": number(min(known)),
            "months": months(max(known)),
        }
    return Part(
        key="follow_up_time",
        kicker=_("Follow-up time"),
        heading=heading,
        table=Table("follow_up_time", _("Follow-up time"), columns, rows),
        sentence=_("%(list)s. No comparison between regions holds without it.") % {"list": follow_up_in_words(facts)}
        if known
        else "",
        notes=(
            Note(
                _("How it is counted."),
                _(
                    "From the month of the region’s last ordinary workshop to the month in which the programme is "
                    "seen. A workshop held on its own is left aside."
                ),
            ),
        ),
        chart="bars",
    )


def follow_up_note(facts: Facts) -> Note:
    """The follow-up time of each region, for the margin of whatever compares them."""
    return Note(
        _("Follow-up time."),
        _("%(list)s. No comparison between regions holds without it.") % {"list": follow_up_in_words(facts)},
    )


def follow_up_in_words(facts: Facts) -> str:
    """The months of follow-up of each region: « Bretagne 5 mois, Normandie 3 mois »."""
    phrases = [
        pgettext("region and its months", "%(region)s %(months)s") % {"region": name, "months": months(count)}
        for name, count in facts.follow_up.items()
    ]
    return ", ".join(phrases)


def _mean(facts: Facts, total: int) -> int | None:
    """The mean per workshop, its decimals dropped, as the source prints it."""
    return total // len(facts.workshops) if facts.workshops else None
