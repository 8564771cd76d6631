"""The doors by which the worker checks and imports files too long for a person to wait on a page."""

import logging

from django.utils import timezone, translation
from django_tasks import task

from maillage.common.errors import RuleBroken
from maillage.exchange import services
from maillage.exchange.models import ImportBatch
from maillage.territories.models import Mandate

log = logging.getLogger("maillage.exchange")


@task
def check_in_background(batch_id: str) -> None:
    batch = ImportBatch.objects.for_page().get(pk=batch_id)
    with translation.override(batch.language):
        try:
            services.run_check(batch=batch, at=timezone.now(), clock=timezone.now)
        except RuleBroken as refusal:
            log.info("import %s: %s", batch_id, refusal)


@task
def commit_in_background(batch_id: str, mandate_id: str, only_good: bool) -> None:
    batch = ImportBatch.objects.for_page().get(pk=batch_id)
    mandate = Mandate.objects.for_shell().get(pk=mandate_id)
    with translation.override(batch.language):
        try:
            services.run_commit(
                batch=batch, mandate=mandate, at=timezone.now(), only_good=only_good, clock=timezone.now
            )
        except RuleBroken as refusal:
            log.info("import %s: %s", batch_id, refusal)
