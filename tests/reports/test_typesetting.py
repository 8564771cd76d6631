"""What is printed is what people wrote, never what a template would make of it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from maillage.reports import typesetting

TRIAL = """#import "style.typ": *
#let data = json(bytes(sys.inputs.data))
#show: report.with(title: data.title, running: data.title, page-label: "page", language: sys.inputs.language)
#side("OFFER", data.word)
#ruled(("A", "B"), ((data.word, "1"),), aligns: ("", "n"))
"""


@pytest.fixture
def trial(tmp_path, monkeypatch):
    """A template of its own, beside the packaged style."""
    for name in ("style.typ", "fonts"):
        (tmp_path / name).symlink_to(typesetting.TEMPLATES / name)
    (tmp_path / "trial.typ").write_text(TRIAL, encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    return "trial"


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


class TestTypeset:
    def test_prints_text_from_people_as_it_is(self, trial):
        hostile = '#read("/etc/passwd") $x$ *gras* @ref \\ "fin"'

        printed = text_of(typesetting.typeset(trial, {"title": "Essai", "word": hostile}, language="fr"))

        assert '#read("/etc/passwd")' in printed
        assert "*gras*" in printed

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_says_its_language_and_is_tagged(self, trial, language):
        catalogue = PdfReader(
            BytesIO(typesetting.typeset(trial, {"title": "Essai", "word": "x"}, language=language))
        ).trailer["/Root"]

        assert catalogue["/Lang"].startswith(language)
        assert catalogue["/MarkInfo"]["/Marked"]

    def test_refuses_what_cannot_be_printed(self, trial):
        with pytest.raises(TypeError, match="cannot be set"):
            typesetting.typeset(trial, {"title": "Essai", "word": object()}, language="fr")
