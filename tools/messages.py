"""
Keep the message catalogues: `python tools/messages.py update` reads the source, `check` refuses what is missing.

Babel only: no system tool. English is the language of the source, so its catalogue fills itself; French is written
by people. Entries are sorted and carry no location, so that two branches merge without a fight.
"""

import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent / "src" / "maillage"
LOCALES = ROOT / "locale"
# Catalogues carry a fixed date, so that they change only when a message does.
EPOCH = datetime(2026, 11, 23, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_template(fileobj, keywords, comment_tags, options):
    """Read a Django template with Django's own translator of templates, then as Python."""
    from django.utils.translation.template import templatize

    # A page indents as it likes, which Python would not read.
    source = "\n".join(line.lstrip() for line in templatize(fileobj.read().decode()).splitlines())
    yield from extract_python(BytesIO(source.encode()), keywords, comment_tags, options)


def read_source() -> Catalog:
    catalogue = Catalog(fuzzy=False)
    methods = [
        ("**.py", "python"),
        ("**/templates/**.html", "tools.messages:extract_template"),
        ("**/templates/**.txt", "tools.messages:extract_template"),
    ]
    for _file, _line, message, _comments, context in extract_from_dir(str(ROOT), methods, keywords=KEYWORDS):
        if message and message != ("", ""):
            catalogue.add(message, context=context)
    return catalogue


def load(language: str) -> Catalog:
    path = LOCALES / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def save(catalogue: Catalog, language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "django.po").open("wb") as target:
        write_po(
            target, catalogue, sort_output=True, no_location=True, omit_header=False, ignore_obsolete=True, width=110
        )
    with (folder / "django.mo").open("wb") as target:
        write_mo(target, catalogue)


def update(language: str, source: Catalog) -> None:
    old = load(language)
    fresh = Catalog(
        locale=language,
        project="Maillage",
        charset="utf-8",
        fuzzy=False,
        header_comment="# Maillage: messages of the interface.",
        creation_date=EPOCH,
        revision_date=EPOCH,
        last_translator="Maillage",
        language_team="Maillage",
    )
    for message in source:
        if not message.id:
            continue
        known = old.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        string = known.string if known and _filled(known.string) else _empty(message, language)
        if language == "fr":
            string = typeset(string) if isinstance(string, str) else tuple(map(typeset, string))
        fresh.add(message.id, string, context=message.context)
    save(fresh, language)


def typeset(french: str) -> str:
    """Put the apostrophe and the no-break spaces of print where a keyboard has none."""
    french = re.sub(r"(?<=\w)'(?=\w)", "\N{RIGHT SINGLE QUOTATION MARK}", french)
    french = re.sub(r" (?=[:;?!»](?:\W|$))|(?<=\d) (?=%(?:\W|$))", "\N{NO-BREAK SPACE}", french)
    return re.sub(r"(?<=«) ", "\N{NO-BREAK SPACE}", french)


def _filled(string) -> bool:
    return bool(string) and (all(string) if isinstance(string, tuple | list) else True)


def _empty(message, language):
    if language == "en":
        return message.id
    return ("", "") if message.pluralizable else ""


def missing(language: str, source: Catalog) -> list[str]:
    catalogue = load(language)
    gaps = []
    for message in source:
        if not message.id:
            continue
        known = catalogue.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        if known is None or not _filled(known.string):
            gaps.append(str(message.id))
    return gaps


def main(argv: list[str]) -> int:
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    source = read_source()
    if argv == ["update"]:
        for language in ("fr", "en"):
            update(language, source)
    if argv == ["compile"]:
        for language in ("fr", "en"):
            save(load(language), language)
        return 0
    gaps = {language: missing(language, source) for language in ("fr", "en")}
    for language, texts in gaps.items():
        for text in texts:
            print(f"{language}: {text}")
    return 1 if any(gaps.values()) else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(sys.argv[1:]))
