"""Batches whose process died go back where they stood; those at work are left alone."""

from datetime import timedelta

import pytest

from maillage.exchange import services
from maillage.exchange.models import ImportBatch
from tests.conftest import NOON
from tests.exchange.test_services import KERDANIEL, participants


@pytest.fixture
def checked(importing):
    return importing("PARTICIPANTS", participants(KERDANIEL), commit=False)


class TestRecovery:
    @pytest.mark.parametrize(("found", "left"), [("IMPORTING", "CHECKED"), ("CHECKING", "UPLOADED")])
    def test_puts_back_a_batch_that_gave_no_sign_of_life(self, checked, found, left):
        ImportBatch.objects.update(status=found, alive_at=NOON, rows_done=500)

        recovered = services.recover_interrupted(at=NOON + timedelta(minutes=4))

        checked.refresh_from_db()
        assert (recovered, checked.status, checked.rows_done, checked.alive_at) == (1, left, 0, None)
        assert checked.message

    def test_leaves_alone_a_batch_at_work(self, checked):
        ImportBatch.objects.update(status="IMPORTING", alive_at=NOON)

        assert services.recover_interrupted(at=NOON + timedelta(minutes=2)) == 0

    def test_keeps_an_import_that_was_taken_back_from_writing(self, checked, practitioner):
        batch = services.begin_commit(batch_id=checked.pk, mandate=practitioner, at=NOON)
        services.recover_interrupted(at=NOON + timedelta(hours=1))

        with pytest.raises(services.NotReady):
            services.run_commit(batch=batch, mandate=practitioner, at=NOON)

        checked.refresh_from_db()
        assert checked.status == "CHECKED"
        assert not checked.workshop.participations.exists()

    def test_asks_one_query_when_nothing_died(self, checked, django_assert_num_queries):
        with django_assert_num_queries(1):
            services.recover_interrupted(at=NOON)
