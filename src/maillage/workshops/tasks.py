"""What is done for workshops in the background. A task is a door: it calls one service."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from maillage.workshops import proposing


@task()
def compute_proposals(*, run_id: str) -> None:
    proposing.run_proposals(run_id=UUID(run_id), now=timezone.now)
