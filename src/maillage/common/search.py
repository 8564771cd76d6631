"""Search in folded columns: the same rule for a list, the search of everything and a choice of companies."""

import re

from django.db.models import Q

from maillage.common.text import fold

#: Words past this are left aside: a question of a person is short, a pasted page is a mistake.
WORDS = 8
# Where words part: a folded name may hold a hyphen or either apostrophe, and a person types any of them.
_PARTS = re.compile(r"[\s\-'’,;:()]+")


def words(text: str, *, most: int | None = WORDS) -> list[str]:
    """Return the folded words of a text, as many as a question may hold unless told otherwise."""
    return [word for word in _PARTS.split(fold(text)) if word][:most]


def every_word(text: str, *paths: str) -> Q:
    """
    Ask that each word of the text be in one at least of these columns, whatever its case and accents.

    The columns hold folded text (`maillage.common.text.fold`). A text without words asks for nothing.
    """
    asked = Q()
    for word in words(text):
        somewhere = Q()
        for path in paths:
            somewhere |= Q(**{f"{path}__contains": word})
        asked &= somewhere
    return asked
