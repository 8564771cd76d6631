import pytest
from django.contrib import messages
from django.test import RequestFactory
from django.urls import reverse

from maillage.common.search import every_word, words
from maillage.organisations.models import Company
from maillage.web.components.undo import done, undo_url
from tests.support.factories import CompanyFactory, MandateFactory

SEARCH = reverse("practice:search")


def page(client, mandate, url=SEARCH):
    client.force_login(mandate.user)
    return client.get(url).content.decode()


class TestMasthead:
    def test_keeps_five_words_on_a_phone_and_the_others_behind(self, client, practitioner):
        client.force_login(practitioner.user)

        context = client.get(SEARCH).context

        shown = [item for item in context["navigation"] if not item["tucked"]]
        assert len(shown) == 4
        assert {item["label"] for item in context["navigation_tucked"]} == {
            item["label"] for item in context["navigation"] if item["tucked"]
        }

    def test_hides_nothing_of_a_short_navigation(self, client, onlooker):
        client.force_login(onlooker.user)

        assert client.get(SEARCH).context["navigation_tucked"] == []

    @pytest.mark.parametrize(
        ("role", "reads"), [("PRACTITIONER", True), ("EVALUATOR", True), ("FUNDER", False), ("RELAY", False)]
    )
    def test_leads_to_the_journal_who_reads_it(self, client, territory, role, reads):
        mandate = MandateFactory(role=role, programme=territory.programme)

        assert (reverse("practice:journal") in page(client, mandate)) is reads

    def test_marks_one_word_at_most_as_current(self, client, practitioner):
        told = page(client, practitioner, reverse("practice:company_list"))

        assert told.count('aria-current="page">Entreprises') == 2  # the bar, and what is behind its last word
        assert "aria-current" not in page(client, practitioner, SEARCH).split("</header>")[0]


class TestToast:
    @pytest.fixture
    def request_(self, rf: RequestFactory):
        request = rf.get("/")
        request.session = {}
        request._messages = messages.storage.default_storage(request)
        return request

    def test_carries_a_way_back(self, request_):
        done(request_, "Retiré.", undo="/revenir/")

        (message,) = messages.get_messages(request_)
        assert (str(message), undo_url(message)) == ("Retiré.", "/revenir/")

    def test_has_none_unless_told(self, request_):
        done(request_, "Fait.")
        messages.info(request_, "Autre", extra_tags="/piege/")

        assert [undo_url(message) for message in messages.get_messages(request_)] == ["", ""]


class TestDeadEnds:
    def test_say_what_to_do(self, client, onlooker):
        refused = page(client, onlooker, reverse("practice:company_list"))
        lost = page(client, onlooker, "/nulle-part/")

        for told in (refused, lost):
            assert reverse("home") in told
            assert "<h1>" in told


class TestEveryWord:
    def test_parts_words_where_a_name_does(self):
        assert words("L’Île-d'Yeu  ÉLÈVE") == ["l", "ile", "d", "yeu", "eleve"]

    def test_asks_for_no_more_than_a_question_holds(self):
        assert len(words("un deux trois " * 50)) == 8

    def test_asks_for_nothing_without_words(self, db):
        CompanyFactory()

        assert Company.objects.filter(every_word("  - ’ ", "folded_name")).count() == 1
