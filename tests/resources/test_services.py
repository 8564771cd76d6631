from decimal import Decimal

import pytest

from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.resources.models import Resource
from maillage.resources.services import (
    AmountUnclear,
    LineMissing,
    NotWithdrawn,
    add_resource,
    bring_back_resource,
    change_resource,
    withdraw_resource,
)
from tests.conftest import NOON
from tests.support.factories import ResourceFactory, SiteFactory

SAID = {"direction": "OFFER", "text": "Chutes de chêne 12 t/an", "title": "Chutes de chêne"}


class TestAddResource:
    def test_writes_the_card_and_the_journal(self, practitioner, territory):
        site = SiteFactory(territory=territory)

        card = add_resource(site_id=site.pk, said=SAID, mandate=practitioner, at=NOON)

        assert card.folded_text == "chutes de chene chutes de chene 12 t/an"
        (entry,) = Entry.objects.about(card)
        assert (entry.act, entry.actor_id, entry.territory_id) == ("CREATED", practitioner.user_id, territory.pk)

    @pytest.mark.parametrize("who", ["onlooker", "outsider"])
    def test_refuses_who_does_not_work_there(self, who, request, territory):
        site = SiteFactory(territory=territory)

        with pytest.raises(NotAllowed):
            add_resource(site_id=site.pk, said=SAID, mandate=request.getfixturevalue(who), at=NOON)

        assert not Resource.objects.exists()

    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            ({"text": "  "}, LineMissing),
            ({"quantity": Decimal(0), "unit": "t"}, AmountUnclear),
            ({"quantity": Decimal(3)}, AmountUnclear),
        ],
    )
    def test_refuses_what_makes_no_card(self, practitioner, territory, said, refusal):
        site = SiteFactory(territory=territory)

        with pytest.raises(refusal):
            add_resource(site_id=site.pk, said=SAID | said, mandate=practitioner, at=NOON)

        assert not Resource.objects.exists()


class TestChangeResource:
    def test_keeps_what_was_said_before(self, practitioner, territory):
        card = ResourceFactory(site__territory=territory, category="OTHER")

        change_resource(resource_id=card.pk, said={"category": "MATERIAL"}, mandate=practitioner, at=NOON)

        assert Entry.objects.about(card).get().changes == {"category": ["OTHER", "MATERIAL"]}

    def test_writes_nothing_when_nothing_changes(self, practitioner, territory):
        card = ResourceFactory(site__territory=territory)

        change_resource(resource_id=card.pk, said={"category": card.category}, mandate=practitioner, at=NOON)

        assert not Entry.objects.about(card).exists()

    @pytest.mark.parametrize("who", ["onlooker", "outsider"])
    def test_refuses_who_does_not_work_there(self, who, request, territory):
        card = ResourceFactory(site__territory=territory, title="Avant")

        with pytest.raises(NotAllowed):
            change_resource(resource_id=card.pk, said={"title": "Après"}, mandate=request.getfixturevalue(who), at=NOON)

        card.refresh_from_db()
        assert card.title == "Avant"

    def test_does_not_let_the_status_be_said(self, practitioner, territory):
        card = ResourceFactory(site__territory=territory)

        with pytest.raises(TypeError):
            change_resource(resource_id=card.pk, said={"status": "MATCHED"}, mandate=practitioner, at=NOON)


class TestWithdrawResource:
    def test_can_be_undone_to_what_it_was(self, practitioner, territory):
        card = ResourceFactory(site__territory=territory, status="MATCHED")

        withdraw_resource(resource_id=card.pk, mandate=practitioner, at=NOON, reason="Vendue")
        bring_back_resource(resource_id=card.pk, mandate=practitioner, at=NOON)

        card.refresh_from_db()
        assert card.status == "MATCHED"
        changes = [entry.changes["status"] for entry in Entry.objects.about(card).order_by("pk")]
        assert changes == [["MATCHED", "WITHDRAWN"], ["WITHDRAWN", "MATCHED"]]

    def test_is_refused_elsewhere(self, outsider, territory):
        card = ResourceFactory(site__territory=territory)

        with pytest.raises(NotAllowed):
            withdraw_resource(resource_id=card.pk, mandate=outsider, at=NOON)

    def test_brings_back_only_what_was_withdrawn(self, practitioner, territory):
        card = ResourceFactory(site__territory=territory)

        with pytest.raises(NotWithdrawn):
            bring_back_resource(resource_id=card.pk, mandate=practitioner, at=NOON)
