"""The browser of the tests: the distribution's Chromium, or the one that MAILLAGE_CHROMIUM names."""

from __future__ import annotations

import os
import shutil

from tools import system

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
#: A browser that calls nobody, and that starts as root in a container.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str | None:
    """Return the path of a Chromium of this machine, or None."""
    named = os.environ.get("MAILLAGE_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def find_or_install() -> str | None:
    return find() or (find() if system.install("chromium") else None)
