from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.synergies.models import Barrier, Interaction, StageChange
from maillage.synergies.stages import Stage
from tests.conftest import NOON, TODAY
from tests.support.factories import (
    ContactFactory,
    ImpactLineFactory,
    MandateFactory,
    ParticipationFactory,
    PartyFactory,
    PotentialFactory,
    ResourceFactory,
    SiteFactory,
    SynergyFactory,
    WorkshopFactory,
)


@pytest.fixture(autouse=True)
def on_that_day():
    """Every page of this file is seen on 24 November 2026."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def synergy(territory, practitioner):
    return SynergyFactory(
        territory=territory,
        practitioner=practitioner.user,
        title="Graisses de flottation en méthanisation",
        stage="NEGOTIATION",
        stage_since=TODAY - timedelta(days=39),
        next_action="Appeler M. Le Berre",
        next_action_on=TODAY,
        quantity=120,
        unit="t",
        period="YEAR",
    )


def party(synergy, name, role="PROVIDER"):
    site = SiteFactory(territory=synergy.territory, company__name=name)
    return PartyFactory(synergy=synergy, company=site.company, role=role)


def body(client, mandate, url):
    client.force_login(mandate.user)
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def count_queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


class TestSynergy:
    @pytest.fixture
    def url(self, synergy):
        return reverse("practice:synergy", args=[synergy.pk])

    def test_says_what_comes_next_first(self, client, synergy, practitioner, url):
        page = body(client, practitioner, url)

        assert "Appeler M. Le Berre" in page
        assert "depuis 39 jours" in page
        assert "120\N{NO-BREAK SPACE}t" in page

    def test_shows_the_offer_and_the_need_that_answer_each_other(self, client, territory, synergy, practitioner, url):
        offered = ResourceFactory(site__territory=territory, title="Graisses de flottation")
        sought = ResourceFactory(site__territory=territory, direction="NEED", title="Matières grasses")
        synergy.potential = PotentialFactory(territory=territory, offered=offered, sought=sought)
        synergy.save()
        PartyFactory(synergy=synergy, company=offered.site.company)
        PartyFactory(synergy=synergy, company=sought.site.company, role="RECEIVER")

        page = body(client, practitioner, url)

        assert "Graisses de flottation" in page
        assert 'class="res need"' in page

    def test_lists_the_companies_of_a_pool(self, client, synergy, practitioner, url):
        for name in ("Voilerie Anaon", "Béton du Scorff", "Ostréa"):
            party(synergy, name, "POOL_MEMBER")

        page = body(client, practitioner, url)

        assert page.count('class="res pool"') == 3

    def test_merges_steps_and_words_the_newest_first(self, client, territory, synergy, practitioner, url):
        StageChange.objects.create(
            synergy=synergy,
            from_stage="IDEA",
            to_stage="DISCUSSION",
            at=NOON - timedelta(days=9),
            reason="Mise en relation",
        )
        visit = Interaction.objects.create(
            territory=territory, kind="VISIT", summary="Trois photos", at=NOON - timedelta(days=3)
        )
        visit.synergies.add(synergy)

        page = body(client, practitioner, url)

        assert page.index("Trois photos") < page.index("Mise en relation")

    def test_gives_the_people_to_speak_to(self, client, synergy, practitioner, url):
        contact = ContactFactory(company=party(synergy, "Conserverie").company, phone="02 61 91 00 21")

        assert contact.phone in body(client, practitioner, url)

    def test_costs_the_same_queries_whatever_the_size(self, client, territory, synergy, practitioner, url):
        client.force_login(practitioner.user)

        def grow(size):
            for rank in range(size):
                ContactFactory(company=party(synergy, f"Entreprise {rank} {size}").company)
                Barrier.objects.create(synergy=synergy, kind="TIME", raised_on=TODAY)
                StageChange.objects.create(synergy=synergy, to_stage="IDEA", at=NOON, by=practitioner.user)
                ImpactLineFactory(synergy=synergy, year=2000 + size + rank)
                said = Interaction.objects.create(territory=territory, kind="CALL", at=NOON, by=practitioner.user)
                said.synergies.add(synergy)
            return count_queries(client, url)

        assert grow(1) == grow(11)

    def test_hides_what_is_inside_from_elsewhere(self, client, synergy, outsider, practitioner, url):
        company = party(synergy, "Conserverie Kerdaniel").company
        contact = ContactFactory(company=company, name="Hervé Le Berre")
        ImpactLineFactory(synergy=synergy, indicator="COST_SAVED", value=6200)
        said = Interaction.objects.create(territory=synergy.territory, kind="CALL", summary="secret dit", at=NOON)
        said.synergies.add(synergy)

        page = body(client, outsider, url)

        assert synergy.title in page
        assert company.name in page
        for hidden in (contact.name, "6\N{NARROW NO-BREAK SPACE}200", "secret dit", synergy.next_action, "/corriger/"):
            assert hidden not in page
            assert hidden in body(client, practitioner, url)
            client.force_login(outsider.user)

    def test_is_read_by_an_expert_of_the_place_who_changes_nothing(self, client, territory, synergy, url):
        contact = ContactFactory(company=party(synergy, "Conserverie").company, name="Hervé Le Berre")

        page = body(client, MandateFactory(role="EXPERT", territory=territory), url)

        assert synergy.next_action in page
        assert contact.name not in page
        assert "/corriger/" not in page

    def test_does_not_exist_for_an_expert_of_elsewhere(self, client, elsewhere, url):
        client.force_login(MandateFactory(role="EXPERT", territory=elsewhere).user)

        assert client.get(url).status_code == 404

    @pytest.mark.parametrize("role", ["FUNDER", "EVALUATOR", "RELAY", "FACILITATOR"])
    def test_is_closed_to_who_reads_no_names(self, client, territory, url, role):
        client.force_login(MandateFactory(role=role, programme=territory.programme).user)

        assert client.get(url).status_code == 403

    def test_does_not_exist_in_another_programme(self, client, url):
        client.force_login(MandateFactory(role="NATIONAL_COORD").user)

        assert client.get(url).status_code == 404

    @pytest.mark.parametrize("stage", Stage)
    def test_stands_at_every_stage(self, client, synergy, practitioner, url, stage):
        synergy.stage = stage
        synergy.save()

        assert str(stage.label) in body(client, practitioner, url)


class TestSynergyBoard:
    url = "/synergies/"

    def test_puts_each_synergy_in_its_column(self, client, synergy, practitioner):
        page = body(client, practitioner, self.url)

        column = page.split('class="k3"')[1].split("</section>")[0]
        assert synergy.title in column

    def test_sends_to_the_list_for_the_others(self, client, territory, practitioner):
        SynergyFactory.create_batch(9, territory=territory, practitioner=practitioner.user)

        page = body(client, practitioner, self.url)

        assert "et 3 autres" in page
        assert "/synergies/liste/?stage=IDEA&amp;who=mine" in page

    def test_keeps_mine_or_the_team(self, client, territory, synergy, practitioner):
        other = SynergyFactory(territory=territory, title="Palettes d’une collègue")

        assert other.title not in body(client, practitioner, self.url)
        assert other.title in body(client, practitioner, self.url + "?who=team")

    def test_keeps_the_late_ones(self, client, territory, synergy, practitioner):
        late = SynergyFactory(
            territory=territory,
            practitioner=practitioner.user,
            title="En retard",
            next_action="Appeler",
            next_action_on=TODAY - timedelta(days=1),
        )

        page = body(client, practitioner, self.url + "?late=1")

        assert late.title in page
        assert synergy.title not in page

    def test_keeps_a_family(self, client, territory, synergy, practitioner):
        synergy.synergy_type = "ANAEROBIC_DIGESTION"
        synergy.save()

        assert synergy.title in body(client, practitioner, self.url + "?family=ENERGY")
        assert synergy.title not in body(client, practitioner, self.url + "?family=PEOPLE")

    def test_counts_what_blocks(self, client, synergy, practitioner):
        synergy.stage = "BLOCKED"
        synergy.save()
        Barrier.objects.create(synergy=synergy, kind="REGULATORY", raised_on=TODAY)
        Barrier.objects.create(synergy=synergy, kind="TIME", raised_on=TODAY, resolved_at=NOON)

        page = body(client, practitioner, self.url)

        assert "barrier=REGULATORY" in page
        assert "barrier=TIME" not in page

    def test_shows_nothing_of_elsewhere(self, client, synergy, outsider):
        assert synergy.title not in body(client, outsider, self.url + "?who=team")

    def test_teaches_the_next_step_when_empty(self, client, practitioner):
        assert "aucune synergie" in body(client, practitioner, self.url).lower()

    def test_costs_the_same_queries_whatever_the_size(self, client, territory, practitioner):
        client.force_login(practitioner.user)

        def grow(size):
            for rank in range(size):
                made = SynergyFactory(
                    territory=territory, practitioner=practitioner.user, stage=list(Stage)[rank % len(Stage)]
                )
                party(made, f"Entreprise {rank}")
                Barrier.objects.create(synergy=made, kind="TIME", raised_on=TODAY)
            return count_queries(client, self.url)

        assert grow(len(Stage)) == grow(12)  # one at each stage, then more


class TestSynergyList:
    url = "/synergies/liste/"

    def test_finds_by_company_without_accents(self, client, synergy, practitioner):
        party(synergy, "Béton du Scorff")

        assert synergy.title in body(client, practitioner, self.url + "?text=beton")
        assert synergy.title not in body(client, practitioner, self.url + "?text=laiterie")

    def test_shows_titles_of_elsewhere_and_not_what_comes_next(self, client, synergy, outsider, practitioner):
        page = body(client, outsider, self.url)

        assert synergy.title in page
        assert synergy.next_action not in page
        assert synergy.next_action in body(client, practitioner, self.url)

    @pytest.mark.parametrize("query", ["late=on", "sleeping=on", "who=team", "barrier=TIME"])
    def test_tells_nothing_of_elsewhere_by_a_filter(self, client, synergy, outsider, query):
        synergy.next_action_on = TODAY - timedelta(days=90)
        synergy.stage_since = TODAY - timedelta(days=90)
        synergy.save()
        Barrier.objects.create(synergy=synergy, kind="TIME", raised_on=TODAY)

        assert synergy.title not in body(client, outsider, f"{self.url}?{query}")

    def test_exports_without_what_elsewhere_hides(self, client, synergy, outsider, practitioner):
        def exported(mandate):
            client.force_login(mandate.user)
            return client.get(self.url + "?format=csv").content.decode("utf-8-sig")

        assert synergy.next_action in exported(practitioner)
        assert synergy.next_action not in exported(outsider)

    def test_keeps_those_of_a_workshop(self, client, territory, synergy, practitioner):
        workshop = WorkshopFactory(territory=territory)
        synergy.potential = PotentialFactory(territory=territory)
        synergy.save()
        workshop.potentials.create(potential=synergy.potential)
        other = SynergyFactory(territory=territory, title="Venue d’ailleurs")

        page = body(client, practitioner, f"{self.url}?workshop={workshop.pk}")

        assert synergy.title in page
        assert other.title not in page

    def test_sorts_stages_in_the_order_of_a_life(self, client, territory, practitioner):
        for stage in ("COMPLETED", "DISCUSSION", "IDEA"):
            SynergyFactory(territory=territory, stage=stage, title=f"Au stade {stage}")

        page = body(client, practitioner, self.url + "?sort=stage")

        places = [page.index(f"Au stade {stage}") for stage in ("IDEA", "DISCUSSION", "COMPLETED")]
        assert places == sorted(places)

    def test_costs_the_same_queries_whatever_the_size(self, client, territory, practitioner):
        client.force_login(practitioner.user)

        def grow(size):
            for rank in range(size):
                party(SynergyFactory(territory=territory, practitioner=practitioner.user), f"Entreprise {rank}")
            return count_queries(client, self.url)

        assert grow(1) == grow(11)


class TestMyDay:
    url = "/ma-journee/"

    @pytest.fixture
    def workshop(self, territory):
        return WorkshopFactory(territory=territory, held_on=TODAY - timedelta(days=55))

    def test_asks_to_call_back_before_the_end_of_the_two_months(self, client, workshop, practitioner):
        came = ParticipationFactory(workshop=workshop, site__company__name="Laiterie du Roudou")
        missed = ParticipationFactory(workshop=workshop, site__company__name="Absente", status="NO_SHOW")

        page = body(client, practitioner, self.url)

        assert came.site.company.name in page
        assert "reste 5 jours" in page
        assert missed.site.company.name not in page

    @pytest.mark.parametrize(
        ("kind", "outcome", "is_asked"),
        [("CALL", "REACHED", False), ("CALL", "NO_ANSWER", True), ("CALL", "CALL_BACK", True), ("NOTE", "", True)],
    )
    def test_forgets_a_company_once_it_is_reached(self, client, workshop, practitioner, kind, outcome, is_asked):
        came = ParticipationFactory(workshop=workshop)
        call = Interaction.objects.create(
            territory=workshop.territory, kind=kind, outcome=outcome, at=NOON - timedelta(days=2)
        )
        call.companies.add(came.site.company)

        assert (came.site.company.name in body(client, practitioner, self.url)) is is_asked

    def test_does_not_count_a_call_before_the_workshop(self, client, workshop, practitioner):
        came = ParticipationFactory(workshop=workshop)
        call = Interaction.objects.create(
            territory=workshop.territory, kind="CALL", outcome="REACHED", at=NOON - timedelta(days=60)
        )
        call.companies.add(came.site.company)

        assert came.site.company.name in body(client, practitioner, self.url)

    def test_asks_for_what_is_due_and_not_for_what_is_to_come(self, client, territory, synergy, practitioner):
        later = SynergyFactory(
            territory=territory,
            practitioner=practitioner.user,
            title="Pour demain",
            next_action="Visiter",
            next_action_on=TODAY + timedelta(days=1),
        )

        page = body(client, practitioner, self.url)

        assert synergy.title in page
        assert later.title not in page

    def test_wakes_what_sleeps(self, client, territory, practitioner):
        asleep = SynergyFactory(
            territory=territory, practitioner=practitioner.user, stage_since=TODAY - timedelta(days=34)
        )

        page = body(client, practitioner, self.url)

        assert asleep.title in page
        assert "depuis 34 jours" in page

    def test_shows_the_answers_that_wait(self, client, territory, synergy, practitioner):
        said = Interaction.objects.create(territory=territory, kind="ANSWER", outcome="DONE", at=NOON)
        said.companies.add(party(synergy, "Béton du Scorff").company)
        said.synergies.add(synergy)

        assert reverse("practice:answer", args=[said.pk]) in body(client, practitioner, self.url)

    def test_counts_down_to_the_next_workshop(self, client, territory, practitioner):
        upcoming = WorkshopFactory(territory=territory, title="Atelier de Quimper", status="OPEN")
        ParticipationFactory(workshop=upcoming, status="REGISTERED")
        WorkshopFactory(territory=territory, title="Annulé", status="CANCELLED", held_on=TODAY)

        page = body(client, practitioner, self.url)

        assert "J−16" in page
        assert "Atelier de Quimper" in page

    def test_says_how_much_there_is_to_do(self, client, synergy, practitioner):
        assert "Une chose à faire aujourd’hui." in body(client, practitioner, self.url)

    def test_shows_nothing_of_elsewhere(self, client, workshop, synergy, outsider):
        came = ParticipationFactory(workshop=workshop)

        page = body(client, outsider, self.url)

        assert came.site.company.name not in page
        assert synergy.title not in page

    def test_welcomes_who_has_just_arrived(self, client, practitioner):
        assert "Tout commence par un atelier." in body(client, practitioner, self.url)

    def test_asks_for_nothing_in_a_closed_programme(self, client, territory, synergy, practitioner):
        programme = territory.programme
        programme.snapshot_on = TODAY + timedelta(days=1)
        programme.save()

        page = body(client, practitioner, self.url)

        assert "Ce programme est clos" in page
        assert synergy.title not in page

    def test_is_closed_to_who_does_not_work_on_records(self, client, onlooker):
        client.force_login(onlooker.user)

        assert client.get(self.url).status_code == 403

    def test_costs_the_same_queries_whatever_the_size(self, client, territory, workshop, practitioner):
        client.force_login(practitioner.user)

        def grow(size):
            for _rank in range(size):
                came = ParticipationFactory(workshop=workshop)
                due = SynergyFactory(
                    territory=territory, practitioner=practitioner.user, next_action="Appeler", next_action_on=TODAY
                )
                PartyFactory(synergy=due, company=came.site.company)
                SynergyFactory(
                    territory=territory, practitioner=practitioner.user, stage_since=TODAY - timedelta(days=34)
                )
                said = Interaction.objects.create(territory=territory, kind="ANSWER", outcome="DONE", at=NOON)
                said.companies.add(PartyFactory(synergy=due).company)
                said.synergies.add(due)
            return count_queries(client, self.url)

        assert grow(1) == grow(11)


class TestCallList:
    def test_holds_every_company_to_call_back(self, client, territory, practitioner):
        workshop = WorkshopFactory(territory=territory, held_on=TODAY - timedelta(days=10))
        came = ParticipationFactory.create_batch(7, workshop=workshop)

        page = body(client, practitioner, reverse("practice:call_list"))

        assert all(one.site.company.name in page for one in came)
