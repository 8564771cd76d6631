"""From a packaged template and data to a PDF. Data travels as JSON: what people write is never part of a template."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils.functional import Promise

TEMPLATES = Path(__file__).parent / "typst"


def typeset(template: str, data: Mapping[str, Any], *, language: str, form: Literal["pdf", "svg"] = "pdf") -> bytes:
    """
    Set ``template`` (a name without its ending, in ``reports/typst``) with ``data`` and return a tagged A4 PDF,
    or the drawing of its only page as SVG.

    The template reads its data by ``json(bytes(sys.inputs.data))`` and its language by ``sys.inputs.language``. Only
    the fonts of the package are used, and typst's own for the letters they lack (Łódź), so that a report looks the
    same on every machine.

    :raises typst.TypstError: the template is wrong; data alone cannot make it so.
    """
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        format=form,
        sys_inputs={"data": json.dumps(data, default=_plain, ensure_ascii=False), "language": language},
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(TEMPLATES / "fonts")])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be set in a report.")
