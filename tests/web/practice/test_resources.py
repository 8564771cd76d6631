import pytest
from django.urls import reverse

from maillage.matching.models import Proposal
from maillage.resources.models import Resource
from maillage.synergies.models import PotentialSynergy, Synergy
from maillage.territories.models import Commune
from tests.support.factories import (
    CompanyFactory,
    PotentialFactory,
    ProposalFactory,
    ResourceFactory,
    SiteFactory,
    SynergyFactory,
)

LIST = reverse("practice:resource_list")


@pytest.fixture
def as_practitioner(client, practitioner):
    client.force_login(practitioner.user)
    return client


def place(name, latitude, longitude, code):
    return Commune.objects.create(
        code=code, name=name, folded_name=name.lower(), department_code="29", region_code="53",
        latitude=latitude, longitude=longitude,
    )  # fmt: skip


def page(card):
    return reverse("practice:resource", args=[card.pk])


class TestResourceList:
    def test_shows_the_base_of_the_programme_and_nothing_that_is_kept(self, as_practitioner, territory, elsewhere):
        ours = ResourceFactory(site__territory=territory)
        shared = ResourceFactory(site__territory=elsewhere)
        ResourceFactory(site__territory=elsewhere, confidentiality="TERRITORY")

        found = list(as_practitioner.get(LIST).context["listing"].records)

        assert set(found) == {ours, shared}

    def test_sorts_by_distance_around_a_commune(self, as_practitioner, territory):
        near, far = place("Quimperlé".replace("é", "e"), 47.87, -3.55, "29233"), place("Rennes", 48.11, -1.68, "35238")
        at_far = ResourceFactory(site__territory=territory, site__commune=far)
        at_near = ResourceFactory(site__territory=territory, site__commune=near)

        found = list(as_practitioner.get(LIST, {"commune": "Quimperle"}).context["listing"].records)
        within = list(as_practitioner.get(LIST, {"commune": "Quimperle", "radius": "50"}).context["listing"].records)

        assert found == [at_near, at_far]
        assert found[0].distance_km == pytest.approx(0, abs=0.1)
        assert found[1].distance_km == pytest.approx(142, abs=3)
        assert within == [at_near]

    def test_says_when_no_commune_bears_the_name(self, as_practitioner, territory):
        response = as_practitioner.get(LIST, {"commune": "Nulle-Part"})

        assert response.context["listing"].form.errors["commune"]

    def test_exports_what_is_shown(self, as_practitioner, territory):
        ResourceFactory(site__territory=territory, title="=2+2")

        written = as_practitioner.get(LIST, {"format": "csv"}).content.decode("utf-8-sig")

        assert "'=2+2" in written

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, as_practitioner, territory, size, django_assert_num_queries
    ):
        ResourceFactory.create_batch(size, site__territory=territory)

        with django_assert_num_queries(6):  # session, user, mandate, territories, count, cards
            as_practitioner.get(LIST)


class TestResourcePage:
    def test_is_not_found_when_the_card_is_kept(self, client, outsider, territory):
        card = ResourceFactory(site__territory=territory, confidentiality="TERRITORY")
        client.force_login(outsider.user)

        assert client.get(page(card)).status_code == 404

    def test_is_shut_to_who_reads_figures_only(self, client, onlooker, territory):
        client.force_login(onlooker.user)

        assert client.get(page(ResourceFactory(site__territory=territory))).status_code == 403

    def test_tells_costs_in_its_own_place_only(self, client, practitioner, outsider, territory):
        card = ResourceFactory(site__territory=territory, current_cost_eur=4321)

        seen = []
        for mandate in (practitioner, outsider):
            client.force_login(mandate.user)
            seen.append("321" in client.get(page(card)).content.decode().split("<main")[1].replace(str(card.pk), ""))

        assert seen == [True, False]

    def test_shows_leads_with_their_reasons(self, as_practitioner, territory):
        card = ResourceFactory(site__territory=territory)
        other = ResourceFactory(site__territory=territory, direction="NEED", title="Palettes perdues")
        reasons = [{"criterion": "words", "points": 5, "values": {"words": ["palettes"]}}]
        ProposalFactory(left=card, right=other, reasons=reasons)

        shown = as_practitioner.get(page(card)).content.decode()

        assert "Palettes perdues" in shown
        assert "Mots en commun\u00a0: palettes." in shown

    @pytest.mark.parametrize("size", [1, 6])
    def test_costs_the_same_queries_whatever_the_size(
        self, as_practitioner, territory, size, django_assert_max_num_queries
    ):
        card = ResourceFactory(site__territory=territory)
        for _ in range(size):
            other = ResourceFactory(site__territory=territory, direction="NEED")
            ProposalFactory(left=card, right=other)
            PotentialFactory(territory=territory, offered=card, sought=other)

        with django_assert_max_num_queries(12):
            as_practitioner.get(page(card))


class TestResourceAdd:
    def test_makes_a_card_of_a_line_and_looks_for_partners(self, as_practitioner, territory, elsewhere):
        site = SiteFactory(territory=territory)
        ResourceFactory(site__territory=elsewhere, direction="NEED", text="palettes bois")
        url = reverse("practice:resource_add", args=[site.company.pk])

        response = as_practitioner.post(url, {"site": site.pk, "side": "", "text": "on jette 300 palettes bois / mois"})

        card = Resource.objects.get(site=site)
        assert response["Location"] == page(card)
        assert (card.direction, card.quantity, card.title) == ("OFFER", 300, "Palettes bois")
        assert Proposal.objects.get().left == card

    def test_says_what_is_missing(self, as_practitioner, territory):
        site = SiteFactory(territory=territory)

        response = as_practitioner.post(
            reverse("practice:resource_add", args=[site.company.pk]), {"site": site.pk, "text": " "}
        )

        assert response.status_code == 422
        assert not Resource.objects.exists()

    def test_is_not_found_for_a_company_from_elsewhere(self, as_practitioner, elsewhere):
        company = SiteFactory(territory=elsewhere).company

        assert as_practitioner.get(reverse("practice:resource_add", args=[company.pk])).status_code == 404

    def test_shows_what_is_understood_while_one_types(self, as_practitioner):
        shown = as_practitioner.get(reverse("practice:understood"), {"text": "cherche 12 t de sciure par an"})

        assert "Sciure" in shown.content.decode()
        assert 'class="side need"' in shown.content.decode()


class TestResourceChange:
    def fields(self, card, **changes):
        return {
            "title": card.title, "text": card.text, "direction": card.direction, "category": "MATERIAL",
            "confidentiality": "PROGRAMME", "waste_code": "", **changes,
        }  # fmt: skip

    def test_corrects_the_card(self, as_practitioner, territory):
        card = ResourceFactory(site__territory=territory)
        url = reverse("practice:resource_change", args=[card.pk])

        response = as_practitioner.post(url, self.fields(card, quantity="12,5", unit="t", period="YEAR"))

        card.refresh_from_db()
        assert response.status_code == 302
        assert (card.category, float(card.quantity)) == ("MATERIAL", 12.5)

    def test_refuses_a_waste_code_that_does_not_exist(self, as_practitioner, territory):
        card = ResourceFactory(site__territory=territory)

        response = as_practitioner.post(
            reverse("practice:resource_change", args=[card.pk]), self.fields(card, waste_code="99 99 99")
        )

        assert response.status_code == 422

    def test_is_not_found_elsewhere(self, client, outsider, territory):
        card = ResourceFactory(site__territory=territory)
        client.force_login(outsider.user)

        for name in ("resource_change", "resource_withdraw", "resource_bring_back", "resource_propose"):
            assert client.post(reverse(f"practice:{name}", args=[card.pk])).status_code == 404

    def test_withdrawal_can_be_undone(self, as_practitioner, territory):
        card = ResourceFactory(site__territory=territory)

        as_practitioner.post(reverse("practice:resource_withdraw", args=[card.pk]))
        as_practitioner.post(reverse("practice:resource_bring_back", args=[card.pk]))

        card.refresh_from_db()
        assert card.status == "ACTIVE"


class TestProposal:
    @pytest.fixture
    def proposal(self, territory):
        return ProposalFactory(left__site__territory=territory, right__site__territory=territory)

    def test_is_kept_in_one_tap_without_javascript(self, as_practitioner, proposal):
        back = page(proposal.left)

        response = as_practitioner.post(
            reverse("practice:proposal_keep", args=[proposal.pk]), {"next": back}, follow=True
        )

        assert PotentialSynergy.objects.get().proposal == proposal
        assert response.redirect_chain == [(back, 302)]
        assert reverse("practice:proposal_reopen", args=[proposal.pk]) in response.content.decode()

    def test_goes_to_no_other_site(self, as_practitioner, proposal):
        response = as_practitioner.post(
            reverse("practice:proposal_keep", args=[proposal.pk]), {"next": "https://evil.example/"}
        )

        assert response["Location"] == page(proposal.left)

    def test_is_replaced_in_place_with_htmx(self, as_practitioner, proposal):
        response = as_practitioner.post(
            reverse("practice:proposal_set_aside", args=[proposal.pk]), headers={"hx-request": "true"}
        )

        assert response.status_code == 200
        assert f'id="proposal-{proposal.pk}"' in response.content.decode()
        assert "écartée" in response.content.decode().lower()

    @pytest.mark.parametrize("act", ["keep", "set_aside", "reopen"])
    def test_is_not_found_by_who_may_not_screen_it(self, client, outsider, onlooker, proposal, act):
        url = reverse(f"practice:proposal_{act}", args=[proposal.pk])

        client.force_login(outsider.user)
        assert client.post(url).status_code == 404
        client.force_login(onlooker.user)
        assert client.post(url).status_code == 403


class TestPotentialList:
    URL = reverse("practice:potential_list")

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, as_practitioner, territory, size, django_assert_num_queries
    ):
        for potential in PotentialFactory.create_batch(size, territory=territory, synergy_type="REUSE"):
            potential.companies.add(CompanyFactory())
            SynergyFactory(potential=potential, territory=territory)

        with django_assert_num_queries(8):  # session, user, mandate, territories, count, rows, companies, followed
            as_practitioner.get(self.URL)

    def test_finds_words_in_cards_and_names_of_companies(self, as_practitioner, territory):
        by_card = PotentialFactory(territory=territory, offered=ResourceFactory(text="Sciure de chêne"))
        by_name = PotentialFactory(territory=territory)
        by_name.companies.add(CompanyFactory(name="Scierie du Chêne"), CompanyFactory(name="Chêne et Cie"))
        PotentialFactory(territory=territory)

        found = list(as_practitioner.get(self.URL, {"text": "CHENE"}).context["listing"].records)

        assert set(found) == {by_card, by_name}
        assert len(found) == 2

    def test_keeps_what_nobody_follows(self, as_practitioner, territory):
        followed, waiting = PotentialFactory.create_batch(2, territory=territory)
        SynergyFactory(potential=followed)

        found = list(as_practitioner.get(self.URL, {"waiting": "on"}).context["listing"].records)

        assert found == [waiting]

    def test_follows_one(self, as_practitioner, practitioner, territory):
        potential = PotentialFactory(
            territory=territory, offered=ResourceFactory(), sought=ResourceFactory(direction="NEED"), origin="ROOM"
        )
        for card in (potential.offered, potential.sought):
            SiteFactory(company=card.site.company, territory=territory)
            potential.companies.add(card.site.company)

        as_practitioner.post(reverse("practice:potential_follow", args=[potential.pk]))

        synergy = Synergy.objects.get()
        assert (synergy.potential, synergy.stage, synergy.practitioner) == (potential, "IDEA", practitioner.user)
        assert synergy.next_action and synergy.next_action_on
        assert [(party.company, party.role) for party in synergy.parties.order_by("rank")] == [
            (potential.offered.site.company, "PROVIDER"),
            (potential.sought.site.company, "RECEIVER"),
        ]

    def test_does_not_follow_what_is_elsewhere(self, client, outsider, territory):
        potential = PotentialFactory(territory=territory)
        client.force_login(outsider.user)

        response = client.post(reverse("practice:potential_follow", args=[potential.pk]))

        assert response.status_code == 404
        assert not Synergy.objects.exists()
