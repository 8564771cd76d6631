"""The wheel is the program: it holds everything, and runs when it is installed alone."""

import os
import socket
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tools.serving import served

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The command of an environment that holds the wheel and its dependencies, but nothing of this checkout."""
    home = tmp_path_factory.mktemp("alone")
    venv.create(home / "venv", with_pip=False)
    python = home / "venv/bin/python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
    )
    packages = next((home / "venv/lib").glob("python*/site-packages"))
    # The dependencies are lent by the environment of the tests; a folder named so does not bring its own .pth files.
    (packages / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    where = subprocess.run(
        [python, "-c", "import maillage; print(maillage.__file__)"], capture_output=True, text=True, cwd=home
    )
    assert where.stdout.startswith(str(packages))
    return home / "venv/bin/maillage"


@pytest.fixture(scope="module")
def address(installed, tmp_path_factory):
    with served([installed], tmp_path_factory.mktemp("home"), PYTHONPATH="") as address:
        yield address


def page(address, language):
    with urlopen(Request(address, headers={"Accept-Language": language}), timeout=20) as answer:
        return answer.read().decode()


def test_wheel_holds_every_file_of_the_package(wheel):
    listed = subprocess.run(["git", "ls-files", "src/maillage"], cwd=ROOT, check=True, capture_output=True, text=True)
    kept = {name.removeprefix("src/") for name in listed.stdout.split() if (ROOT / name).exists()}
    catalogues = {name.removesuffix(".po") + ".mo" for name in kept if name.endswith(".po")}

    held = set(zipfile.ZipFile(wheel).namelist())

    assert (kept | catalogues) - held == set()
    assert {Path(name).suffix for name in kept | catalogues} >= {".py", ".html", ".css", ".js", ".csv", ".mo", ".woff2"}
    assert any(name.endswith("LICENSE") for name in held)


class TestInstalledAlone:
    def test_doctor_says_where_things_are(self, installed, address, tmp_path):
        environment = {**os.environ, "MAILLAGE_HOME": str(tmp_path / "new"), "PYTHONPATH": ""}

        said = subprocess.run([installed, "doctor"], capture_output=True, text=True, env=environment, cwd=tmp_path)

        assert str(tmp_path / "new") in said.stdout
        assert "Traceback" not in said.stderr

    @pytest.mark.parametrize(("language", "word"), [("fr", "Se connecter"), ("en", "Sign in")])
    def test_serves_pages_in_both_languages(self, address, language, word):
        assert word in page(f"{address}/connexion/", language)

    @pytest.mark.parametrize("name", ["maillage/tokens.css", "maillage/fonts/newsreader.woff2", "vendor/htmx.min.js"])
    def test_serves_its_static_files(self, address, name):
        with urlopen(f"{address}/static/{name}", timeout=20) as answer:
            assert len(answer.read()) > 1000


def test_stops_whole_when_it_is_told_to(installed, tmp_path):
    """A service manager sends SIGTERM: neither the web server nor the worker outlives the command."""
    with served([installed], tmp_path / "home", PYTHONPATH="") as address:
        running = urlsplit(address)

    with pytest.raises(ConnectionRefusedError), socket.create_connection((running.hostname, running.port), timeout=5):
        pass
    assert processes_of(tmp_path / "home") == []


def processes_of(home):
    """The commands that still run on an installation. Linux only, as the tests of the package are."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"MAILLAGE_HOME={home}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes())
        except OSError:
            continue
    return found
