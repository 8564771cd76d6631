"""
Measure the contrast of every pair of colours that the components use, in both themes.

    python -m tools.contrast           print the table, fail if a pair is too weak
    python -m tools.contrast --quiet   say only what is too weak

Least ratios of WCAG 2.2 AA: 4.5 for text, 3 for a shape. Ratios are printed rounded down.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

TOKENS = Path(__file__).resolve().parent.parent / "src/maillage/web/static/maillage/tokens.css"
TEXT, SHAPE = 4.5, 3.0


class Pair(NamedTuple):
    use: str
    front: str
    back: str
    least: float


PAIRS = (
    Pair("text", "ink", "paper", TEXT),
    Pair("second text", "ink-2", "paper", TEXT),
    Pair("second text, sunk", "ink-2", "sunk", TEXT),
    Pair("quiet text", "ink-3", "paper", TEXT),
    Pair("quiet text, surface", "ink-3", "surface", TEXT),
    Pair("quiet text, sunk", "ink-3", "sunk", TEXT),
    Pair("main button", "on-ink", "ink", TEXT),
    Pair("main button, hovered", "on-ink", "ink-2", TEXT),
    Pair("edge of a field", "rule-strong", "paper", SHAPE),
    Pair("edge of a field, surface", "rule-strong", "surface", SHAPE),
    Pair("focus ring", "focus", "paper", SHAPE),
    Pair("focus ring, surface", "focus", "surface", SHAPE),
    Pair("marked word", "ink", "mark", TEXT),
    Pair("offer, label", "on-offer", "offer", TEXT),
    Pair("offer, shape", "offer", "paper", SHAPE),
    Pair("need, label", "on-need", "need", TEXT),
    Pair("need, shape", "need", "paper", SHAPE),
    Pair("pool, label", "on-pool", "pool", TEXT),
    Pair("pool, shape", "pool", "paper", SHAPE),
    Pair("family Materials", "family-matieres", "paper", SHAPE),
    Pair("family Energy", "family-energies", "paper", SHAPE),
    Pair("family Territory", "family-territoire", "paper", SHAPE),
    Pair("family People", "family-hommes", "paper", SHAPE),
    *(Pair(f"stage {step}, text inside", f"on-stage-{step}", f"stage-{step}", TEXT) for step in range(1, 7)),
    Pair("stage, thread not woven", "rule-strong", "paper", SHAPE),
    Pair("blocked", "stage-blocked", "paper", TEXT),
    Pair("abandoned", "stage-dropped", "paper", TEXT),
    Pair("level of evidence", "proof", "paper", SHAPE),
    Pair("done", "ok", "ok-soft", TEXT),
    Pair("warning", "warn", "warn-soft", TEXT),
    Pair("warning, bare", "warn", "paper", TEXT),
    Pair("late, refused", "danger", "danger-soft", TEXT),
    Pair("late, bare", "danger", "paper", TEXT),
)


def themes(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """
    Read the colours of the light and of the dark theme.

    :raises ValueError: dark by the system and dark by choice are not the same.
    """
    light = _declarations(css, r":root \{(.*?)\n  \}")
    by_system = _declarations(css, r':root:not\(\[data-theme="light"\]\) \{(.*?)\n    \}')
    by_choice = _declarations(css, r'\n  \[data-theme="dark"\] \{(.*?)\n  \}')
    if by_system != by_choice:
        raise ValueError(f"the two dark themes differ: {set(by_system.items()) ^ set(by_choice.items())}")
    return light, light | by_choice


def ratio(one: str, other: str) -> float:
    """The contrast of two colours written #rrggbb, from 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def weak(css: str) -> list[str]:
    """Name the pairs that are under their least ratio in either theme."""
    return [
        f"{pair.use}: {pair.front} on {pair.back} is {ratio(theme[pair.front], theme[pair.back]):.2f}, not {pair.least}"
        for pair in PAIRS
        for theme in themes(css)
        if ratio(theme[pair.front], theme[pair.back]) < pair.least
    ]


def table(css: str) -> str:
    light, dark = themes(css)
    lines = ["| Pair | Front | Back | Least | Light | Dark |", "|---|---|---|---:|---:|---:|"]
    lines += [
        f"| {use} | `{front}` | `{back}` | {least} | {_down(ratio(light[front], light[back]))} | "
        f"{_down(ratio(dark[front], dark[back]))} |"
        for use, front, back, least in PAIRS
    ]
    return "\n".join(lines)


def _declarations(css: str, block: str) -> dict[str, str]:
    found = re.search(block, css, re.S)
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", found[1])) if found else {}


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _down(value: float) -> str:
    return f"{int(value * 10) / 10:.1f}"


def main(argv: list[str]) -> int:
    css = TOKENS.read_text()
    if "--quiet" not in argv:
        print(table(css))
    faults = weak(css)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
