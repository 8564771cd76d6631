"""The direction of the house: `import-linter` holds the imports, these tests hold what it cannot see."""

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

from maillage.web import access

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src/maillage/web"


def layers() -> dict[str, int]:
    """The height of each app, as the contract of the imports has it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip(): -height for height, line in enumerate(lines) for name in line.split(":")}


def foreign_keys():
    heights = layers()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                ends = model._meta.app_label, field.related_model._meta.app_label
                if all(label in heights for label in ends):
                    yield f"{model._meta.label}.{field.name} → {field.related_model._meta.label}", *ends


def test_foreign_keys_point_down():
    """A string such as "resources.Resource" escapes the import linter; the tables do not escape this."""
    heights = layers()

    wrong = [name for name, lower, upper in foreign_keys() if heights[upper] > heights[lower]]

    assert wrong == []
    assert len(list(foreign_keys())) > 40


def views():
    def walk(patterns, space):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{space}{pattern.name}", pattern.callback
            else:
                yield from walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)

    return walk(get_resolver().url_patterns, "")


def modules() -> list[Path]:
    """The views and forms. The components filter any list for any page: it is all they do."""
    return [path for path in sorted(WEB.rglob("*.py")) if "components" not in path.parts]


class TestEveryView:
    @pytest.mark.parametrize(("name", "view"), [pytest.param(name, view, id=name) for name, view in views()])
    def test_says_who_may_enter(self, name, view):
        entrance = getattr(view, "access", None)

        assert entrance in {access.PUBLIC, access.SIGNED_IN, access.COMPANY_LINK} or entrance <= set(access.EVERYONE)

    @pytest.mark.parametrize("module", [pytest.param(path, id=str(path.relative_to(WEB))) for path in modules()])
    def test_reads_through_named_methods(self, module):
        """A view never writes `.filter(`: what it reads has a name, on the QuerySet."""
        written = [
            call.lineno
            for call in ast.walk(ast.parse(module.read_text()))
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            if call.func.attr in {"filter", "exclude"} and not _is_registration(call)
        ]

        assert written == [], f"{module.name}, lines {written}: give the read a name in a QuerySet"


def _is_registration(call: ast.Call) -> bool:
    """`register.filter` declares a filter of templates."""
    return isinstance(call.func.value, ast.Name) and call.func.value.id == "register"
