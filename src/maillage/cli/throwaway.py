"""An installation that lives as long as one command: its own folder, its own SQLite, nothing left behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from maillage.cli import installation


@contextmanager
def throwaway_installation() -> Iterator[None]:
    """Prepare an installation in a temporary folder, whatever the environment says, and remove it at the end."""
    with tempfile.TemporaryDirectory(prefix="maillage-") as home:
        os.environ["MAILLAGE_HOME"] = home
        os.environ.pop("MAILLAGE_DATABASE_URL", None)
        # What goes wrong is said once, by the command.
        os.environ.setdefault("MAILLAGE_LOG_LEVEL", "ERROR")
        installation.prepare()
        from django.db import connections

        try:
            yield
        finally:
            connections.close_all()
