"""What a company does with the answer it gave, until its practitioner looks at it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.common.changes import assign
from maillage.common.errors import NotAllowed
from maillage.journal.models import Entry
from maillage.journal.services import Author, record
from maillage.synergies.models import Interaction
from maillage.synergies.services.answers import AlreadySeen


@transaction.atomic
def explain_answer(*, answer_id: UUID, company_id: UUID, summary: str, author: Author, at: datetime) -> Interaction:
    """
    Add to an answer why it was given.

    :raises NotAllowed: the answer is of another company.
    :raises AlreadySeen: its practitioner has looked at it.
    """
    answer = _own_answer(answer_id, company_id)
    changes = assign(answer, summary=summary.strip()[:1000])
    if changes:
        answer.save(update_fields=["summary"])
        record(act=Entry.Act.CHANGED, of=answer, by=author, at=at, changes=changes, territory_id=answer.territory_id)
    return answer


@transaction.atomic
def withdraw_answer(*, answer_id: UUID, company_id: UUID, author: Author, at: datetime) -> None:
    """
    Undo an answer that nobody has looked at; the journal keeps that it was given.

    :raises NotAllowed: the answer is of another company.
    :raises AlreadySeen: its practitioner has looked at it.
    """
    answer = _own_answer(answer_id, company_id)
    record(act=Entry.Act.DELETED, of=answer, by=author, at=at, territory_id=answer.territory_id)
    answer.delete()


def _own_answer(answer_id: UUID, company_id: UUID) -> Interaction:
    answers = Interaction.objects.answers().of_company(company_id).select_for_update(of=("self",))
    answer = answers.filter(pk=answer_id).first()
    if answer is None:
        raise NotAllowed(_("This answer is no longer there: look at the synergy and answer again."))
    if answer.seen_at is not None:
        raise AlreadySeen(_("Your practitioner has already read this answer: give a new one instead."))
    return answer
