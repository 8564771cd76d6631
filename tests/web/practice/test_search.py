import pytest
from django.urls import reverse

from maillage.organisations.models import Activity
from maillage.territories.models import Commune
from tests.support.factories import (
    CompanyFactory,
    PartyFactory,
    ResourceFactory,
    SiteFactory,
    SynergyFactory,
    WorkshopFactory,
)

URL = reverse("practice:search")


def found(client, mandate, text):
    client.force_login(mandate.user)
    return {group.key: [row.title for row in group.rows] for group in client.get(URL, {"q": text}).context["groups"]}


@pytest.fixture
def quimperle(db):
    return Commune.objects.create(code="29233", name="Quimperlé", folded_name="quimperle", department_code="29")


class TestSearch:
    def test_looks_everywhere_at_once(self, client, practitioner, territory, quimperle):
        site = SiteFactory(company__name="Conserverie de Quimperlé", territory=territory, commune=quimperle)
        ResourceFactory(site=site, text="Navette vers Quimperlé")
        SynergyFactory(territory=territory, title="Navette Quimperlé–Lorient")
        WorkshopFactory(territory=territory, title="Atelier", place="Salle", commune=quimperle)

        assert found(client, practitioner, "QUIMPERLE") == {
            "companies": ["Conserverie de Quimperlé"],
            "resources": ["Navette vers Quimperlé"],
            "synergies": ["Navette Quimperlé–Lorient"],
            "workshops": ["Atelier"],
            "communes": ["Quimperlé (29)"],
        }

    def test_finds_a_synergy_by_its_companies(self, client, practitioner, territory):
        PartyFactory(synergy=SynergyFactory(territory=territory, title="Chaleur"), company__name="Serres")

        assert found(client, practitioner, "serres") == {"synergies": ["Chaleur"]}

    def test_reads_the_name_behind_a_mistyped_word(self, client, practitioner, territory):
        SiteFactory(company__name="Fonderie Rosgrand", territory=territory)
        SiteFactory(company__name="Laiterie", territory=territory)

        assert found(client, practitioner, "fondrie rosgrant") == {"companies": ["Fonderie Rosgrand"]}

    def test_invents_nothing(self, client, practitioner, territory):
        SiteFactory(company__name="Fonderie Rosgrand", territory=territory)

        assert found(client, practitioner, "xylophone") == {}

    def test_shows_who_reads_figures_workshops_only(self, client, onlooker, territory, quimperle):
        SiteFactory(company__name="Lorient Secret", territory=territory, commune=quimperle)
        WorkshopFactory(territory=territory, title="Atelier de Lorient")

        assert found(client, onlooker, "lorient") == {"workshops": ["Atelier de Lorient"]}

    def test_keeps_to_the_programme_and_to_what_is_shared(self, client, practitioner, outsider, territory):
        SiteFactory(company__name="Palettes d’ailleurs")
        ResourceFactory(site__territory=territory, text="Palettes secrètes", confidentiality="PRACTITIONER")

        assert found(client, practitioner, "palettes") == {"resources": ["Palettes secrètes"]}
        assert found(client, outsider, "palettes") == {}

    def test_leads_to_the_list_when_there_is_more(self, client, practitioner, territory):
        for rank in range(7):
            SiteFactory(company__name=f"Laiterie {rank}", territory=territory)
        client.force_login(practitioner.user)

        (group,) = client.get(URL, {"q": "laiterie"}).context["groups"]

        assert len(group.rows) == 6
        assert group.more_url == f"{reverse('practice:company_list')}?text=laiterie"

    @pytest.mark.parametrize("text", ["", "   ", "\x00", "%", "'\";--", "a" * 5000])
    def test_stands_anything_typed(self, client, practitioner, text):
        assert found(client, practitioner, text) == {}

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_the_same_queries_whatever_the_size(
        self, client, practitioner, territory, size, quimperle, django_assert_num_queries
    ):
        workshop = WorkshopFactory(territory=territory, title="Bois")
        for rank in range(size):
            site = SiteFactory(company=CompanyFactory(name=f"Bois {rank}"), territory=territory, commune=quimperle)
            ResourceFactory(site=site, text=f"Bois {rank}")
            PartyFactory(synergy__territory=territory, synergy__title=f"Bois {rank}", company=site.company)
        client.force_login(practitioner.user)

        # session, person, mandates; companies and sites; cards; synergies and parties; workshops; communes
        with django_assert_num_queries(10):
            client.get(URL, {"q": "bois"})

        assert workshop.title == "Bois"


class TestProposals:
    def test_of_communes_are_the_fullest_first(self, client, practitioner):
        for code, name, population in (("1", "Lorient", 57000), ("2", "Loriol", 6000), ("3", "Brest", 140000)):
            Commune.objects.create(
                code=code, name=name, folded_name=name.lower(), department_code="56", population=population
            )
        client.force_login(practitioner.user)

        page = client.get(reverse("practice:communes"), {"commune": "lori"}).content.decode()

        assert page.index("Lorient (56)") < page.index("Loriol (56)")
        assert "Brest" not in page

    def test_of_activities_read_both_languages(self, client, practitioner):
        Activity.objects.create(
            code="10.20Z",
            level="sous-classe",
            section="C",
            label_fr="Conservation de poisson",
            label_en="Preserving fish",
        )
        client.force_login(practitioner.user)
        url = reverse("practice:activities")

        assert "10.20Z" in client.get(url, {"activity": "fish"}).content.decode()
        assert "10.20Z" in client.get(url, {"activity": "1020z"}).content.decode()
        assert "10.20Z" not in client.get(url, {"activity": "bois"}).content.decode()
