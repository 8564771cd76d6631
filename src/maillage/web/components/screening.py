"""Proposals as people screen them: a pair, its reasons in words, keep or set aside in one tap, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from maillage.common.errors import RuleBroken
from maillage.matching.models import Proposal
from maillage.matching.reasons import sentences
from maillage.resources.models import Resource
from maillage.web.components.undo import done

#: Given an act ("keep", "set_aside", "reopen") and a proposal, the address that does it.
Addresses = Callable[[str, Proposal], str]


@dataclass(frozen=True, slots=True)
class Lead:
    """A proposal on a page: its reasons in words and the addresses of what can be done with it."""

    proposal: Proposal
    reasons: list[str]
    keep_url: str
    set_aside_url: str
    reopen_url: str
    other: Resource | None = None
    seen_from: Resource | None = None

    @property
    def because(self) -> str:
        return next(iter(self.reasons), "")

    @property
    def more(self) -> list[str]:
        return self.reasons[1:]


def lead(proposal: Proposal, addresses: Addresses, *, seen_from: Resource | None = None) -> Lead:
    """Make a lead of a proposal; seen from one of its cards, the other is named."""
    other = None
    if seen_from is not None:
        other = proposal.right if proposal.left_id == seen_from.pk else proposal.left
    return Lead(
        proposal=proposal,
        reasons=sentences(proposal),
        keep_url=addresses("keep", proposal),
        set_aside_url=addresses("set_aside", proposal),
        reopen_url=addresses("reopen", proposal),
        other=other,
        seen_from=seen_from,
    )


def leads(proposals: Iterable[Proposal], addresses: Addresses, *, seen_from: Resource | None = None) -> list[Lead]:
    return [lead(proposal, addresses, seen_from=seen_from) for proposal in proposals]


def card_of(proposal: Proposal, identifier: str) -> Resource | None:
    """Return the card of a proposal that bears this identifier, if either does."""
    return next((card for card in (proposal.left, proposal.right) if str(card.pk) == identifier), None)


def judged(request: Any, act: Callable[..., Any], said: str, *, undo: str, **what: Any) -> str:
    """
    Do what was decided; return why it was refused, or nothing.

    Without htmx the next page says it, with a way back; with htmx the fragment does.
    """
    try:
        act(**what, mandate=request.mandate, at=timezone.now())
    except RuleBroken as refusal:
        if not request.htmx:
            messages.error(request, str(refusal))
        return str(refusal)
    if said and not request.htmx:
        done(request, said, undo=undo)
    return ""


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, back: str) -> HttpResponse:
    """Answer an act: the fragment that takes the place of the pair with htmx, else the page one came from."""
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, template, context)
    return redirect(came_from(request, back))


def came_from(request: HttpRequest, otherwise: str) -> str:
    """Return the page of this site that the form says it came from, or another."""
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, hosts, request.is_secure()) else otherwise
