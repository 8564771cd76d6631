"""Templates: each parses."""

from pathlib import Path

import pytest
from django.template import engines

SOURCE = Path(__file__).resolve().parents[2] / "src/maillage"
FOLDER = SOURCE / "web/templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*") if path.is_file())


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_parses(name):
    engines["django"].get_template(name)
