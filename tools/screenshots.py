"""Draw the main pages of the demonstration into docs/images: `make screenshots`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tools import chromium, demonstration
from tools.serving import served

IMAGES = demonstration.ROOT / "docs/images"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
#: Name of the picture, role, programme (the closed one, or the one that lives today), address.
PAGES = (
    ("ma-journee", "PRACTITIONER", False, "/ma-journee/"),
    ("ateliers", "PRACTITIONER", False, "/ateliers/"),
    ("entreprises", "PRACTITIONER", True, "/entreprises/"),
    ("ressources", "PRACTITIONER", True, "/ressources/"),
    ("synergies", "PRACTITIONER", True, "/synergies/"),
    ("region", "REGIONAL_COORD", True, "/pilotage/region/"),
    ("programme", "NATIONAL_COORD", True, "/pilotage/programme/"),
    ("bilan", "FUNDER", True, "/bilan/"),
)


def draw(address: str) -> None:
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    from maillage.demo.people import DEMO_PASSWORD, LOGINS

    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        for name, role, closed, path in PAGES:
            login = next(one for one in LOGINS if one.role == role and (one.programme == "PNSI") == closed)
            page = browser.new_page(base_url=address, locale="fr-FR", viewport=WIDE, reduced_motion="reduce")
            page.goto("/connexion/")
            page.fill("#id_username", login.email)
            page.fill("#id_password", DEMO_PASSWORD)
            page.click("form .btn.main")
            page.goto(path)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.set_viewport_size(PHONE)
            page.screenshot(path=IMAGES / f"{name}-360.png")
            page.close()
            print(f"docs/images/{name}.png", flush=True)
        browser.close()


def main() -> int:
    if not chromium.find_or_install():
        print("No Chromium: install the distribution's, or name one with MAILLAGE_CHROMIUM.", file=sys.stderr)
        return 1
    sys.path.insert(0, str(demonstration.SOURCE.parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.settings.test"
    with tempfile.TemporaryDirectory(prefix="maillage-screenshots-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(demonstration.home(), home)
        with served((sys.executable, "-m", "maillage"), home, PYTHONPATH=os.pathsep.join(sys.path)) as address:
            draw(address)
    return 0


if __name__ == "__main__":
    sys.exit(main())
