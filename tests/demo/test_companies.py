"""Companies of the demonstration are invented, and look it up close."""

import re

import pytest

from maillage.common.identifiers import is_siren, is_siret
from maillage.organisations.models import Company, Contact, Site

FICTION = re.compile(r"0(1 99 00|2 61 91|3 53 01|4 65 71|5 36 49)( \d\d){2}")


@pytest.fixture
def sites(demonstration):
    return Site.objects.select_related("company", "commune")


class TestNumbers:
    def test_pass_the_check_and_start_where_no_company_was_found(self, sites):
        assert all(is_siren(site.company.siren) and is_siret(site.siret) for site in sites)
        assert all(site.siret.startswith("0000") for site in sites)

    def test_are_all_different(self, demonstration):
        sirens = list(Company.objects.values_list("siren", flat=True))

        assert len(set(sirens)) == len(sirens)


class TestPlaces:
    def test_are_real_communes_a_step_from_where_the_site_is(self, sites):
        assert all(
            abs(site.latitude - site.commune.latitude) < 0.02 and abs(site.longitude - site.commune.longitude) < 0.02
            for site in sites
        )


class TestPeople:
    def test_have_numbers_and_addresses_that_reach_nobody(self, demonstration):
        contacts = Contact.objects.all()

        assert all(FICTION.fullmatch(contact.phone) for contact in contacts)
        assert all(contact.email.endswith(".example") for contact in contacts)
