"""Text compared as people read it: without case, accents or repeated spaces."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return the text in lower case, without accents, its spaces made single."""
    spelled = text.casefold().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(
        character for character in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(character)
    )
    return _SPACES.sub(" ", bare.casefold()).strip()


def slug(text: str, *, length: int = 60) -> str:
    """Return a name fit for a file or an address: letters, digits and hyphens, never empty."""
    return _NOT_WORD.sub("-", fold(text)).strip("-")[:length].strip("-") or "sans-nom"
