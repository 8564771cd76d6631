from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryQuerySet(models.QuerySet):
    def about(self, record):
        return self.filter(object_type=record._meta.label_lower, object_id=record.pk)

    def created_under(self, mandates, model):
        """The records of a kind that were created under these mandates, or by these company links."""
        made = self.filter(act=Entry.Act.CREATED, object_type=model._meta.label_lower, mandate_id__in=mandates)
        return set(made.values_list("object_id", flat=True))

    def newest_first(self):
        return self.order_by("-at", "-pk")


class Entry(models.Model):
    """
    One act: who did what to which record, when, under which mandate. Append-only.

    Actor, mandate and record are plain identifiers, without foreign keys, so that the journal outlives them
    and sits below every other app.
    """

    class Act(models.TextChoices):
        CREATED = "CREATED", pgettext_lazy("journal", "created")
        CHANGED = "CHANGED", pgettext_lazy("journal", "changed")
        DELETED = "DELETED", pgettext_lazy("journal", "deleted")
        IMPORTED = "IMPORTED", pgettext_lazy("journal", "imported")
        UNDONE = "UNDONE", pgettext_lazy("journal", "import undone")
        EXPORTED = "EXPORTED", pgettext_lazy("journal", "exported")
        SIGNED_IN = "SIGNED_IN", pgettext_lazy("journal", "signed in")

    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=12, choices=Act)
    actor_id = models.UUIDField(_("actor"), null=True, blank=True)
    actor_name = models.CharField(_("actor's name"), max_length=160, blank=True)
    mandate_id = models.UUIDField(_("mandate"), null=True, blank=True)
    programme_id = models.UUIDField(_("programme"), null=True, blank=True)
    territory_id = models.UUIDField(_("territory"), null=True, blank=True)
    object_type = models.CharField(_("kind of record"), max_length=60)
    object_id = models.UUIDField(_("record"))
    object_label = models.CharField(_("title of the record"), max_length=250, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="entry_by_object"),
            models.Index(
                fields=["programme_id", "-at"], name="entry_by_programme", condition=Q(programme_id__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()} · {self.object_label or self.object_id}"
