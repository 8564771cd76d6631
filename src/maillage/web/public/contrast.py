"""The contrast of every pair of colours that the components use, read from the tokens themselves (WCAG 2.2)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent / "static" / "maillage" / "tokens.css"
TEXT, SHAPE = 4.5, 3.0

PAIRS = (
    ("ink", "paper", TEXT),
    ("ink-2", "paper", TEXT),
    ("ink-2", "sunk", TEXT),
    ("ink-3", "paper", TEXT),
    ("ink-3", "surface", TEXT),
    ("ink-3", "sunk", TEXT),
    ("on-ink", "ink", TEXT),
    ("on-ink", "ink-2", TEXT),
    ("rule-strong", "paper", SHAPE),
    ("rule-strong", "surface", SHAPE),
    ("focus", "paper", SHAPE),
    ("focus", "surface", SHAPE),
    ("ink", "mark", TEXT),
    ("on-offer", "offer", TEXT),
    ("offer", "paper", SHAPE),
    ("on-need", "need", TEXT),
    ("need", "paper", SHAPE),
    ("on-pool", "pool", TEXT),
    ("pool", "paper", SHAPE),
    ("family-matieres", "paper", SHAPE),
    ("family-energies", "paper", SHAPE),
    ("family-territoire", "paper", SHAPE),
    ("family-hommes", "paper", SHAPE),
    *((f"on-stage-{n}", f"stage-{n}", TEXT) for n in range(1, 7)),
    ("stage-blocked", "paper", TEXT),
    ("stage-dropped", "paper", TEXT),
    ("proof", "paper", SHAPE),
    ("ok", "ok-soft", TEXT),
    ("warn", "warn-soft", TEXT),
    ("warn", "paper", TEXT),
    ("danger", "danger-soft", TEXT),
    ("danger", "paper", TEXT),
)


@dataclass(frozen=True, slots=True)
class Contrast:
    """A pair of tokens, the least ratio it needs, and its ratio in each theme, rounded down to a tenth."""

    front: str
    back: str
    least: float
    light: float
    dark: float


@cache
def measured() -> tuple[Contrast, ...]:
    light, dark = themes()
    return tuple(
        Contrast(front, back, least, _ratio(light[front], light[back]), _ratio(dark[front], dark[back]))
        for front, back, least in PAIRS
    )


@cache
def themes() -> tuple[dict[str, str], dict[str, str]]:
    """
    Return the colours of the light and of the dark theme, by token.

    :raises ValueError: the dark theme of the system and the one that is chosen are not the same.
    """
    css = TOKENS.read_text(encoding="utf-8")
    light = _declarations(re.search(r":root \{(.*?)\n  \}", css, re.S).group(1))
    by_system = _declarations(re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n    \}', css, re.S).group(1))
    by_choice = _declarations(re.search(r'\n  \[data-theme="dark"\] \{(.*?)\n  \}', css, re.S).group(1))
    if by_system != by_choice:
        raise ValueError("The two dark themes of tokens.css differ.")
    return light, {**light, **by_system}


def _declarations(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6});", block))


def _ratio(front: str, back: str) -> float:
    brighter, darker = sorted((_luminance(front), _luminance(back)), reverse=True)
    return int((brighter + 0.05) / (darker + 0.05) * 10) / 10


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, definition)."""
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
