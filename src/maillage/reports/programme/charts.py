"""The drawings of the report as shares of a width, for the page and for print alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from maillage.common.numbers import number_in_words as number
from maillage.common.numbers import percent_in_words as percent
from maillage.evaluation.models import IndicatorTheme
from maillage.reports.programme.parts import Part, synergies
from maillage.resources.nomenclature import Family, Group
from maillage.synergies.stages import StageGroup

# A segment narrower than this has no room for its number: the table under the figure has it.
NARROW = 0.055
#: Bars of Table 7 go from what is done to what stopped, each with the ink of its state.
STATES = {
    StageGroup.FINALISED: "finalised",
    StageGroup.IN_DISCUSSION: "discussed",
    StageGroup.IDEA: "idea",
    StageGroup.STOPPED: "stopped",
}
_LABELLED_BY = {"table_8": "type", "barriers": "barrier", "table_6": "region", "follow_up_time": "region"}
_MEASURED_BY = {"table_8": "finalised", "barriers": "synergies", "table_6": "companies", "follow_up_time": "months"}
LEVELS = ("verified", "declared", "estimated")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: from where and how wide, as shares of the whole; its number, when there is room for it."""

    css: str
    start: float
    share: float
    text: str

    @property
    def middle(self) -> float:
        return self.start + self.share / 2


@dataclass(frozen=True, slots=True)
class SharedBar:
    """A whole cut into segments."""

    label: str
    aside: str
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, as a share of the longest."""

    label: str
    aside: str
    css: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Benefit:
    """A number of Figure 12 and its split by level of proof (empty when it has none)."""

    key: str
    label: str
    text: str
    unit: str
    levels: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Legend:
    css: str
    label: str


def states(part: Part) -> list[SharedBar]:
    """Table 7 as three bars: all synergies, then each group."""
    columns = {"total": _("All synergies"), "me": Group.ME.label, "th": Group.TH.label}
    totals = part.table.totals
    return [
        SharedBar(
            str(label),
            synergies(totals[column]),
            _segments([(css, part.rows[state][column]) for state, css in STATES.items()], totals[column], number),
        )
        for column, label in columns.items()
        if totals[column] and all(part.rows[state][column] is not None for state in STATES)
    ]


def states_legend(part: Part) -> list[Legend]:
    return [Legend(css, part.rows[state]["state"]) for state, css in STATES.items()]


def regions(part: Part) -> list[SharedBar]:
    """Figures 16 and 17: for each benefit, the share of each region."""
    names = _regions_of(part)
    bars = []
    for row in part.table.rows:
        values = [(css, row[key]) for key, css, _label in names]
        # Shares are drawn of what is measured: a share of one job, or of companies that do not add up, says nothing.
        if not row["unit"] or not row["total"] or any(value is None for _css, value in values):
            continue
        bars.append(
            SharedBar(
                row["indicator"],
                _with_unit(row["total"], row["unit"]),
                _segments(values, row["total"], lambda value, whole=row["total"]: percent(value, whole)),
            )
        )
    return bars


def regions_legend(part: Part) -> list[Legend]:
    return [Legend(css, label) for _key, css, label in _regions_of(part)]


def bars(part: Part) -> list[Bar]:
    """A list of numbers as bars; those of Table 8 longest first, under the colour of their family."""
    measure, label = _MEASURED_BY[part.key], _LABELLED_BY[part.key]
    rows = [row for row in part.table.rows if row[measure]]
    if part.key == "table_8":
        rows.sort(key=lambda row: -row[measure])
    most = max((row[measure] for row in rows), default=1)
    return [
        Bar(
            row[label],
            str(Family(row["family"]).label) if row.get("family") else "",
            row.get("family", "").lower(),
            float(row[measure]) / float(most),
            number(row[measure]),
        )
        for row in rows
    ]


def benefits(part: Part) -> dict[str, list[Benefit]]:
    """Figure 12 by theme."""
    themes: dict[str, list[Benefit]] = {theme.value: [] for theme in IndicatorTheme}
    for row in part.table.rows:
        known = [(level, row[level]) for level in LEVELS]
        # What is only counted needs a split when its levels differ; what is measured always says it.
        differs = sum(1 for _level, value in known if value) > 1
        has_levels = row["value"] and (row["unit"] or differs) and all(value is not None for _level, value in known)
        themes[row["theme"]].append(
            Benefit(
                row["key"],
                row["indicator"],
                number(row["value"]),
                row["unit"],
                _segments(known, row["value"], lambda _value: "") if has_levels else (),
            )
        )
    return themes


def _segments(values, whole, write) -> list[Segment]:
    segments, start = [], 0.0
    for css, value in values:
        share = float(value) / float(whole)
        if share:
            segments.append(Segment(css, start, share, write(value) if share >= NARROW else ""))
        start += share
    return segments


def _regions_of(part: Part) -> list[tuple[str, str, str]]:
    """The key, the ink and the name of each region of a figure, from the darkest ink on."""
    columns = [column for column in part.table.columns if column.kind == "number" and column.key != "total"]
    return [(column.key, f"ink-{rank % 6 + 1}", column.label) for rank, column in enumerate(columns)]


def _with_unit(value, unit: str) -> str:
    return f"{number(value)}\N{NO-BREAK SPACE}{unit}" if unit else number(value)
