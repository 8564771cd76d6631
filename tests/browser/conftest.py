"""A running Maillage with the demonstration, a Chromium, and people who sign in."""

import shutil
import sys
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from maillage.demo.people import DEMO_PASSWORD, LOGINS
from tools import chromium, demonstration
from tools.serving import served

MAILLAGE = (sys.executable, "-m", "maillage")
SOURCE = str(demonstration.SOURCE.parent)
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demonstration_home(tmp_path_factory):
    """A folder with the demonstration in it, for this session's server."""
    home = tmp_path_factory.mktemp("home") / "home"
    shutil.copytree(demonstration.home(), home)
    return home


@pytest.fixture(scope="session")
def address(demonstration_home):
    """Where the demonstration answers; tests that change it take `own_address`."""
    with served(MAILLAGE, demonstration_home, PYTHONPATH=SOURCE) as url:
        yield url


@pytest.fixture
def own_address(demonstration_home, tmp_path):
    """Where a copy of the demonstration answers, which the test may change."""
    home = tmp_path / "home"
    shutil.copytree(demonstration_home, home, ignore=shutil.ignore_patterns("*-wal", "*-shm", "*.log"))
    with served(MAILLAGE, home, PYTHONPATH=SOURCE) as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def visit(browser):
    """Open a page on an address, as somebody, in a language; an error that the page reports fails the test."""
    complaints = []

    @contextmanager
    def open_page(url, *, email=None, language="fr", viewport=WIDE):
        context = browser.new_context(
            base_url=url, locale=language, viewport=viewport, reduced_motion="reduce", accept_downloads=True
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": url}])
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        # A refusal is a page of its own, with the status 422; the browser notes it as a resource that failed.
        page.on(
            "console",
            lambda line: (
                complaints.append(f"{page.url}: {line.text}")
                if line.type == "error" and "422" not in line.text
                else None
            ),
        )
        if email:
            sign_in(page, email, language)
        yield page
        context.close()

    yield open_page
    assert complaints == []


def sign_in(page, email, language="fr"):
    page.goto("/connexion/")
    page.fill("#id_username", email)
    page.fill("#id_password", DEMO_PASSWORD)
    page.click("main form .btn.main")
    page.wait_for_url(lambda url: "/connexion/" not in url)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").first.click()
        page.wait_for_selector(f"html[lang={language}]")


def login(role, *, closed=False):
    """The e-mail of the demonstration's person of this role, in the living programme or in the closed one."""
    return next(one.email for one in LOGINS if one.role == role and (one.programme == "PNSI") == closed)
