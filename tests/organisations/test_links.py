from datetime import timedelta

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.organisations.services import open_company_link, revoke_company_link
from maillage.organisations.services.links import LIFE, LinkRefused, author_of, link_from, object_by_link, token_of
from tests.conftest import NOON
from tests.support.factories import ContactFactory, SiteFactory


@pytest.fixture
def company(territory):
    return SiteFactory(territory=territory).company


@pytest.fixture
def link(company, practitioner):
    return open_company_link(company_id=company.pk, mandate=practitioner, at=NOON)


class TestOpenCompanyLink:
    def test_gives_the_same_link_while_it_is_good(self, link, company, practitioner):
        later = NOON + timedelta(days=30)

        assert open_company_link(company_id=company.pk, mandate=practitioner, at=later) == link

    def test_gives_a_new_one_rather_than_a_dying_one(self, link, company, practitioner):
        late = NOON + LIFE - timedelta(days=10)

        assert open_company_link(company_id=company.pk, mandate=practitioner, at=late) != link

    @pytest.mark.parametrize("person", ["onlooker", "outsider"])
    def test_is_refused_to_who_may_only_look_and_to_who_is_elsewhere(self, company, person, request):
        with pytest.raises(NotAllowed):
            open_company_link(company_id=company.pk, mandate=request.getfixturevalue(person), at=NOON)

        assert not Entry.objects.exists()


class TestLinkFrom:
    def test_opens_the_company_it_was_made_for(self, link, company):
        assert link_from(token=token_of(link), at=NOON).company == company

    @pytest.mark.parametrize(
        "forge", [lambda token: token[:-1], lambda token: "0" + token[1:], lambda token: "", lambda token: "é~x"]
    )
    def test_refuses_what_nobody_signed(self, link, forge):
        with pytest.raises(LinkRefused) as refusal:
            link_from(token=forge(token_of(link)), at=NOON)

        assert refusal.value.link is None

    def test_refuses_the_day_it_expires(self, link):
        assert link_from(token=token_of(link), at=NOON + LIFE - timedelta(seconds=1)) == link

        with pytest.raises(LinkRefused) as refusal:
            link_from(token=token_of(link), at=NOON + LIFE)

        assert refusal.value.link == link

    def test_refuses_once_revoked(self, link, practitioner):
        revoke_company_link(link_id=link.pk, mandate=practitioner, at=NOON)

        with pytest.raises(LinkRefused):
            link_from(token=token_of(link), at=NOON)

    def test_is_not_revoked_from_elsewhere(self, link, outsider):
        with pytest.raises(NotAllowed):
            revoke_company_link(link_id=link.pk, mandate=outsider, at=NOON)

        assert link_from(token=token_of(link), at=NOON) == link


class TestObjectByLink:
    def test_is_written_under_the_name_of_the_company(self, link, company):
        contact = ContactFactory(company=company)

        object_by_link(link=link, contact_id=contact.pk, at=NOON)

        contact.refresh_from_db()
        assert contact.objected_at == NOON
        entry = Entry.objects.about(contact).get()
        assert entry.actor_id is None
        assert company.name in entry.actor_name == author_of(link).author_name

    def test_touches_nobody_of_another_company(self, link):
        stranger = ContactFactory()

        with pytest.raises(NotAllowed):
            object_by_link(link=link, contact_id=stranger.pk, at=NOON)

        stranger.refresh_from_db()
        assert stranger.objected_at is None
