"""Numbers as the language writes them."""

from decimal import Decimal
from typing import Any

from django.utils import formats, translation

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


def number_in_words(value: Any, decimals: int | None = None) -> str:
    """
    Write a number as the language in force does: 4 038 in French, 4,038 in English; nothing for None.

    Decimals are those given, or as many as the value has, two at most.
    """
    if value is None or value == "":
        return ""
    value = Decimal(str(value))
    if decimals is None:
        value = round(value, 2).normalize()
        decimals = max(0, -int(value.as_tuple().exponent))
    text = formats.number_format(value, decimals, use_l10n=True, force_grouping=True)
    return text.replace("\xa0", NARROW_SPACE)


def percent_in_words(part: Any, whole: Any) -> str:
    """Write a share as a rounded percentage, in the language's manner; nothing of nothing."""
    if not whole:
        return ""
    share = number_in_words(round(100 * Decimal(part) / Decimal(whole)))
    return f"{share}{NARROW_SPACE}%" if translation.get_language() == "fr" else f"{share}%"
