from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from maillage.journal.services import SystemAuthor
from maillage.synergies.models import Barrier, Interaction, Synergy
from maillage.synergies.services import record_answer
from tests.conftest import NOON, TODAY
from tests.support.factories import (
    CompanyFactory,
    MandateFactory,
    PartyFactory,
    SiteFactory,
    SynergyFactory,
)

TOMORROW = TODAY + timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def synergy(territory, practitioner):
    return SynergyFactory(
        territory=territory,
        practitioner=practitioner.user,
        stage="DISCUSSION",
        next_action="Appeler",
        next_action_on=TODAY,
        quantity=40,
        unit="t",
    )


@pytest.fixture
def party(synergy):
    site = SiteFactory(territory=synergy.territory, company__name="Conserverie Kerdaniel")
    return PartyFactory(synergy=synergy, company=site.company)


@pytest.fixture
def signed_in(client, practitioner):
    client.force_login(practitioner.user)
    return client


def door(name, *args):
    return reverse(f"practice:{name}", args=args)


ACTS = ["synergy_plan", "synergy_move", "synergy_change", "synergy_call", "synergy_note", "barrier_raise"]


class TestEveryAct:
    @pytest.mark.parametrize("name", ACTS)
    def test_is_a_page_without_htmx_and_a_form_with_it(self, signed_in, synergy, name):
        page = signed_in.get(door(name, synergy.pk)).content.decode()
        fragment = signed_in.get(door(name, synergy.pk), headers=HTMX).content.decode()

        assert "<h1>" in page
        assert name == "synergy_change" or "<h1>" not in fragment
        assert "<form" in fragment

    @pytest.mark.parametrize("name", ACTS)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_does_not_exist_from_elsewhere(self, client, synergy, outsider, name, method):
        client.force_login(outsider.user)

        assert getattr(client, method)(door(name, synergy.pk)).status_code == 404

    @pytest.mark.parametrize("name", ACTS)
    @pytest.mark.parametrize("role", ["NATIONAL_COORD", "EXPERT", "FUNDER", "EVALUATOR"])
    def test_is_closed_to_who_only_reads(self, client, synergy, role, name):
        client.force_login(MandateFactory(role=role, programme=synergy.territory.programme).user)

        assert client.get(door(name, synergy.pk)).status_code == 403


class TestCall:
    def given(self, synergy, **changes):
        return {
            "kind": "CALL",
            "outcome": "REACHED",
            "summary": "Essai le 7 décembre",
            "synergies": [str(synergy.pk)],
            "next_action": "Envoyer la fiche",
            "next_action_on": TOMORROW.isoformat(),
        } | changes

    def test_is_written_down_and_says_what_comes_next(self, signed_in, synergy, party):
        response = signed_in.post(door("synergy_call", synergy.pk), self.given(synergy))

        assert response.url == door("synergy", synergy.pk)
        synergy.refresh_from_db()
        assert (synergy.next_action, synergy.next_action_on) == ("Envoyer la fiche", TOMORROW)
        assert synergy.interactions.get().summary == "Essai le 7 décembre"

    def test_keeps_what_was_typed_when_something_is_missing(self, signed_in, synergy, party):
        response = signed_in.post(door("synergy_call", synergy.pk), self.given(synergy, next_action=""))

        assert response.status_code == 422
        assert "Essai le 7 décembre" in response.content.decode()
        assert not Interaction.objects.exists()

    def test_goes_back_to_the_list_it_was_opened_in(self, signed_in, synergy, party):
        response = signed_in.post(
            door("synergy_call", synergy.pk), self.given(synergy, next=door("my_day")), headers=HTMX
        )

        assert response["HX-Redirect"] == door("my_day")

    def test_never_goes_to_another_site(self, signed_in, synergy, party):
        response = signed_in.post(
            door("synergy_call", synergy.pk), self.given(synergy, next="https://ailleurs.example/")
        )

        assert response.url == door("synergy", synergy.pk)

    def test_touches_other_synergies_of_the_same_companies(self, signed_in, territory, synergy, party):
        other = SynergyFactory(territory=territory)
        PartyFactory(synergy=other, company=party.company)

        signed_in.post(
            door("synergy_call", synergy.pk), self.given(synergy, synergies=[str(synergy.pk), str(other.pk)])
        )

        assert set(Interaction.objects.get().synergies.all()) == {synergy, other}

    def test_refuses_a_synergy_that_was_not_offered(self, signed_in, elsewhere, synergy, party):
        stranger = SynergyFactory(territory=elsewhere)

        response = signed_in.post(door("synergy_call", synergy.pk), self.given(synergy, synergies=[str(stranger.pk)]))

        assert response.status_code == 422

    def test_is_written_down_for_a_company_alone(self, signed_in, territory):
        company = SiteFactory(territory=territory).company

        signed_in.post(
            door("company_call", company.pk), {"kind": "CALL", "outcome": "NO_ANSWER", "companies": [str(company.pk)]}
        )

        assert list(Interaction.objects.get().companies.all()) == [company]

    def test_belongs_to_the_place_where_a_coordinator_works_with_the_company(self, client, territory):
        company = SiteFactory(territory=territory).company
        client.force_login(MandateFactory(role="REGIONAL_COORD", region=territory.region).user)

        client.post(door("company_call", company.pk), {"kind": "CALL", "companies": [str(company.pk)]})

        assert Interaction.objects.get().territory == territory


class TestMove:
    def test_is_one_tap_forward_and_can_be_taken_back(self, signed_in, synergy):
        signed_in.post(door("synergy_move", synergy.pk), {"stage": "NEGOTIATION"})
        page = signed_in.get(door("synergy", synergy.pk)).content.decode()
        change = synergy.history.get()
        assert door("synergy_move_undo", change.pk) in page

        signed_in.post(door("synergy_move_undo", change.pk))

        synergy.refresh_from_db()
        assert synergy.stage == "DISCUSSION"

    def test_asks_for_the_barrier_of_what_stops(self, signed_in, synergy):
        refused = signed_in.post(door("synergy_move", synergy.pk), {"stage": "BLOCKED"})
        assert refused.status_code == 422

        signed_in.post(
            door("synergy_move", synergy.pk), {"stage": "BLOCKED", "barriers": ["TIME"], "barrier_note": "congés"}
        )

        assert [(one.kind, one.note) for one in synergy.barriers.all()] == [("TIME", "congés")]

    def test_asks_why_it_goes_back(self, signed_in, synergy):
        response = signed_in.post(door("synergy_move", synergy.pk), {"stage": "IDEA"})

        assert response.status_code == 422
        assert "pourquoi la synergie revient en arrière" in response.content.decode()

    def test_cannot_be_taken_back_from_elsewhere(self, client, signed_in, synergy, outsider):
        signed_in.post(door("synergy_move", synergy.pk), {"stage": "NEGOTIATION"})
        client.force_login(outsider.user)

        assert client.post(door("synergy_move_undo", synergy.history.get().pk)).status_code == 403
        synergy.refresh_from_db()
        assert synergy.stage == "NEGOTIATION"


class TestPlanAndNote:
    def test_puts_the_next_action_off(self, signed_in, synergy):
        signed_in.post(
            door("synergy_plan", synergy.pk), {"next_action": "Appeler", "next_action_on": TOMORROW.isoformat()}
        )

        synergy.refresh_from_db()
        assert synergy.next_action_on == TOMORROW

    def test_keeps_a_note_without_asking_what_comes_next(self, signed_in, synergy, party):
        signed_in.post(door("synergy_note", synergy.pk), {"summary": "M. Le Berre part en mars"})

        assert synergy.interactions.get().kind == "NOTE"


class TestBarrier:
    def test_is_raised_then_lifted(self, signed_in, synergy):
        signed_in.post(door("barrier_raise", synergy.pk), {"kind": "REGULATORY", "note": "rubrique 2714"})
        barrier = synergy.barriers.get()

        signed_in.post(door("barrier_lift", synergy.pk, barrier.pk), {"note": "La DREAL a répondu"})

        barrier.refresh_from_db()
        assert barrier.resolved_at is not None
        assert synergy.interactions.get().summary == "La DREAL a répondu"

    def test_of_another_synergy_does_not_exist_here(self, signed_in, territory, synergy):
        other = Barrier.objects.create(synergy=SynergyFactory(territory=territory), kind="TIME", raised_on=TODAY)

        assert signed_in.post(door("barrier_lift", synergy.pk, other.pk)).status_code == 404


class TestAnswer:
    @pytest.fixture
    def answer(self, party):
        return record_answer(
            company_id=party.company_id,
            synergy_id=party.synergy_id,
            outcome="DONE",
            quantity=Decimal(55),
            author=SystemAuthor("Conserverie"),
            at=NOON,
        )

    def test_proposes_what_follows_from_it(self, signed_in, answer):
        page = signed_in.get(door("answer", answer.pk)).content.decode()

        assert "Conserverie Kerdaniel dit" in page
        assert "55 au lieu de 40" in page

    def test_applies_what_is_accepted(self, signed_in, synergy, answer):
        signed_in.post(door("answer", answer.pk), {"takes_quantity": "on", "stage": "COMPLETED"})

        synergy.refresh_from_db()
        assert (synergy.stage, synergy.quantity) == ("COMPLETED", 55)

    def test_may_only_be_seen(self, signed_in, synergy, answer):
        signed_in.post(door("answer", answer.pk), {"stage": ""})

        synergy.refresh_from_db()
        answer.refresh_from_db()
        assert (synergy.stage, synergy.quantity) == ("DISCUSSION", 40)
        assert answer.seen_at is not None

    def test_does_not_exist_once_seen_nor_from_elsewhere(self, client, signed_in, answer, outsider):
        signed_in.post(door("answer", answer.pk), {"stage": ""})
        assert signed_in.get(door("answer", answer.pk)).status_code == 404

        Interaction.objects.update(seen_at=None)
        client.force_login(outsider.user)
        assert client.get(door("answer", answer.pk)).status_code == 404


class TestOpenAndCorrect:
    def given(self, *names, **changes):
        lines = {f"parties-{rank}-company": name for rank, name in enumerate(names)}
        roles = {f"parties-{rank}-role": "PROVIDER" for rank in range(len(names))}
        management = {"parties-TOTAL_FORMS": len(names), "parties-INITIAL_FORMS": 0}
        return {
            "title": "Tourets en mobilier",
            "synergy_type": "REUSE",
            "stage": "IDEA",
            "spontaneity": "ACCOMPANIED",
            "quantity": "1,5",
            "unit": "t",
            "next_action": "Appeler",
            "next_action_on": TOMORROW.isoformat(),
            **management,
            **lines,
            **roles,
        } | changes

    def test_opens_with_companies_known_by_their_name(self, signed_in, practitioner, party):
        response = signed_in.post(door("synergy_add"), self.given("conserverie kerdaniel", ""))

        made = Synergy.objects.get(title="Tourets en mobilier")
        assert response.url == door("synergy", made.pk)
        assert (made.practitioner, made.quantity) == (practitioner.user, Decimal("1.5"))
        assert [one.company for one in made.parties.all()] == [party.company]

    @pytest.mark.parametrize("names", [("Inconnue",), ("",)])
    def test_refuses_what_it_cannot_name(self, signed_in, names):
        response = signed_in.post(door("synergy_add"), self.given(*names))

        assert response.status_code == 422
        assert "Tourets en mobilier" in response.content.decode()
        assert not Synergy.objects.exists()

    def test_says_when_a_name_is_borne_twice(self, signed_in, territory, party):
        SiteFactory(territory=territory, company=CompanyFactory(name=party.company.name))

        response = signed_in.post(door("synergy_add"), self.given(party.company.name))

        assert "Plusieurs entreprises portent ce nom" in response.content.decode()

    def test_asks_a_coordinator_for_the_territory(self, client, territory, elsewhere, party):
        client.force_login(MandateFactory(role="REGIONAL_COORD", region=territory.region).user)

        refused = client.post(door("synergy_add"), self.given(party.company.name, territory=str(elsewhere.pk)))
        client.post(door("synergy_add"), self.given(party.company.name, territory=str(territory.pk)))

        assert refused.status_code == 422
        assert Synergy.objects.get(title="Tourets en mobilier").territory == territory

    def test_starts_from_the_page_of_a_company(self, signed_in, party):
        page = signed_in.get(f"{door('synergy_add')}?company={party.company_id}").content.decode()

        assert 'value="Conserverie Kerdaniel"' in page
        assert signed_in.get(f"{door('synergy_add')}?company=nimporte").status_code == 200

    def test_corrects_and_removes_a_company(self, signed_in, territory, synergy, party):
        other = SiteFactory(territory=territory, company__name="Biogaz du Jet").company

        signed_in.post(door("synergy_change", synergy.pk), self.given("", "Biogaz du Jet", title="Graisses"))

        synergy.refresh_from_db()
        assert synergy.title == "Graisses"
        assert [one.company for one in synergy.parties.all()] == [other]


class TestHandOver:
    def test_gives_a_portfolio_with_its_note(self, client, territory, practitioner, synergy, party):
        receiver = MandateFactory(territory=territory)
        client.force_login(MandateFactory(role="REGIONAL_COORD", region=territory.region).user)
        giver = str(practitioner.user_id)
        assert synergy.title in client.get(door("hand_over"), {"giver": giver}).content.decode()

        client.post(
            door("hand_over"),
            {
                "giver": giver,
                "receiver": str(receiver.user_id),
                "synergies": [str(synergy.pk)],
                "note": "À rappeler avant Noël",
            },
        )

        synergy.refresh_from_db()
        assert synergy.practitioner == receiver.user
        assert synergy.interactions.get().summary == "À rappeler avant Noël"

    def test_offers_a_practitioner_their_own_portfolio_only(self, client, territory, synergy, practitioner):
        colleague = MandateFactory(territory=territory)
        client.force_login(colleague.user)

        page = client.get(door("hand_over"), {"giver": str(practitioner.user_id)}).content.decode()

        assert synergy.title not in page

    def test_refuses_a_receiver_of_elsewhere(self, signed_in, synergy, practitioner, outsider):
        response = signed_in.post(
            door("hand_over"),
            {"giver": str(practitioner.user_id), "receiver": str(outsider.user_id), "synergies": [str(synergy.pk)]},
        )

        assert response.status_code == 422
        synergy.refresh_from_db()
        assert synergy.practitioner == practitioner.user
