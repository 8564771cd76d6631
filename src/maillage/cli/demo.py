"""`maillage demo`: load the demonstration once, say how to come in, serve."""

from __future__ import annotations

import argparse
import sys

from maillage.cli import installation, serve


def add(subparsers) -> None:
    parser = subparsers.add_parser("demo", help="load the demonstration once, then serve it")
    parser.add_argument("--load-only", action="store_true", help="load the data and stop there")
    serve.add_address(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    installation.prepare()
    from django.utils import timezone, translation

    from maillage.common.errors import RuleBroken
    from maillage.demo.loading import load

    with translation.override("en"):
        try:
            loaded = load(today=timezone.localdate())
        except RuleBroken as refusal:
            print(refusal, file=sys.stderr)
            return 2
        print("The demonstration is loaded." if loaded else "The demonstration was already loaded.")
        print(welcome(f"http://{arguments.host}:{arguments.port}"), flush=True)
    return 0 if arguments.load_only else serve.serve(arguments)


def welcome(address: str) -> str:
    """Return what a visitor needs: the address, one log-in for each role, the password, a company's link."""
    from django.urls import reverse

    from maillage.demo.people import DEMO_PASSWORD, LOGINS
    from maillage.organisations.models import CompanyLink
    from maillage.organisations.services.links import token_of

    width = max(len(login.email) for login in LOGINS)
    lines = [f"\n  {address}/\n"]
    lines += [
        f"  {login.email:<{width}}  {login.role.label}, {login.place or 'whole programme'} ({login.programme})"
        for login in LOGINS
    ]
    lines.append(f"\n  password for all: {DEMO_PASSWORD}\n")
    for link in CompanyLink.objects.select_related("company"):
        page = reverse("company:home", kwargs={"token": token_of(link)})
        lines.append(f"  {link.company} comes in without an account:\n  {address}{page}\n")
    return "\n".join(lines)
