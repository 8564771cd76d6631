import pytest
from django.urls import reverse

from maillage.journal.models import Entry
from maillage.organisations.models import Company, CompanyLink, Consent, Contact
from maillage.organisations.services import open_company_link
from maillage.resources.from_company import add_card_by_link
from maillage.territories.models import Commune
from tests.conftest import NOON
from tests.support.factories import (
    ContactFactory,
    MandateFactory,
    ParticipationFactory,
    PartyFactory,
    PotentialFactory,
    ResourceFactory,
    SiteFactory,
    SynergyFactory,
    WorkshopFactory,
)


@pytest.fixture
def site(territory):
    return SiteFactory(territory=territory, company__name="Conserverie Kerdaniel", company__notes="Rappeler en mars")


@pytest.fixture
def company(site):
    return site.company


@pytest.fixture
def contact(company):
    return ContactFactory(company=company, name="Marie Le Gall", email="marie@exemple.fr", phone="02 98 00 00 00")


def read(client, mandate, url):
    client.force_login(mandate.user)
    return client.get(url)


def page_of(client, mandate, company):
    return read(client, mandate, reverse("practice:company", args=[company.pk]))


class TestCompany:
    def test_tells_the_whole_story_to_its_practitioner(self, client, practitioner, territory, site, contact):
        ResourceFactory(site=site, text="Graisses de flottation")
        synergy = PartyFactory(synergy__territory=territory, synergy__title="En méthanisation", company=site.company)
        PartyFactory(synergy=synergy.synergy, company__name="Biogaz du Jet", role="RECEIVER")
        ParticipationFactory(workshop=WorkshopFactory(territory=territory, title="Atelier de Lorient"), site=site)

        page = page_of(client, practitioner, site.company).content.decode()

        for told in (
            "Graisses de flottation",
            "En méthanisation",
            "Biogaz du Jet",
            "Atelier de Lorient",
            "Marie Le Gall",
            "marie@exemple.fr",
            "Rappeler en mars",
        ):
            assert told in page

    def test_keeps_people_notes_and_acts_from_a_practitioner_of_elsewhere(self, client, outsider, company, contact):
        page = page_of(client, outsider, company).content.decode()

        assert "Conserverie Kerdaniel" in page
        for kept in ("Marie Le Gall", "marie@exemple.fr", "02 98", "Rappeler en mars", "/corriger/", "/lien/"):
            assert kept not in page

    def test_is_not_opened_to_who_reads_figures(self, client, onlooker, company):
        assert page_of(client, onlooker, company).status_code == 403

    def test_of_another_programme_does_not_exist(self, client, practitioner):
        assert page_of(client, practitioner, SiteFactory().company).status_code == 404

    def test_is_read_and_not_changed_by_a_national_coordinator(self, client, company, contact):
        coordinator = MandateFactory(role="NATIONAL_COORD", programme=company.sites.get().territory.programme)

        page = page_of(client, coordinator, company).content.decode()

        assert "Marie Le Gall" in page
        assert "/corriger/" not in page

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, practitioner, territory, site, size, django_assert_num_queries
    ):
        for _rank in range(size):
            ResourceFactory(site=site)
            ContactFactory(company=site.company)
            synergy = SynergyFactory(territory=territory)
            PartyFactory(synergy=synergy, company=site.company)
            PartyFactory(synergy=synergy)
            ParticipationFactory(workshop=WorkshopFactory(territory=territory), site=site)
            PotentialFactory(territory=territory).companies.add(site.company)
            Entry.objects.create(at=NOON, act="CHANGED", object_type="organisations.company", object_id=site.company_id)
        client.force_login(practitioner.user)

        with django_assert_num_queries(16):
            client.get(reverse("practice:company", args=[site.company_id]))

    def test_marks_the_cards_that_the_company_entered(self, client, practitioner, site):
        link = open_company_link(company_id=site.company_id, mandate=practitioner, at=NOON)
        add_card_by_link(link=link, said={"direction": "OFFER", "text": "Palettes"}, at=NOON)

        assert "saisie par l’entreprise" in page_of(client, practitioner, site.company).content.decode()


class TestCompanyAdd:
    url = reverse("practice:company_add")

    def send(self, client, mandate, **fields):
        client.force_login(mandate.user)
        said = {"name": "Laiterie du Roudou", "profile": "FARM", "territory": mandate.territory_id, **fields}
        return client.post(self.url, said)

    def test_leads_to_the_page_of_the_company(self, client, practitioner):
        Commune.objects.create(code="29233", name="Quimperlé", folded_name="quimperle", department_code="29")

        response = self.send(client, practitioner, commune="quimperle")

        company = Company.objects.get()
        assert response.url == reverse("practice:company", args=[company.pk])
        assert company.sites.get().commune.name == "Quimperlé"

    def test_asks_whether_it_is_one_that_looks_like_it(self, client, practitioner, territory):
        known = SiteFactory(company__name="Laiterie du Roudou", territory=territory).company

        asked = self.send(client, practitioner)
        same = self.send(client, practitioner, same_as=known.pk)
        another = self.send(client, practitioner, same_as="another")

        assert asked.status_code == 422
        assert str(known.pk) in asked.content.decode()
        assert same.url == reverse("practice:company", args=[known.pk])
        assert Company.objects.count() == 2
        assert another.url != same.url

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("name", "", "obligatoire"),
            ("siret", "123", "quatorze chiffres"),
            ("commune", "Nulle-Part", "code postal"),
            ("activity", "zzz", "code NAF"),
        ],
    )
    def test_says_what_to_correct_and_writes_nothing(self, client, practitioner, field, value, said):
        response = self.send(client, practitioner, **{field: value})

        assert response.status_code == 422
        assert said in response.content.decode()
        assert not Company.objects.exists()

    def test_asks_which_commune_when_several_bear_the_name(self, client, practitioner):
        for code in ("02601", "59491"):
            Commune.objects.create(
                code=code, name="Quiévy", folded_name="quievy", department_code=code[:2], population=int(code)
            )

        asked = self.send(client, practitioner, commune="Quiévy")
        told = self.send(client, practitioner, commune="Quiévy (59)")

        assert "Quiévy (02)" in asked.content.decode()
        assert told.status_code == 302

    def test_offers_no_territory_of_elsewhere(self, client, practitioner, elsewhere):
        response = self.send(client, practitioner, territory=elsewhere.pk)

        assert response.status_code == 422
        assert not Company.objects.exists()


class TestCompanyEdit:
    def test_corrects_and_comes_back(self, client, practitioner, company):
        url = reverse("practice:company_edit", args=[company.pk])
        shown = read(client, practitioner, url)

        client.post(url, {"name": "Conserverie du Port", "profile": "INDUSTRIAL"})

        assert "Conserverie Kerdaniel" in shown.content.decode()
        company.refresh_from_db()
        assert (company.name, company.profile) == ("Conserverie du Port", "INDUSTRIAL")

    def test_does_not_exist_for_a_practitioner_of_elsewhere(self, client, outsider, company):
        assert read(client, outsider, reverse("practice:company_edit", args=[company.pk])).status_code == 404


POSTS = ("contact_remove", "contact_restore", "objection", "objection_withdraw", "consent")


class TestContacts:
    def test_are_added_with_a_way_back(self, client, practitioner, company):
        client.force_login(practitioner.user)
        url = reverse("practice:contact_add", args=[company.pk])

        page = client.post(url, {"name": "Yann", "function": "CEO"}, follow=True).content.decode()

        added = Contact.objects.get()
        assert reverse("practice:contact_remove", args=[added.pk]) in page

    def test_leave_and_come_back(self, client, practitioner, contact):
        client.force_login(practitioner.user)

        page = client.post(reverse("practice:contact_remove", args=[contact.pk]), follow=True).content.decode()
        contact.refresh_from_db()
        assert contact.left_on is not None
        assert reverse("practice:contact_restore", args=[contact.pk]) in page

        client.post(reverse("practice:contact_restore", args=[contact.pk]))
        contact.refresh_from_db()
        assert contact.left_on is None

    def test_agree_and_change_their_mind(self, client, practitioner, contact):
        client.force_login(practitioner.user)

        client.post(reverse("practice:consent", args=[contact.pk]), {"purpose": "PARTNERS", "how": "Au téléphone"})
        given = Consent.objects.in_force().get()
        client.post(reverse("practice:consent_withdraw", args=[given.pk]))

        assert given.how == "Au téléphone"
        assert not Consent.objects.in_force().exists()

    @pytest.mark.parametrize("act", POSTS)
    def test_of_elsewhere_do_not_exist(self, client, outsider, contact, act):
        client.force_login(outsider.user)

        assert client.post(reverse(f"practice:{act}", args=[contact.pk])).status_code == 404

    @pytest.mark.parametrize("act", POSTS)
    def test_are_not_changed_by_who_may_only_look(self, client, onlooker, contact, act):
        client.force_login(onlooker.user)

        assert client.post(reverse(f"practice:{act}", args=[contact.pk])).status_code == 403

    @pytest.mark.parametrize("act", POSTS)
    def test_are_not_changed_by_a_visit(self, client, practitioner, contact, act):
        assert read(client, practitioner, reverse(f"practice:{act}", args=[contact.pk])).status_code == 405


class TestCompanyLink:
    def test_is_made_shown_and_closed(self, client, practitioner, company):
        client.force_login(practitioner.user)

        page = client.post(reverse("practice:company_link", args=[company.pk]), follow=True).content.decode()
        link = CompanyLink.objects.get()
        assert f"/entreprise/{link.pk.hex}" in page

        client.post(reverse("practice:company_link_revoke", args=[link.pk]))
        link.refresh_from_db()
        assert link.revoked_at is not None

    def test_of_elsewhere_does_not_exist(self, client, practitioner, outsider, company):
        link = open_company_link(company_id=company.pk, mandate=practitioner, at=NOON)
        client.force_login(outsider.user)

        assert client.post(reverse("practice:company_link", args=[company.pk])).status_code == 404
        assert client.post(reverse("practice:company_link_revoke", args=[link.pk])).status_code == 404


class TestCompanyList:
    url = reverse("practice:company_list")

    def names(self, response):
        return [company.name for company in response.context["listing"].records]

    def test_is_shared_in_the_programme_and_no_further(self, client, practitioner, outsider, company):
        SiteFactory(company__name="D’un autre programme")

        assert self.names(read(client, practitioner, self.url)) == ["Conserverie Kerdaniel"]
        assert self.names(read(client, outsider, self.url)) == ["Conserverie Kerdaniel"]

    def test_is_not_opened_to_who_reads_figures(self, client, onlooker):
        assert read(client, onlooker, self.url).status_code == 403

    def test_keeps_those_that_came_and_those_with_cards(self, client, practitioner, territory):
        came = ParticipationFactory(workshop__territory=territory, site__company__name="Venue").site
        ResourceFactory(site__territory=territory, site__company__name="Bavarde")
        ParticipationFactory(workshop=came.participations.get().workshop, status="INVITED")

        client.force_login(practitioner.user)

        assert self.names(client.get(self.url, {"came": "on"})) == ["Venue"]
        assert self.names(client.get(self.url, {"cards": "on"})) == ["Bavarde"]
        assert len(self.names(client.get(self.url))) == 3

    def test_counts_the_cards_that_the_reader_sees(self, client, practitioner, outsider, site):
        ResourceFactory(site=site)
        ResourceFactory(site=site, confidentiality="PRACTITIONER")

        counted = {
            mandate: read(client, mandate, self.url).context["listing"].records[0].card_count
            for mandate in (practitioner, outsider)
        }

        assert counted == {practitioner: 2, outsider: 1}
