from datetime import timedelta

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.organisations.models import Consent, Contact
from maillage.organisations.services import (
    add_contact,
    change_contact,
    record_consent,
    record_objection,
    remove_contact,
    restore_contact,
    withdraw_consent,
    withdraw_objection,
)
from maillage.organisations.services.contacts import Person, PersonMissing
from tests.conftest import NOON, TODAY
from tests.support.factories import ContactFactory, SiteFactory


@pytest.fixture
def company(territory):
    return SiteFactory(territory=territory).company


@pytest.fixture
def contact(company):
    return ContactFactory(company=company, name="Marie Le Gall", email="marie@exemple.fr")


ACTS = {
    "add": lambda contact, **by: add_contact(company_id=contact.company_id, person=Person(name="Yann"), **by),
    "change": lambda contact, **by: change_contact(contact_id=contact.pk, person=Person(name="Yann"), **by),
    "remove": lambda contact, **by: remove_contact(contact_id=contact.pk, **by),
    "restore": lambda contact, **by: restore_contact(contact_id=contact.pk, **by),
    "consent": lambda contact, **by: record_consent(contact_id=contact.pk, purpose="MAILINGS", **by),
    "object": lambda contact, **by: record_objection(contact_id=contact.pk, **by),
    "stop objecting": lambda contact, **by: withdraw_objection(contact_id=contact.pk, **by),
}


class TestEveryAct:
    @pytest.mark.parametrize("person", ["onlooker", "outsider"])
    @pytest.mark.parametrize("act", ACTS)
    def test_is_refused_to_who_may_only_look_and_to_who_is_elsewhere(self, contact, act, person, request):
        mandate = request.getfixturevalue(person)

        with pytest.raises(NotAllowed):
            ACTS[act](contact, mandate=mandate, at=NOON)

        assert not Entry.objects.exists()

    def test_names_no_address_and_no_number_in_the_journal(self, practitioner, contact):
        person = Person(name="Marie Le Gall", email="nouvelle@exemple.fr", phone="02 98 00 00 00")

        change_contact(contact_id=contact.pk, person=person, mandate=practitioner, at=NOON)

        entry = Entry.objects.about(contact).get()
        assert entry.changes == {"email": None, "phone": None}


class TestAddContact:
    def test_keeps_one_person_to_call_first(self, practitioner, company):
        first = ContactFactory(company=company, is_primary=True)

        second = add_contact(
            company_id=company.pk, person=Person(name="Yann", is_primary=True), mandate=practitioner, at=NOON
        )

        first.refresh_from_db()
        assert (first.is_primary, second.is_primary) == (False, True)

    def test_asks_for_a_name(self, practitioner, company):
        with pytest.raises(PersonMissing):
            add_contact(company_id=company.pk, person=Person(name=" "), mandate=practitioner, at=NOON)

        assert not Contact.objects.exists()


class TestRemoveContact:
    def test_is_undone_without_loss(self, practitioner, contact):
        remove_contact(contact_id=contact.pk, mandate=practitioner, at=NOON)
        contact.refresh_from_db()
        assert contact.left_on == TODAY
        assert contact not in Contact.objects.mailable()

        restore_contact(contact_id=contact.pk, mandate=practitioner, at=NOON)

        contact.refresh_from_db()
        assert contact.left_on is None
        assert contact in Contact.objects.mailable()


class TestConsent:
    def test_said_twice_is_written_once(self, practitioner, contact):
        for _twice in range(2):
            record_consent(contact_id=contact.pk, purpose="PARTNERS", how="Au téléphone", mandate=practitioner, at=NOON)

        assert Consent.objects.in_force().count() == 1
        assert Entry.objects.about(contact).count() == 1

    def test_is_withdrawn_and_may_be_given_again(self, practitioner, contact):
        given = record_consent(contact_id=contact.pk, purpose="PARTNERS", mandate=practitioner, at=NOON)
        later = NOON + timedelta(hours=1)

        withdraw_consent(consent_id=given.pk, mandate=practitioner, at=later)
        again = record_consent(contact_id=contact.pk, purpose="PARTNERS", mandate=practitioner, at=later)

        assert again != given
        assert Consent.objects.in_force().get() == again

    def test_of_elsewhere_is_not_withdrawn(self, practitioner, outsider, contact):
        given = record_consent(contact_id=contact.pk, purpose="PARTNERS", mandate=practitioner, at=NOON)

        with pytest.raises(NotAllowed):
            withdraw_consent(consent_id=given.pk, mandate=outsider, at=NOON)

    def test_shows_the_name_of_a_company_only_while_somebody_who_works_there_agrees(self, practitioner, contact):
        companies = [contact.company_id]
        assert Consent.objects.companies_shown_to_partners(companies) == set()

        record_consent(contact_id=contact.pk, purpose="PARTNERS", mandate=practitioner, at=NOON)
        assert Consent.objects.companies_shown_to_partners(companies) == {contact.company_id}

        remove_contact(contact_id=contact.pk, mandate=practitioner, at=NOON)
        assert Consent.objects.companies_shown_to_partners(companies) == set()


class TestObjection:
    def test_ends_the_consent_to_mailings_and_no_other(self, practitioner, contact):
        for purpose in ("MAILINGS", "PARTNERS"):
            record_consent(contact_id=contact.pk, purpose=purpose, mandate=practitioner, at=NOON)

        record_objection(contact_id=contact.pk, mandate=practitioner, at=NOON)

        assert [consent.purpose for consent in Consent.objects.in_force()] == ["PARTNERS"]
        assert contact not in Contact.objects.mailable()

    def test_is_lifted_by_a_mistake_undone_or_by_a_new_consent(self, practitioner, contact):
        record_objection(contact_id=contact.pk, mandate=practitioner, at=NOON)
        withdraw_objection(contact_id=contact.pk, mandate=practitioner, at=NOON)
        assert contact in Contact.objects.mailable()

        record_objection(contact_id=contact.pk, mandate=practitioner, at=NOON)
        record_consent(contact_id=contact.pk, purpose="MAILINGS", mandate=practitioner, at=NOON)
        assert contact in Contact.objects.mailable()
