"""The life of a synergy: six stages and two ways out (PNSI synthesis, §2.2.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    IDEA = "IDEA", pgettext_lazy("stage", "Idea")
    DISCUSSION = "DISCUSSION", pgettext_lazy("stage", "Discussion")
    NEGOTIATION = "NEGOTIATION", pgettext_lazy("stage", "Negotiation")
    IMPLEMENTATION = "IMPLEMENTATION", pgettext_lazy("stage", "Implementation")
    FINALISATION = "FINALISATION", pgettext_lazy("stage", "Finalisation")
    COMPLETED = "COMPLETED", pgettext_lazy("stage", "Completion")
    BLOCKED = "BLOCKED", pgettext_lazy("stage", "Blocked")
    ABANDONED = "ABANDONED", pgettext_lazy("stage", "Abandoned")


class StageGroup(models.TextChoices):
    """How stages are grouped in reports: the lines of Table 7."""

    IDEA = "IDEA", pgettext_lazy("stage group", "Ideas")
    IN_DISCUSSION = "IN_DISCUSSION", pgettext_lazy("stage group", "In discussion")
    FINALISED = "FINALISED", pgettext_lazy("stage group", "Finalised")
    STOPPED = "STOPPED", _("Blocked or abandoned")


GROUP_OF = {
    Stage.IDEA: StageGroup.IDEA,
    Stage.DISCUSSION: StageGroup.IN_DISCUSSION,
    Stage.NEGOTIATION: StageGroup.IN_DISCUSSION,
    Stage.IMPLEMENTATION: StageGroup.FINALISED,
    Stage.FINALISATION: StageGroup.FINALISED,
    Stage.COMPLETED: StageGroup.FINALISED,
    Stage.BLOCKED: StageGroup.STOPPED,
    Stage.ABANDONED: StageGroup.STOPPED,
}

#: The six stages in order; the two ways out have no rank.
LADDER = (Stage.IDEA, Stage.DISCUSSION, Stage.NEGOTIATION, Stage.IMPLEMENTATION, Stage.FINALISATION, Stage.COMPLETED)
STOPPED = (Stage.BLOCKED, Stage.ABANDONED)
OVER = (Stage.COMPLETED, Stage.ABANDONED)
FINALISED = (Stage.IMPLEMENTATION, Stage.FINALISATION, Stage.COMPLETED)


def stages_of(group: str) -> list[str]:
    """The stages of a group, for queries."""
    return [stage.value for stage, its_group in GROUP_OF.items() if its_group == group]
