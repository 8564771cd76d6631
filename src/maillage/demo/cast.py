"""Give each finalised synergy its companies, so that exactly as many are helped as the source says."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from maillage.demo.companies import Firm
from maillage.demo.finalised import Written

COMPANIES_HELPED = 411


@dataclass(frozen=True, slots=True)
class Cast:
    """A finalised synergy and its companies, who gives first."""

    written: Written
    firms: tuple[Firm, ...]


def cast(written: list[Written], came: dict[str, list[Firm]], rng: Random) -> list[Cast]:
    """
    Choose the companies of each, plausible ones of its workshop first, then of its region.

    Every place is given to a company that has none yet, but for as many places as there are too many:
    these go, one in each of the larger groups, to companies already helped.

    :raises ValueError: the count of the source cannot be met.
    """
    spare = sum(synergy.parties for synergy in written) - COMPANIES_HELPED
    helped: set[str] = set()
    told: dict[str, Cast] = {}
    # Pairs choose first: their trades matter most.
    for synergy in sorted(written, key=lambda one: one.is_shared):
        again = spare > 0 and synergy.parties > 4
        spare -= again
        firms: list[Firm] = []
        for rank in range(synergy.parties):
            takes = rank and not synergy.is_shared
            starts, key = (synergy.to, synergy.elsewhere) if takes else (synergy.by, synergy.workshop)
            firms.append(_choose(starts, key, came, firms, helped, again and rank == synergy.parties - 1, rng))
        helped.update(firm.company.pk for firm in firms)
        told[synergy.title] = Cast(synergy, tuple(firms))
    if len(helped) != COMPANIES_HELPED:
        raise ValueError(f"{len(helped)} companies helped instead of {COMPANIES_HELPED}.")
    return [told[synergy.title] for synergy in written]


def _choose(
    starts: tuple[str, ...],
    key: str,
    came: dict[str, list[Firm]],
    already: list[Firm],
    helped: set[str],
    again: bool,
    rng: Random,
) -> Firm:
    region = came[key][0].region
    here = came[key]
    around = [firm for firms in came.values() for firm in firms if firm.region == region]
    for circle in (here, around):
        free = [firm for firm in circle if firm not in already and (firm.company.pk in helped) == again]
        fitting = [firm for firm in free if firm.trade.code.startswith(starts)] if starts else free
        if fitting:
            return rng.choice(fitting)
    return rng.choice([firm for firm in around if firm not in already and (firm.company.pk in helped) == again])
