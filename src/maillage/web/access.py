"""
Who may enter a view. Every view says it, by one of these three decorators; a test refuses a view that does not.

The decorators only open doors. What a person then reads and changes is said by ``visible_to`` and ``editable_by``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from maillage.territories.models import Mandate, Role

View = Callable[..., HttpResponse]

PUBLIC = "public"
SIGNED_IN = "signed in"
COMPANY_LINK = "company link"

#: The roles that work on records with names.
TEAM = (Role.NATIONAL_COORDINATOR, Role.REGIONAL_COORDINATOR, Role.PRACTITIONER)
#: The roles that change records.
EDITORS = (Role.REGIONAL_COORDINATOR, Role.PRACTITIONER)
#: The roles that read the figures of the programme.
READERS = (*TEAM, Role.FUNDER, Role.EVALUATOR)
EVERYONE = tuple(Role)


class MandateRequest(HttpRequest):
    """A request that passed `opens_to`: it carries the mandate under which the person works."""

    mandate: Mandate


def opens_to(*roles: Role) -> Callable[[View], View]:
    """Open a view to people who work under a mandate of one of these roles."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.mandate is None:
                return redirect("account:no_mandate")
            if request.mandate.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Open a view to any signed-in person, with or without a mandate."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Open a view to everybody."""
    opened = login_not_required(view)
    opened.access = PUBLIC  # type: ignore[attr-defined]
    return opened


def company_link(view: View) -> View:
    """Open a view to who holds a valid company link; the view reads the company from the link and nothing else."""
    opened = login_not_required(view)
    opened.access = COMPANY_LINK  # type: ignore[attr-defined]
    return opened
