"""
Import a workshop's spreadsheets: read, map, check, commit, undo.

An import is one batch. Checking writes nothing but the batch and its faults; committing writes everything or nothing;
undoing puts the tables back as they were.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.exchange import checking, undoing
from maillage.exchange import mapping as mapping_rules
from maillage.exchange.checking import Checked, check
from maillage.exchange.fields import vocabulary
from maillage.exchange.knowledge import known_around
from maillage.exchange.mapping import IncompleteMapping, Mapping, MappingProposal, propose_mapping
from maillage.exchange.models import ImportBatch, ImportFault
from maillage.exchange.spreadsheets import reading
from maillage.exchange.spreadsheets.errors import UnreadableFile
from maillage.exchange.spreadsheets.sheet import Limits, Sheet
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.territories.models import Mandate
from maillage.territories.scope import may_edit_in
from maillage.workshops.models import Workshop

__all__ = [
    "Checked",
    "IncompleteMapping",
    "UnreadableFile",
    "check",
    "check_import",
    "commit_import",
    "propose_mapping",
    "read_file",
    "recover_interrupted",
    "start_import",
    "undo_import",
]

log = logging.getLogger("maillage.exchange")

Status = ImportBatch.Status
# A process that checks or imports says that it lives every thousand rows; ten times the longest silence measured.
DEAD_AFTER = timedelta(minutes=3)


class NotReady(RuleBroken):
    """The batch is not at the step where this can be done."""


class RowsToCorrect(RuleBroken):
    """Some rows are set aside, and all of them were asked for."""


class DirectoryMoved(RuleBroken):
    """Somebody else wrote the same companies at the same moment."""


def read_file(path_or_file: str | Path | BinaryIO, *, kind: str, filename: str) -> Sheet:
    """
    Read the table of a spreadsheet of this kind, within the limits of the installation.

    :raises UnreadableFile: with one sentence that says what to do.
    """
    limits = Limits(rows=settings.IMPORT_MAX_ROWS, bytes=settings.IMPORT_MAX_BYTES)
    return reading.read(path_or_file, filename=filename, vocabulary=vocabulary(kind), limits=limits)


def start_import(
    *, workshop: Workshop, kind: str, file: BinaryIO, filename: str, mandate: Mandate, at: datetime
) -> ImportBatch:
    """
    Keep a file that can be read, with the mapping proposed for it.

    :raises NotAllowed: the workshop lies elsewhere.
    :raises UnreadableFile: the file cannot be read; nothing is kept.
    """
    if not may_edit_in(mandate, workshop.territory):
        raise NotAllowed(_("This workshop is not of your place: its own practitioner imports its files."))
    sheet = read_file(file, kind=kind, filename=filename)
    proposed = propose_mapping(sheet, kind, workshop.territory)
    file.seek(0)
    return ImportBatch.objects.create(
        workshop=workshop,
        kind=kind,
        filename=filename[:200],
        file=File(file, name=Path(filename).name[-80:]),
        language=(get_language() or "fr")[:2],
        mapping=proposed.mapping,
        layout=_layout(sheet, proposed),
        rows_total=len(sheet.rows),
        created_by_id=mandate.user_id,
        created_at=at,
    )


def check_import(
    *,
    batch_id: UUID,
    mandate: Mandate,
    at: datetime,
    mapping: Mapping | None = None,
    clock: Callable[[], datetime] | None = None,
) -> ImportBatch:
    """
    Say what the import would do, row by row, and remember the mapping. Nothing is written but the batch.

    :raises NotReady: it is being checked, or was imported already.
    :raises IncompleteMapping: a column that the import cannot do without is missing; the batch stays as it was.
    :raises UnreadableFile: the file cannot be read any more.
    """
    batch = begin_check(batch_id=batch_id, mandate=mandate, at=at, mapping=mapping)
    return run_check(batch=batch, at=at, clock=clock)


def begin_check(*, batch_id: UUID, mandate: Mandate, at: datetime, mapping: Mapping | None = None) -> ImportBatch:
    """Take a mapping and mark the batch as being checked; `run_check` follows, here or in the background."""
    with transaction.atomic():
        batch = _locked(batch_id, mandate)
        if batch.status not in {Status.UPLOADED, Status.CHECKED, Status.FAILED}:
            raise NotReady(_("This import is no longer waiting to be checked: open it again to see where it stands."))
        chosen = batch.mapping if mapping is None else mapping
        mapping_rules.require_complete(batch.kind, chosen)
        batch.mapping = chosen
        _mark(batch, Status.CHECKING, at)
    return batch


def run_check(*, batch: ImportBatch, at: datetime, clock: Callable[[], datetime] | None = None) -> ImportBatch:
    """Check a batch that `begin_check` marked."""
    try:
        sheet = read_file(batch.file.path, kind=batch.kind, filename=batch.filename)
    except UnreadableFile as refusal:
        _leave(batch, Status.FAILED, str(refusal))
        raise
    rows = _read(batch, sheet, at, clock)
    checked = checking.place_rows(rows, workshop=batch.workshop, kind=batch.kind, source=_source(batch, at), at=at)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        _keep_faults(batch, checked)
        mapping_rules.remember(
            territory=batch.workshop.territory,
            kind=batch.kind,
            signature=sheet.signature,
            mapping=batch.mapping,
            at=at,
        )
        batch.counts = checked.counts
        batch.layout["preview"] = checked.preview
        batch.rows_total = batch.rows_done = len(sheet.rows)
        batch.status, batch.alive_at, batch.message = Status.CHECKED, None, ""
        batch.save()
    return batch


def commit_import(
    *,
    batch_id: UUID,
    mandate: Mandate,
    at: datetime,
    only_good: bool = True,
    progress: Callable[[int, int], None] | None = None,
    clock: Callable[[], datetime] | None = None,
) -> ImportBatch:
    """
    Write the rows of a checked file, all of them in one transaction; the rows set aside stay out.

    :raises NotReady: it was not checked, or was imported already.
    :raises RowsToCorrect: ``only_good`` is false and some rows are set aside.
    :raises DirectoryMoved: somebody else wrote the same companies at the same moment; nothing was written.
    """
    batch = begin_commit(batch_id=batch_id, mandate=mandate, at=at, only_good=only_good)
    return run_commit(batch=batch, mandate=mandate, at=at, only_good=only_good, progress=progress, clock=clock)


def begin_commit(*, batch_id: UUID, mandate: Mandate, at: datetime, only_good: bool = True) -> ImportBatch:
    """Mark a checked batch as being imported; `run_commit` follows, here or in the background."""
    with transaction.atomic():
        batch = _locked(batch_id, mandate)
        if batch.status != Status.CHECKED:
            raise NotReady(_("This import is not ready: open it again to see where it stands."))
        _refuse_rows_aside(batch.counts.get("aside", 0), only_good)
        _mark(batch, Status.IMPORTING, at)
    return batch


def run_commit(
    *,
    batch: ImportBatch,
    mandate: Mandate,
    at: datetime,
    only_good: bool = True,
    progress: Callable[[int, int], None] | None = None,
    clock: Callable[[], datetime] | None = None,
) -> ImportBatch:
    """Import a batch that `begin_commit` marked. Whatever interrupts it, nothing is half-imported."""
    try:
        sheet = read_file(batch.file.path, kind=batch.kind, filename=batch.filename)
        rows = _read(batch, sheet, at, clock, progress)
        with transaction.atomic():
            return _write(batch.pk, rows, mandate, at, only_good)
    except IntegrityError as error:
        log.exception("import %s: rolled back", batch.pk)
        refusal = DirectoryMoved(
            _("Somebody else was adding the same companies: nothing was imported. Start it again.")
        )
        _leave(batch, Status.CHECKED, str(refusal))
        raise refusal from error
    except Exception as error:
        message = str(error) if isinstance(error, RuleBroken) else ""
        _leave(batch, Status.CHECKED, message)
        raise


def undo_import(*, batch_id: UUID, mandate: Mandate, at: datetime) -> ImportBatch:
    """
    Put everything an import made or changed back as it was, in one transaction.

    :raises NotReady: it was not imported, or was undone already.
    :raises undoing.StandsInTheWay: later work leans on what it made; the sentence names it.
    """
    with transaction.atomic():
        batch = _locked(batch_id, mandate)
        if batch.status != Status.IMPORTED:
            raise NotReady(_("Only a finished import can be undone: open it again to see where it stands."))
        undone = undoing.undo(batch)
        batch.status, batch.undone_at = Status.UNDONE, at
        batch.save(update_fields=["status", "undone_at"])
        record(
            act=Entry.Act.UNDONE,
            of=batch,
            by=mandate,
            at=at,
            changes=undone,
            territory_id=batch.workshop.territory_id,
        )
    return batch


def recover_interrupted(*, at: datetime) -> int:
    """
    Put back where they stood the batches whose process died; return how many.

    An import that died wrote nothing: its transaction died with it. One that is still alive either holds the lock, and
    is waited for, or finds on arrival that its batch was taken back, and writes nothing.
    """
    recovered = 0
    for batch in ImportBatch.objects.interrupted(at - DEAD_AFTER):
        with transaction.atomic():
            locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
            if locked.status not in {Status.CHECKING, Status.IMPORTING}:
                continue
            was_checking = locked.status == Status.CHECKING
            locked.status = Status.UPLOADED if was_checking else Status.CHECKED
            locked.alive_at, locked.rows_done = None, 0
            locked.message = _("The work was interrupted and nothing was written: start it again.")
            locked.save(update_fields=["status", "alive_at", "rows_done", "message"])
            recovered += 1
            log.warning("import %s: recovered from an interruption", batch.pk)
    return recovered


def _write(batch_id: UUID, rows: list, mandate: Mandate, at: datetime, only_good: bool) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("workshop__territory").get(pk=batch_id)
    if batch.status != Status.IMPORTING:
        raise NotReady(_("This import was taken back while it was running: nothing was written. Start it again."))
    checked = checking.place_rows(
        rows, workshop=batch.workshop, kind=batch.kind, source=_source(batch, at), at=at, write=True
    )
    _refuse_rows_aside(checked.counts["aside"], only_good)
    checked.changes.remember(batch)
    _keep_faults(batch, checked)
    batch.counts = checked.counts
    batch.rows_done = len(rows)
    batch.status, batch.imported_at, batch.alive_at, batch.message = Status.IMPORTED, at, None, ""
    batch.save()
    record(
        act=Entry.Act.IMPORTED,
        of=batch,
        by=mandate,
        at=at,
        changes=checked.counts,
        territory_id=batch.workshop.territory_id,
    )
    return batch


def _read(
    batch: ImportBatch,
    sheet: Sheet,
    at: datetime,
    clock: Callable[[], datetime] | None,
    progress: Callable[[int, int], None] | None = None,
) -> list:
    total = len(sheet.rows)

    def tell(done: int) -> None:
        ImportBatch.objects.filter(pk=batch.pk).update(
            rows_done=done, rows_total=total, alive_at=clock() if clock else at
        )
        if progress:
            progress(done, total)

    return checking.read_rows(
        sheet=sheet,
        kind=batch.kind,
        mapping=batch.mapping,
        knowledge=known_around(batch.workshop.territory),
        progress=tell,
    )


def _locked(batch_id: UUID, mandate: Mandate) -> ImportBatch:
    return ImportBatch.objects.editable_by(mandate).for_page().select_for_update(of=("self",)).get(pk=batch_id)


def _mark(batch: ImportBatch, status: str, at: datetime) -> None:
    batch.status, batch.alive_at, batch.rows_done, batch.message = status, at, 0, ""
    batch.save(update_fields=["status", "alive_at", "rows_done", "message", "mapping"])


def _leave(batch: ImportBatch, status: str, message: str) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(status=status, alive_at=None, message=message[:500])


def _keep_faults(batch: ImportBatch, checked: Checked) -> None:
    batch.faults.all().delete()
    ImportFault.objects.bulk_create(
        (
            ImportFault(
                batch=batch,
                row=fault.row,
                column=fault.column[:120],
                value=fault.value,
                reason=fault.reason,
                details=dict(fault.details),
                proposal=fault.proposal[:300],
                is_blocking=fault.is_blocking,
            )
            for fault in checked.faults
        ),
        batch_size=1000,
    )


def _refuse_rows_aside(aside: int, only_good: bool) -> None:
    if aside and not only_good:
        raise RowsToCorrect(
            ngettext(
                "%(count)s row is set aside: correct it, or import the good rows without it.",
                "%(count)s rows are set aside: correct them, or import the good rows without them.",
                aside,
            )
            % {"count": aside}
        )


def _layout(sheet: Sheet, proposed: MappingProposal) -> dict:
    return {
        "format": sheet.source.format,
        "title": sheet.source.title,
        "encoding": sheet.source.encoding,
        "delimiter": sheet.source.delimiter,
        "heading_row": sheet.heading_row,
        "remembered": proposed.is_remembered,
        "columns": [
            {
                "column": guess.column,
                "heading": guess.heading,
                "samples": guess.samples,
                "field": guess.field,
                "confidence": guess.confidence,
            }
            for guess in proposed.columns
        ],
    }


def _source(batch: ImportBatch, at: datetime) -> str:
    """Where the data of a contact comes from: the file and its day, in the language of who sent it."""
    with translation.override(batch.language):
        return (_("file “%(name)s”, %(day)s") % {"name": batch.filename[:100], "day": at.strftime("%d/%m/%Y")})[:160]
