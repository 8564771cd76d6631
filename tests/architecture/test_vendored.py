"""What was written elsewhere is the file that its manifest says, under a licence that is said."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "src/maillage/web/static/vendor", ROOT / "tests/vendor")
FILES = [path for folder in FOLDERS for path in sorted(folder.iterdir()) if path.name != "manifest.toml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestVendoredFile:
    def test_has_the_hash_of_its_manifest(self, path):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == self.said_of(path)["sha256"]

    def test_has_a_version_a_licence_and_a_source(self, path):
        said = self.said_of(path)

        assert said["version"] in path.read_text()
        assert said["name"] and said["licence"] and said["source"]

    @staticmethod
    def said_of(path):
        return tomllib.loads((path.parent / "manifest.toml").read_text())[path.name]
