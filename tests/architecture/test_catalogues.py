"""The two languages of the interface: whole, settled, and with the same blanks to fill as the source."""

import re

import pytest
from babel.messages.pofile import read_po

from tools import messages

BLANKS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def entries(language):
    with (messages.LOCALES / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return [message for message in read_po(source, locale=language) if message.id]


def texts(value) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [value]


def blanks(text: str) -> list[str]:
    return sorted(BLANKS.findall(text))


@pytest.mark.parametrize("language", ["fr", "en"])
class TestCatalogue:
    def test_says_every_message_of_the_source(self, language):
        assert messages.missing(language, messages.read_source()) == []

    def test_is_settled(self, language):
        assert [message.id for message in entries(language) if message.fuzzy] == []

    def test_fills_the_same_blanks_as_the_source(self, language):
        wrong = [
            message.id
            for message in entries(language)
            for said, meant in zip(texts(message.string), [*texts(message.id)] * 2, strict=False)
            # A singular may leave its number out: « une ressource », "one resource".
            if blanks(said) != blanks(meant) and not (message.pluralizable and set(blanks(said)) < set(blanks(meant)))
        ]

        assert wrong == []


class TestFrench:
    def test_uses_the_apostrophe_and_the_spaces_of_print(self):
        careless = [
            text for message in entries("fr") for text in texts(message.string) if text != messages.typeset(text)
        ]

        assert careless == []

    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("l'atelier", "l’atelier"),
            ("Qui ? Vous !", "Qui\u00a0? Vous\u00a0!"),
            ("« fiche » : 12 %", "«\u00a0fiche\u00a0»\u00a0: 12\u00a0%"),
            ("voir %(name)s !", "voir %(name)s\u00a0!"),
            ('<a href="/x?y=1">%(name)s</a>', '<a href="/x?y=1">%(name)s</a>'),
        ],
    )
    def test_is_typeset_when_the_catalogue_is_written(self, typed, printed):
        assert messages.typeset(typed) == printed
