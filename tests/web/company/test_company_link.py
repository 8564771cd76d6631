from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.journal.models import Entry
from maillage.organisations.models import CompanyLink
from maillage.organisations.services import record_consent
from maillage.organisations.services.links import token_of
from maillage.resources.models import Resource
from maillage.synergies.models import Interaction
from maillage.web.company.urls import urlpatterns
from tests.conftest import NOON
from tests.support.factories import (
    ContactFactory,
    PartyFactory,
    PotentialFactory,
    ResourceFactory,
    SiteFactory,
    SynergyFactory,
)


def link_of(site, **fields):
    now = timezone.now()
    return CompanyLink.objects.create(
        **{
            "company": site.company,
            "territory": site.territory,
            "created_at": now,
            "expires_at": now + timedelta(days=30),
            **fields,
        }
    )


@pytest.fixture
def site(territory):
    return SiteFactory(territory=territory, company__name="Conserverie Kerdaniel")


@pytest.fixture
def other(territory):
    return SiteFactory(territory=territory, company__name="Biogaz du Jet")


@pytest.fixture
def token(site):
    return token_of(link_of(site))


@pytest.fixture
def synergy(territory, site, other):
    synergy = SynergyFactory(
        territory=territory, title="Graisses en méthanisation", quantity=120, unit="t", period="YEAR"
    )
    PartyFactory(synergy=synergy, company=site.company)
    PartyFactory(synergy=synergy, company=other.company, role="RECEIVER")
    return synergy


def page(client, token):
    return client.get(reverse("company:home", args=[token])).content.decode()


def send(client, token, view, *args, **fields):
    return client.post(reverse(f"company:{view}", args=[token, *args]), fields)


class TestPage:
    def test_shows_a_company_its_own_cards_and_synergies(self, client, token, site, synergy):
        ResourceFactory(site=site, text="Graisses de flottation")
        ResourceFactory(site=site, text="Vieilles palettes", status="WITHDRAWN")

        told = page(client, token)

        assert "Graisses de flottation" in told
        assert "Graisses en méthanisation" in told
        assert "Vieilles palettes" not in told

    def test_says_no_name_before_both_agree(self, client, token, site, other, synergy, practitioner):
        ours, theirs = (ContactFactory(company=one.company) for one in (site, other))
        assert "Biogaz du Jet" not in page(client, token)

        record_consent(contact_id=theirs.pk, purpose="PARTNERS", mandate=practitioner, at=NOON)
        assert "Biogaz du Jet" not in page(client, token)

        record_consent(contact_id=ours.pk, purpose="PARTNERS", mandate=practitioner, at=NOON)
        assert "Biogaz du Jet" in page(client, token)

    def test_hides_a_title_that_names_the_partner(self, client, token, synergy):
        synergy.title = "Graisses chez BIOGAZ"
        synergy.save()

        assert "BIOGAZ" not in page(client, token)

    def test_says_who_is_interested_without_a_name(self, client, token, territory, site, other):
        card = ResourceFactory(site=site, text="Coquilles d’huître")
        sought = ResourceFactory(site=other, text="Charge minérale", direction="NEED")
        secret = ResourceFactory(site=other, text="Secret de fabrique", direction="NEED", confidentiality="TERRITORY")
        for one in (sought, secret):
            PotentialFactory(territory=territory, offered=card, sought=one).companies.set([site.company, other.company])

        told = page(client, token)

        assert "Coquilles d’huître" in told
        assert "Charge minérale" in told
        assert "Secret de fabrique" not in told
        assert "Biogaz" not in told

    def test_shows_neither_prices_nor_what_the_practitioner_writes(self, client, token, site, synergy):
        ResourceFactory(site=site, current_cost_eur=6200)
        synergy.next_action, synergy.next_action_on = "Appeler M. Le Berre", NOON.date()
        synergy.save()
        site.company.notes = "Méfiance"
        site.company.save()

        told = page(client, token)

        for kept in ("6200", "6\u202f200", "Le Berre", "Méfiance"):
            assert kept not in told

    def test_is_kept_out_of_caches_and_search_engines(self, client, token):
        response = client.get(reverse("company:home", args=[token]))

        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("size", [1, 9])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, token, territory, site, size, django_assert_num_queries
    ):
        for _rank in range(size):
            card = ResourceFactory(site=site)
            potential = PotentialFactory(territory=territory, offered=card)
            potential.companies.set([site.company, SiteFactory(territory=territory).company])
            synergy = SynergyFactory(territory=territory)
            PartyFactory(synergy=synergy, company=site.company)
            PartyFactory(synergy=synergy)
            ContactFactory(company=site.company)
            answer = Interaction.objects.create(territory=territory, kind="ANSWER", outcome="DONE", at=NOON)
            answer.companies.add(site.company)
            answer.synergies.add(synergy)

        with django_assert_num_queries(14):
            client.get(reverse("company:home", args=[token]))


class TestAnswer:
    def test_waits_for_the_glance_of_the_practitioner(self, client, token, synergy):
        send(client, token, "answer", synergy.pk, outcome="STUCK")

        answer = Interaction.objects.waiting().get()
        assert (answer.kind, answer.outcome, answer.by_id) == ("ANSWER", "STUCK", None)
        synergy.refresh_from_db()
        assert synergy.stage == "IDEA"
        entry = Entry.objects.about(answer).get()
        assert (entry.actor_id, entry.mandate_id) == (None, CompanyLink.objects.get().pk)
        assert "Conserverie Kerdaniel" in entry.actor_name

    def test_is_explained_then_taken_back(self, client, token, synergy):
        send(client, token, "answer", synergy.pk, outcome="STUCK")
        answer = Interaction.objects.get()

        send(client, token, "explain", answer.pk, summary="Le transporteur s’est retiré")
        assert "Le transporteur s’est retiré" in page(client, token)

        send(client, token, "withdraw", answer.pk)
        assert not Interaction.objects.exists()

    def test_is_not_taken_back_once_read(self, client, token, synergy):
        send(client, token, "answer", synergy.pk, outcome="DONE")
        Interaction.objects.update(seen_at=NOON)

        send(client, token, "withdraw", Interaction.objects.get().pk)

        assert Interaction.objects.exists()

    def test_ignores_what_is_not_an_answer(self, client, token, synergy):
        send(client, token, "answer", synergy.pk, outcome="REACHED")

        assert not Interaction.objects.exists()

    @pytest.mark.parametrize(("typed", "read"), [("12,5", "12.5"), ("1 200", "1200"), ("1\u202f200,5", "1200.5")])
    def test_corrects_a_quantity_as_it_is_written(self, client, token, synergy, typed, read):
        send(client, token, "quantity_of_synergy", synergy.pk, quantity=typed)

        assert Interaction.objects.get().stated_quantity == Decimal(read)

    @pytest.mark.parametrize("typed", ["", "beaucoup", "0", "-3", "1e999"])
    def test_asks_for_a_number(self, client, token, synergy, typed):
        send(client, token, "quantity_of_synergy", synergy.pk, quantity=typed)

        assert not Interaction.objects.exists()
        assert "nombre supérieur à zéro" in page(client, token)


class TestCards:
    def test_are_added_in_one_line(self, client, token, site):
        send(client, token, "add_card", text="environ 300 palettes par mois", direction="OFFER")

        card = Resource.objects.get()
        assert (card.site, card.status, card.direction) == (site, "ACTIVE", "OFFER")
        assert (card.quantity, card.period) == (300, "MONTH")

    @pytest.mark.parametrize("fields", [{}, {"text": "", "direction": "OFFER"}, {"text": "Bois", "direction": "GIFT"}])
    def test_ask_for_a_line_and_a_side(self, client, token, fields):
        send(client, token, "add_card", **fields)

        assert not Resource.objects.exists()
        assert "en une ligne" in page(client, token)

    def test_have_their_quantity_corrected(self, client, token, site):
        card = ResourceFactory(site=site, quantity=100, unit="t")

        send(client, token, "quantity_of_card", card.pk, quantity="120")

        card.refresh_from_db()
        assert card.quantity == 120
        assert Entry.objects.about(card).get().changes["quantity"][1] == "120"

    def test_are_withdrawn(self, client, token, site):
        card = ResourceFactory(site=site)

        send(client, token, "withdraw_card", card.pk)

        card.refresh_from_db()
        assert card.status == "WITHDRAWN"


class TestObjection:
    def test_is_heard_and_lifted(self, client, token, site):
        contact = ContactFactory(company=site.company)

        send(client, token, "objection", contact.pk)
        contact.refresh_from_db()
        assert contact.objected_at is not None

        send(client, token, "objection_withdraw", contact.pk)
        contact.refresh_from_db()
        assert contact.objected_at is None


class TestAnotherCompany:
    """A link opens its company and nothing else, whatever the address."""

    @pytest.fixture
    def theirs(self, territory, other):
        synergy = SynergyFactory(territory=territory)
        PartyFactory(synergy=synergy, company=other.company)
        answer = Interaction.objects.create(territory=territory, kind="ANSWER", outcome="DONE", at=NOON)
        answer.companies.add(other.company)
        answer.synergies.add(synergy)
        return {
            "synergies": synergy.pk,
            "reponses": answer.pk,
            "ressources": ResourceFactory(site=other).pk,
            "contacts": ContactFactory(company=other.company).pk,
        }

    @pytest.mark.parametrize("route", [route for route in urlpatterns if "uuid:pk" in str(route.pattern)], ids=str)
    def test_does_not_exist(self, client, token, theirs, route):
        kind = str(route.pattern).split("/")[1]
        fields = {"outcome": "DONE", "quantity": "3", "summary": "À nous"}
        acts = Entry.objects.count()

        response = client.post(reverse(f"company:{route.name}", args=[token, theirs[kind]]), fields)

        assert response.status_code == 404
        assert Entry.objects.count() == acts


class TestRefusal:
    @pytest.mark.parametrize(
        ("fields", "status"),
        [({"expires_at": NOON - timedelta(days=1)}, 410), ({"revoked_at": NOON}, 410)],
        ids=["expired", "revoked"],
    )
    def test_says_whom_to_ask(self, client, site, practitioner, fields, status):
        token = token_of(link_of(site, **fields))

        response = client.get(reverse("company:home", args=[token]))

        assert response.status_code == status
        assert practitioner.user.name in response.content.decode()
        assert "Kerdaniel" not in response.content.decode()

    def test_tells_nothing_to_who_forged_it(self, client, site, practitioner, token):
        response = client.get(reverse("company:home", args=[token[:-2] + "xx"]))

        assert response.status_code == 404
        assert practitioner.user.name not in response.content.decode()

    @pytest.mark.parametrize("route", [route for route in urlpatterns if route.name != "home"], ids=str)
    def test_holds_for_every_act(self, client, site, route):
        token = token_of(link_of(site, revoked_at=NOON))
        args = [token, site.pk] if "uuid:pk" in str(route.pattern) else [token]

        assert client.post(reverse(f"company:{route.name}", args=args)).status_code == 410
        assert not Entry.objects.exists()
