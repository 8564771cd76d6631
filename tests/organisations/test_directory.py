import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.organisations.models import Company
from maillage.organisations.services import add_company, change_company, look_alikes
from maillage.organisations.services.directory import Identity, LooksLikeKnown, NameMissing, SiretRefused
from maillage.territories.models import Commune
from tests.conftest import NOON
from tests.support.factories import CompanyFactory, SiteFactory

SIRET = "73282932000074"


@pytest.fixture
def quimperle(db):
    return Commune.objects.create(
        code="29233", name="Quimperlé", folded_name="quimperle", department_code="29", latitude=47.87, longitude=-3.55
    )


def add(territory, mandate, *, is_another=False, **identity):
    return add_company(
        identity=Identity(**{"name": "Conserverie Kerdaniel", **identity}),
        territory_id=territory.pk,
        mandate=mandate,
        at=NOON,
        is_another=is_another,
    )


class TestAddCompany:
    def test_puts_a_company_and_its_main_site_in_the_directory(self, territory, practitioner, quimperle):
        company = add(territory, practitioner, siret="732 829 320 00074", commune=quimperle)

        site = company.sites.get()
        assert (company.siren, company.folded_name) == ("732829320", "conserverie kerdaniel")
        assert (site.siret, site.territory, site.is_main) == (SIRET, territory, True)
        assert (site.latitude, site.longitude) == (47.87, -3.55)
        assert Entry.objects.about(company).get().territory_id == territory.pk

    @pytest.mark.parametrize("person", ["onlooker", "outsider"])
    def test_is_refused_to_who_may_only_look_and_to_who_is_elsewhere(self, territory, person, request):
        mandate = request.getfixturevalue(person)

        with pytest.raises(NotAllowed):
            add(territory, mandate)

        assert not Company.objects.exists()

    @pytest.mark.parametrize("name", ["", "   "])
    def test_asks_for_a_name(self, territory, practitioner, name):
        with pytest.raises(NameMissing):
            add(territory, practitioner, name=name)

    @pytest.mark.parametrize("siret", ["123", "73282932000075", "abc"])
    def test_refuses_what_is_not_a_siret(self, territory, practitioner, siret):
        with pytest.raises(SiretRefused):
            add(territory, practitioner, siret=siret)

        assert not Company.objects.exists()

    def test_refuses_a_siret_of_the_programme_wherever_it_is(self, territory, elsewhere, practitioner):
        SiteFactory(territory=elsewhere, siret=SIRET, company__name="Laiterie")

        with pytest.raises(SiretRefused, match="Laiterie"):
            add(territory, practitioner, siret=SIRET, is_another=True)

    def test_takes_a_siret_that_only_another_programme_knows(self, territory, practitioner):
        SiteFactory(siret=SIRET)

        assert add(territory, practitioner, siret=SIRET).siren == SIRET[:9]

    def test_shows_a_company_of_the_same_name_before_it_adds_another(self, territory, practitioner, quimperle):
        known = SiteFactory(company__name="CONSERVERIE KERDANIEL", territory=territory, commune=quimperle).company

        with pytest.raises(LooksLikeKnown) as refusal:
            add(territory, practitioner, commune=quimperle)

        assert refusal.value.companies == [known]
        assert add(territory, practitioner, commune=quimperle, is_another=True) != known

    def test_does_not_mistake_a_name_of_another_commune(self, territory, practitioner, quimperle):
        SiteFactory(company__name="Conserverie Kerdaniel", territory=territory)

        assert (
            look_alikes(identity=Identity(name="Conserverie Kerdaniel", commune=quimperle), mandate=practitioner) == []
        )


class TestChangeCompany:
    def change(self, company, mandate, **identity):
        return change_company(
            company_id=company.pk, identity=Identity(**{"name": company.name, **identity}), mandate=mandate, at=NOON
        )

    def test_keeps_what_changed_in_the_journal(self, territory, practitioner):
        company = SiteFactory(territory=territory, company__name="Laiterie").company

        self.change(company, practitioner, name="Laiterie du Roudou", headcount="12")

        entry = Entry.objects.about(company).get()
        assert entry.changes == {"name": ["Laiterie", "Laiterie du Roudou"], "headcount": ["", "12"]}
        company.refresh_from_db()
        assert company.folded_name == "laiterie du roudou"

    def test_writes_nothing_when_nothing_changed(self, territory, practitioner):
        company = SiteFactory(territory=territory).company

        self.change(company, practitioner)

        assert not Entry.objects.exists()

    def test_leaves_a_site_where_it_is_while_its_commune_stays(self, territory, practitioner, quimperle):
        site = SiteFactory(territory=territory, commune=quimperle, latitude=47.9, longitude=-3.6)

        self.change(site.company, practitioner, commune=quimperle, notes="Rappeler en mars")

        site.refresh_from_db()
        assert (site.latitude, site.longitude) == (47.9, -3.6)

    @pytest.mark.parametrize("person", ["onlooker", "outsider"])
    def test_is_refused_to_who_may_only_look_and_to_who_is_elsewhere(self, territory, person, request):
        company = SiteFactory(territory=territory).company

        with pytest.raises(NotAllowed):
            self.change(company, request.getfixturevalue(person), name="Volée")

        company.refresh_from_db()
        assert company.name != "Volée"

    def test_changes_the_site_of_its_own_place_only(self, territory, elsewhere, practitioner):
        company = CompanyFactory()
        there = SiteFactory(company=company, territory=elsewhere, address="Là-bas")
        here = SiteFactory(company=company, territory=territory, is_main=False)

        self.change(company, practitioner, address="Ici")

        there.refresh_from_db()
        here.refresh_from_db()
        assert (there.address, here.address) == ("Là-bas", "Ici")
