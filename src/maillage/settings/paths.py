"""Where an installation keeps its things."""

import os
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent.parent
REFERENCE_DATA = PACKAGE / "data"


def home() -> Path:
    """
    The folder of this installation: database, uploaded files, secret key.

    MAILLAGE_HOME names it; without it, the place where the system keeps the data of programs.
    """
    named = os.environ.get("MAILLAGE_HOME")
    return (
        Path(named).expanduser().resolve() if named else Path(platformdirs.user_data_dir("maillage", appauthor=False))
    )
