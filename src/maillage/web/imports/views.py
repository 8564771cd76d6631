"""Import a spreadsheet into a workshop: choose it, say what its columns mean, look, import, undo."""

from decimal import Decimal

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.common.errors import RuleBroken
from maillage.exchange import services
from maillage.exchange.corrections import corrections
from maillage.exchange.examples import example
from maillage.exchange.fields import labels
from maillage.exchange.models import ImportBatch
from maillage.exchange.tasks import check_in_background, commit_in_background
from maillage.resources.models import Resource
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.undo import done
from maillage.web.imports.forms import FileForm, MappingForm
from maillage.workshops.models import Workshop

FAULTS_ON_A_PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Status = ImportBatch.Status

PAGES = {
    Status.UPLOADED: "imports/mapping.html",
    Status.CHECKING: "imports/progress.html",
    Status.CHECKED: "imports/preview.html",
    Status.IMPORTING: "imports/progress.html",
    Status.IMPORTED: "imports/result.html",
    Status.UNDONE: "imports/undone.html",
    Status.FAILED: "imports/failed.html",
}


@opens_to(*EDITORS)
@require_http_methods(["GET", "POST"])
def start(request, workshop, kind):
    workshop = get_object_or_404(Workshop.objects.editable_by(request.mandate).for_list(), pk=workshop)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = services.start_import(
                workshop=workshop, kind=kind, file=file, filename=file.name, mandate=request.mandate, at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("imports:batch", batch.pk)
    context = {
        "section": "workshops",
        "workshop": workshop,
        "kind": kind,
        "form": form,
        "fields": labels(kind).values(),
        "most_rows": settings.IMPORT_MAX_ROWS,
        "most_megabytes": settings.IMPORT_MAX_BYTES // 1024**2,
        "earlier": _batches(request, workshop)[:5],
    }
    return render(request, "imports/start.html", context, status=422 if form.errors else 200)


@opens_to(*EDITORS)
@require_GET
def workshop_imports(request, workshop):
    workshop = get_object_or_404(Workshop.objects.editable_by(request.mandate).for_list(), pk=workshop)
    page = Paginator(_batches(request, workshop), 30).get_page(request.GET.get("page"))
    return render(request, "imports/list.html", {"section": "workshops", "workshop": workshop, "page": page})


@opens_to(*EDITORS)
@require_GET
def batch(request, pk):
    services.recover_interrupted(at=timezone.now())
    found = _batch(request, pk)
    if found.status == Status.CHECKED and "columns" in request.GET:
        return _mapping_page(request, found, MappingForm(batch=found))
    if found.status == Status.UPLOADED:
        return _mapping_page(request, found, MappingForm(batch=found))
    return render(request, PAGES[found.status], {**_context(found), **_faults(request, found)})


@opens_to(*EDITORS)
@require_GET
def progress(request, pk):
    """Answer the progress of a batch to the page that waits; when it is over, ask that page to come again."""
    found = _batch(request, pk)
    response = render(request, "imports/_progress.html", _context(found))
    if found.status not in {Status.CHECKING, Status.IMPORTING}:
        response["HX-Redirect"] = reverse("imports:batch", args=[found.pk])
    return response


@opens_to(*EDITORS)
@require_POST
def batch_check(request, pk):
    found = _batch(request, pk)
    form = MappingForm(request.POST, batch=found)
    if not form.is_valid():
        return _mapping_page(request, found, form, status=422)
    wanted = {"batch_id": found.pk, "mandate": request.mandate, "at": timezone.now(), "mapping": form.mapping}
    try:
        if _is_long(found):
            services.begin_check(**wanted)
            check_in_background.enqueue(str(found.pk))
        else:
            services.check_import(**wanted)
    except services.IncompleteMapping as refusal:
        form.add_error(None, str(refusal))
        return _mapping_page(request, found, form, status=422)
    except RuleBroken as refusal:
        return _refused(request, found, refusal)
    return redirect("imports:batch", found.pk)


@opens_to(*EDITORS)
@require_POST
def batch_commit(request, pk):
    found = _batch(request, pk)
    only_good = "only_good" in request.POST
    wanted = {"batch_id": found.pk, "mandate": request.mandate, "at": timezone.now(), "only_good": only_good}
    try:
        if _is_long(found):
            services.begin_commit(**wanted)
            commit_in_background.enqueue(str(found.pk), str(request.mandate.pk), only_good)
        else:
            imported = services.commit_import(**wanted)
            _say_imported(request, imported)
    except RuleBroken as refusal:
        return _refused(request, found, refusal)
    return redirect("imports:batch", found.pk)


@opens_to(*EDITORS)
@require_POST
def batch_undo(request, pk):
    found = _batch(request, pk)
    try:
        services.undo_import(batch_id=found.pk, mandate=request.mandate, at=timezone.now())
    except RuleBroken as refusal:
        return _refused(request, found, refusal)
    done(request, _("The import is undone: everything is as it was before."))
    return redirect("imports:batch", found.pk)


@opens_to(*EDITORS)
@require_GET
def corrections_file(request, pk):
    document = corrections(_batch(request, pk))
    return _download(document.content, document.filename, document.media_type)


@opens_to(*EDITORS)
@require_GET
def example_file(request, kind):
    name = _("participants") if kind == ImportBatch.Kind.PARTICIPANTS else _("resources")
    return _download(example(kind), f"{name}.xlsx", WORKBOOK)


def _batch(request, pk):
    return get_object_or_404(ImportBatch.objects.editable_by(request.mandate).for_page(), pk=pk)


def _batches(request, workshop):
    return ImportBatch.objects.editable_by(request.mandate).of_workshop(workshop).for_page().newest_first()


def _is_long(batch):
    return batch.rows_total > settings.IMPORT_BACKGROUND_ROWS


def _context(batch):
    return {
        "section": "workshops",
        "batch": batch,
        "workshop": batch.workshop,
        "counts": batch.counts,
        "preview": [_previewed(row) for row in batch.layout.get("preview", ())],
        "share": round(100 * batch.rows_done / batch.rows_total) if batch.rows_total else 0,
    }


def _previewed(row):
    """A row of the preview; that of a resource carries a card, never saved, for its quantity to be written."""
    if "direction" not in row:
        return row
    amount = Decimal(row["quantity"]) if row["quantity"] else None
    return {**row, "card": Resource(quantity=amount, unit=row["unit"], period=row["period"])}


def _mapping_page(request, batch, form, status=200):
    return render(request, "imports/mapping.html", {**_context(batch), "form": form}, status=status)


def _faults(request, batch):
    """The faults of a batch, those asked for, a page at a time, and how many of each kind there are."""
    faults = batch.faults.in_order()
    aside, warnings = batch.faults.setting_aside().count(), batch.faults.only_warnings().count()
    asked = request.GET.get("show", "")
    shown = {"aside": faults.setting_aside(), "warnings": faults.only_warnings()}.get(asked, faults)
    column = request.GET.get("column", "")
    shown = shown.in_column(column) if column else shown
    return {
        "show": asked,
        "column": column,
        "columns": batch.faults.columns(),
        "aside_faults": aside,
        "warning_faults": warnings,
        "all_faults": aside + warnings,
        "page": Paginator(shown, FAULTS_ON_A_PAGE).get_page(request.GET.get("page")),
    }


def _refused(request, batch, refusal):
    """Show a page again with why the act was refused."""
    batch.refresh_from_db()
    context = {**_context(batch), **_faults(request, batch), "refusal": str(refusal)}
    if batch.status == Status.UPLOADED:
        context["form"] = MappingForm(batch=batch)
    return render(request, PAGES[batch.status], context, status=422)


def _say_imported(request, batch):
    if not batch.counts["changes"]:
        done(request, _("Nothing had to change: everything in this file was already there."))
        return
    text = ngettext("%(count)s row is in.", "%(count)s rows are in.", batch.counts["good"])
    done(request, text % {"count": batch.counts["good"]}, undo=reverse("imports:undo", args=[batch.pk]))


def _download(content, filename, media_type):
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, filename)
    return response
