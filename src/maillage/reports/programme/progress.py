"""What became of the synergies followed: their state, their type, whether they last, what stopped them."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from maillage.common.numbers import number_in_words as number
from maillage.common.numbers import percent_in_words as percent
from maillage.reports.programme.activity import follow_up_note
from maillage.reports.programme.facts import Facts, rounded_percent
from maillage.reports.programme.parts import TOTAL, Note, Part, synergies
from maillage.reports.tables import Column, Table
from maillage.resources.nomenclature import Group, SynergyType
from maillage.synergies.models import Barrier, Synergy
from maillage.synergies.stages import StageGroup

STATES = (StageGroup.IDEA, StageGroup.IN_DISCUSSION, StageGroup.FINALISED, StageGroup.STOPPED)


def two_groups() -> Note:
    return Note(_("Two groups."), _("Materials and Energy make ME, Territory and People make TH."))


def table_7(facts: Facts) -> Part:
    columns = (
        Column("state", _("State")),
        Column("me", Group.ME.label, "number"),
        Column("th", Group.TH.label, "number"),
        Column("total", _("Total"), "number"),
        Column("percent", "%", "number"),
    )
    rows = [_state(facts, state.value, state.label, stage_group=state) for state in STATES]
    totals = _state(facts, TOTAL, _("Total"))
    heading, sentence = _("No synergy is followed yet"), ""
    if totals["total"]:
        stopped, finalised = rows[-1], rows[-2]
        heading = _("%(stopped)s of the synergies followed have stopped, %(finalised)s are finalised") % {
            "stopped": percent(stopped["total"], totals["total"]),
            "finalised": percent(finalised["total"], totals["total"]),
        }
        if totals["me"] and totals["th"]:
            sentence = _(
                "%(me)s of the Materials-Energy synergies are finalised, %(th)s of the Territory-People ones."
            ) % {"me": percent(finalised["me"], totals["me"]), "th": percent(finalised["th"], totals["th"])}
    return Part(
        key="table_7",
        kicker=_("Table 7"),
        heading=heading,
        table=Table("table_7", _("Table 7. Synergies followed"), columns, rows, totals),
        sentence=sentence,
        notes=(
            *((follow_up_note(facts),) if facts.follow_up else ()),
            two_groups(),
            Note(_("Rounded percentages."), _("Each is rounded on its own: they may not add up to 100.")),
        ),
        chart="states",
        plain_heading=_("What became of the synergies followed"),
    )


def _state(facts: Facts, key: str, label: str, **wanted) -> dict:
    total = facts.synergies(**wanted)
    return {
        "key": key,
        "state": str(label),
        "me": facts.synergies(group=Group.ME, **wanted),
        "th": facts.synergies(group=Group.TH, **wanted),
        "total": total,
        "percent": rounded_percent(total, facts.followed_total),
    }


def table_8(facts: Facts) -> Part:
    counts: Counter = Counter()
    for one in facts.followed:
        if one.stage_group is StageGroup.FINALISED:
            counts[one.synergy_type] += one.count
    groups = list(Group)
    order = sorted(counts, key=lambda kind: (groups.index(kind.group), -counts[kind], kind.value))
    columns = (
        Column("type", _("Type of synergy")),
        Column("group", _("Group")),
        Column("finalised", _("Finalised"), "number"),
    )
    rows = [
        {
            "key": kind.value,
            "group": kind.group.value,
            "type": str(kind.label),
            "finalised": counts[kind],
            "family": kind.family.value,
        }
        for kind in order
    ]
    totals = {"key": TOTAL, "group": "", "type": _("Total"), "finalised": counts.total()}
    return Part(
        key="table_8",
        kicker=_("Table 8"),
        heading=_most_often(counts),
        table=Table("table_8", _("Table 8. Finalised, by type"), columns, rows, totals),
        sentence=_me_and_th(facts),
        notes=(*_types_seen(counts), two_groups()),
        chart="bars",
        plain_heading=_("The finalised synergies, type by type"),
    )


def _most_often(counts: Counter) -> str:
    ranked = counts.most_common()
    if not ranked:
        return _("No synergy is finalised yet")
    (first, most) = ranked[0]
    if len(ranked) == 1:
        return _("Finalised synergies are of one type: %(first)s") % {"first": _inside(first)}
    (second, next_most) = ranked[1]
    return _("Most often: %(first)s (%(most)s), then %(second)s (%(next)s)") % {
        "first": _inside(first),
        "most": number(most),
        "second": _inside(second),
        "next": number(next_most),
    }


def _me_and_th(facts: Facts) -> str:
    total = facts.finalised_total
    if not total:
        return ""
    return ngettext(
        "Of %(n)s finalised synergy, %(me)s about materials and energy, %(th)s about territory and people.",
        "Of %(n)s finalised synergies, %(me)s are about materials and energy, %(th)s about territory and people.",
        total,
    ) % {
        "n": number(total),
        "me": number(facts.synergies(stage_group=StageGroup.FINALISED, group=Group.ME)),
        "th": number(facts.synergies(stage_group=StageGroup.FINALISED, group=Group.TH)),
    }


def _types_seen(counts: Counter) -> tuple[Note, ...]:
    unseen = [_inside(kind) for kind in SynergyType if kind not in counts]
    if not counts or not unseen:
        return ()
    return (
        Note(
            _("%(all)s types, %(seen)s here.") % {"all": len(SynergyType), "seen": len(counts)},
            _("No finalised synergy yet: %(types)s.") % {"types": ", ".join(unseen)},
        ),
    )


def continuity(facts: Facts) -> Part:
    columns = (
        Column("continuity", _("Continuity")),
        Column("finalised", _("Finalised"), "number"),
        Column("live", _("Neither blocked nor abandoned"), "number"),
    )
    labels = {
        Synergy.Continuity.ONE_OFF: pgettext("continuity", "One-off"),
        Synergy.Continuity.CONTINUING: pgettext("continuity", "Continuing"),
        Synergy.Continuity.UNKNOWN: pgettext("continuity", "Not known"),
    }
    rows = [
        {
            "key": kind.value or "UNKNOWN",
            "continuity": label,
            "finalised": facts.synergies(stage_group=StageGroup.FINALISED, continuity=kind.value),
            "live": facts.synergies(is_live=True, continuity=kind.value),
        }
        for kind, label in labels.items()
    ]
    rows = [row for row in rows if row["key"] != "UNKNOWN" or row["live"]]
    totals = {
        "key": TOTAL,
        "continuity": _("Total"),
        "finalised": facts.finalised_total,
        "live": facts.live_total,
    }
    one_off, lasting = rows[0], rows[1]
    return Part(
        key="continuity",
        kicker=_("Continuity"),
        heading=_("%(lasting)s of the %(total)s finalised synergies are made to last")
        % {"lasting": number(lasting["finalised"]), "total": number(facts.finalised_total)},
        table=Table("continuity", _("One-off and continuing"), columns, rows, totals),
        sentence=_(
            "Of %(synergies)s neither blocked nor abandoned, %(lasting)s are continuing and %(one_off)s one-off."
        )
        % {
            "synergies": synergies(facts.live_total),
            "lasting": number(lasting["live"]),
            "one_off": number(one_off["live"]),
        },
        notes=(Note(_("One inside the other."), _("The finalised synergies are counted among the live ones.")),),
        plain_heading=_("One-off and continuing"),
    )


def barriers(facts: Facts) -> Part:
    columns = (
        Column("barrier", _("What stands in the way")),
        Column("synergies", _("Synergies stopped"), "number"),
    )
    rows = [
        {"key": kind, "barrier": str(Barrier.Kind(kind).label), "synergies": count}
        for kind, count in sorted(facts.barriers.items(), key=lambda item: (-item[1], item[0]))
    ]
    heading = _("No barrier is on record for the synergies stopped")
    if rows:
        heading = _("First barrier: %(barrier)s") % {"barrier": _lower(rows[0]["barrier"])}
    stopped = facts.synergies(stage_group=StageGroup.STOPPED)
    sentence = ""
    if len(rows) > 1:
        sentence = _("Then: %(barriers)s.") % {"barriers": ", ".join(_lower(row["barrier"]) for row in rows[1:4])}
    return Part(
        key="barriers",
        kicker=_("Barriers"),
        heading=heading,
        table=Table("barriers", _("What stopped synergies"), columns, rows),
        sentence=sentence,
        notes=(
            Note(
                _("Several barriers."),
                _("One synergy may meet several: the lines add up to more than the %(synergies)s stopped.")
                % {"synergies": synergies(stopped)},
            ),
        )
        if sum(facts.barriers.values()) > stopped
        else (),
        chart="bars",
        plain_heading=_("What stopped synergies"),
    )


def _inside(kind: SynergyType) -> str:
    """The name of a type inside a sentence."""
    return _lower(str(kind.label))


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
