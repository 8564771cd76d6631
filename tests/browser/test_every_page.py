"""Every page, for every role, in both languages: readable by all, light and dark, and never wider than a phone."""

from pathlib import Path

import pytest

from maillage.territories.models import Role
from tests.browser.conftest import PHONE, WIDE, login
from tools.pages import Answer, walk

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """async only => {
  const options = only ? {runOnly: {type: 'rule', values: only}} : {resultTypes: ['violations']};
  const results = await axe.run(document, options);
  return results.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')}`);
}"""
PEOPLE = [
    (Role.PRACTITIONER, False),
    (Role.PRACTITIONER, True),
    (Role.REGIONAL_COORDINATOR, False),
    (Role.NATIONAL_COORDINATOR, True),
    (Role.FACILITATOR, False),
    (Role.RELAY, False),
    (Role.EXPERT, False),
    (Role.FUNDER, True),
]


def axe(page, only=None):
    page.evaluate(AXE)
    return page.evaluate(RUN, only)


def findings(page, path):
    """What is wrong with a page: for those who do not see, in the dark, on a phone."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path)
    wrong = [f"{path} {one}" for one in axe(page)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"{path} dark {one}" for one in axe(page, ["color-contrast"])]
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    return wrong + ([f"{path} is {width} px wide on a phone"] if width > PHONE["width"] else [])


def pages_of(page):
    """The addresses that a person reaches from their home, one of each kind."""

    def fetch(path):
        answer = page.request.get(path)
        kind = answer.headers.get("content-type", "")
        return Answer(answer.status, kind, answer.text() if kind.startswith("text/html") else "")

    return [(one.path, one.answer.status) for one in walk(fetch, variants=False) if one.is_html]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("role", "closed"), PEOPLE)
class TestEveryPage:
    def test_is_for_everybody(self, address, visit, role, closed, language):
        with visit(address, email=login(role, closed=closed), language=language) as page:
            reached = pages_of(page)
            assert [path for path, status in reached if status != 200] == []

            wrong = [finding for path, _status in reached for finding in findings(page, path)]

        assert wrong == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["/connexion/", "/charte/", "/accessibilite/"])
class TestPublicPage:
    def test_is_for_everybody(self, address, visit, path, language):
        with visit(address, language=language) as page:
            assert findings(page, path) == []


class TestTheCheckItself:
    def test_sees_a_page_that_is_not_for_everybody(self, address, visit):
        with visit(address) as page:
            page.goto("/connexion/")
            page.evaluate("document.querySelector('label').remove(); document.body.style.width = '500px'")
            page.set_viewport_size(PHONE)

            assert any("label" in one for one in axe(page))
            assert page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]
