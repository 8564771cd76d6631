from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.common.models import Record
from maillage.exchange import faults
from maillage.territories import scope
from maillage.workshops.models import Workshop


class ImportBatchQuerySet(models.QuerySet):
    def editable_by(self, mandate):
        return self.filter(scope.editable(mandate, "workshop__territory"))

    def newest_first(self):
        return self.order_by("-created_at", "pk")

    def of_workshop(self, workshop):
        return self.filter(workshop=workshop)

    def for_page(self):
        return self.select_related("workshop__territory__centre", "created_by")

    def interrupted(self, before):
        """The batches whose work gave no sign of life since then: their process is dead."""
        at_work = (ImportBatch.Status.CHECKING, ImportBatch.Status.IMPORTING)
        return self.filter(status__in=at_work, alive_at__lt=before)


class ImportBatch(Record):
    """A spreadsheet someone sent: its file, how its columns were understood, what came of each row, how to undo it."""

    class Kind(models.TextChoices):
        PARTICIPANTS = "PARTICIPANTS", _("participants")
        RESOURCES = "RESOURCES", pgettext_lazy("import", "resources")

    class Status(models.TextChoices):
        UPLOADED = "UPLOADED", pgettext_lazy("import", "to be mapped")
        CHECKING = "CHECKING", pgettext_lazy("import", "being checked")
        CHECKED = "CHECKED", pgettext_lazy("import", "checked")
        IMPORTING = "IMPORTING", pgettext_lazy("import", "being imported")
        IMPORTED = "IMPORTED", pgettext_lazy("import", "imported")
        UNDONE = "UNDONE", pgettext_lazy("import", "undone")
        FAILED = "FAILED", pgettext_lazy("import", "could not be read")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="imports", verbose_name=_("workshop"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.UPLOADED)
    filename = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/")
    language = models.CharField(_("language"), max_length=2, default="fr")
    # {field: column number}, what the person confirmed.
    mapping = models.JSONField(_("mapping"), default=dict)
    # What reading said: sheet, encoding, delimiter, header row, headings, samples.
    layout = models.JSONField(_("layout"), default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    message = models.CharField(_("message"), max_length=500, blank=True)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    # While it is being checked or imported: when the work last gave a sign of life.
    alive_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by")
    )
    created_at = models.DateTimeField(_("sent at"))
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return self.filename

    @property
    def is_at_work(self):
        return self.status in {self.Status.CHECKING, self.Status.IMPORTING}


class ImportFaultQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("row", "pk")

    def setting_aside(self):
        return self.filter(is_blocking=True)

    def only_warnings(self):
        return self.filter(is_blocking=False)

    def in_column(self, column):
        return self.filter(column=column)

    def columns(self):
        """The columns that hold a fault, the worst first: (heading, how many)."""
        return (
            self.exclude(column="")
            .values_list("column")
            .annotate(faults=models.Count("pk"))
            .order_by("-faults", "column")
        )


class ImportFault(models.Model):
    """One thing wrong in one row: where, what, why, and what to write instead. None is left out."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="faults", verbose_name=_("import"))
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=120, blank=True)
    value = models.CharField(_("value"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=60)
    # What the sentence of the reason needs, so that it can be said in either language.
    details = models.JSONField(_("details"), default=dict)
    proposal = models.CharField(_("proposal"), max_length=300, blank=True)
    is_blocking = models.BooleanField(_("row set aside"), default=True)

    objects = ImportFaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("fault")
        verbose_name_plural = _("faults")
        indexes = [models.Index(fields=["batch", "row"], name="fault_in_order")]

    def __str__(self):
        return f"{self.row} · {self.column} · {self.reason}"

    @property
    def sentence(self):
        """Why, in the language of the reader."""
        return faults.sentence(self.reason, self.details)

    @property
    def advice(self):
        """What to write instead, in the language of the reader."""
        return faults.advice(self.reason, self.proposal)


class ImportedRecord(models.Model):
    """One record that an import made or changed, and what it was before: what undo reads."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="records", verbose_name=_("import"))
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    # Nothing before: the import made the record. Else the values it replaced.
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        indexes = [models.Index(fields=["object_type", "object_id"], name="imported_by_object")]

    def __str__(self):
        return f"{self.object_type} {self.object_id}"


class RememberedMapping(models.Model):
    """How a territory's last file with these headings was mapped, so that nobody maps it twice."""

    territory = models.ForeignKey(
        "territories.Territory", on_delete=models.CASCADE, related_name="+", verbose_name=_("territory")
    )
    kind = models.CharField(max_length=12, choices=ImportBatch.Kind)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("remembered mapping")
        verbose_name_plural = _("remembered mappings")
        constraints = [models.UniqueConstraint(fields=["territory", "kind", "signature"], name="mapping_once")]

    def __str__(self):
        return f"{self.kind} {self.signature[:8]}"
