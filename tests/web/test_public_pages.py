"""The pages that need no account, and the colours they promise."""

import pytest
from django.urls import reverse

from maillage.web.public import contrast


class TestContrast:
    @pytest.mark.parametrize("pair", contrast.measured(), ids=lambda pair: f"{pair.front} on {pair.back}")
    def test_is_enough_in_both_themes(self, pair):
        assert pair.light >= pair.least
        assert pair.dark >= pair.least

    def test_refuses_dark_themes_that_differ(self, monkeypatch, tmp_path):
        broken = tmp_path / "tokens.css"
        broken.write_text(
            contrast.TOKENS.read_text(encoding="utf-8").replace("--paper: #171a18", "--paper: #000000", 1)
        )
        monkeypatch.setattr(contrast, "TOKENS", broken)
        contrast.themes.cache_clear()

        with pytest.raises(ValueError, match="differ"):
            contrast.themes()

        contrast.themes.cache_clear()


@pytest.mark.django_db
class TestPublicPages:
    @pytest.mark.parametrize("name", ["design_system", "accessibility"])
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_open_without_an_account(self, client, name, language):
        client.cookies["django_language"] = language

        response = client.get(reverse(f"public:{name}"))

        assert response.status_code == 200
        assert f'<html lang="{language}">' in response.content.decode()

    def test_health_answers_with_the_database(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):
            response = client.get(reverse("public:health"))

        assert response.json()["status"] == "ok"
