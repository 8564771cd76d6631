"""What reading a cell gives: a value, and what was wrong with it if something was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Something wrong in a cell. ``reason`` is a key of `faults.REASONS`; ``proposal`` is what to write instead, if known.

    A blocking problem sets its row aside; another one is said, and the row goes in as ``reason`` tells.
    """

    reason: str
    proposal: str = ""
    is_blocking: bool = False
    details: dict[str, Any] = field(default_factory=dict)


class Reading(NamedTuple, Generic[Value]):
    """A value, or None when there is none to keep, and the problem met on the way, or None."""

    value: Value | None
    problem: Problem | None = None


NOTHING: Reading[Any] = Reading(None)


def refused(reason: str, proposal: str = "", *, is_blocking: bool = False, **details: Any) -> Reading[Any]:
    """A cell that gives no value."""
    return Reading(None, Problem(reason, proposal, is_blocking, details))


def doubtful(value: Value, reason: str, proposal: str = "", **details: Any) -> Reading[Value]:
    """A cell that gives a value, and something to look at."""
    return Reading(value, Problem(reason, proposal, False, details))
