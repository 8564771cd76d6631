"""The reports of a workshop: read them here, take them away one by one or all at once, say that they are sent."""

import io
import zipfile

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.common.text import slug
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.reports.workshop import (
    collective_pdf,
    companies_of,
    gather,
    individual_pdf,
    individual_pdfs,
    report_figures,
    workbook,
)
from maillage.web.access import EDITORS, opens_to
from maillage.web.components.day import seen_on
from maillage.web.components.listing import WORKBOOK
from maillage.workshops.counting import standing_of
from maillage.workshops.models import Workshop

PDF = "application/pdf"


def _editable(request, pk):
    """The workshop, for who prepares it: its reports hold what companies said to their practitioner alone."""
    return get_object_or_404(Workshop.objects.editable_by(request.mandate).for_page(), pk=pk)


@opens_to(*EDITORS)
def reports(request, pk):
    workshop = _editable(request, pk)
    today = seen_on(request)
    companies = report_figures(workshop)
    context = {
        "workshop": workshop,
        "standing": standing_of(workshop, request.mandate, today),
        "companies": companies,
        "without_card": sum(1 for one in companies if not one.cards),
        "today": today,
        "section": "workshops",
    }
    return render(request, "workshop/reports.html", context)


@opens_to(*EDITORS)
def collective(request, pk):
    workshop = _editable(request, pk)
    content = collective_pdf(gather(workshop, today=seen_on(request)), language=get_language())
    return _file(request, workshop, content, name=f"{slug(workshop.title)}.pdf", kind=PDF, report="collective")


@opens_to(*EDITORS)
def individual(request, pk, company):
    workshop = _editable(request, pk)
    records = gather(workshop, today=seen_on(request))
    its = next((one for one in companies_of(records) if one.pk == company), None)
    if its is None:
        raise Http404
    content = individual_pdf(records, its, language=get_language())
    return _file(request, workshop, content, name=f"{slug(its.name)}.pdf", kind=PDF, report="individual", of=its.name)


@opens_to(*EDITORS)
def everything(request, pk):
    """All the reports at once: that of the room, those of the companies, and the workbook."""
    workshop = _editable(request, pk)
    records = gather(workshop, today=seen_on(request))
    language = get_language()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{slug(workshop.title)}.pdf", collective_pdf(records, language=language))
        archive.writestr(f"{slug(workshop.title)}.xlsx", workbook(records, language=language))
        for name, pdf in individual_pdfs(records, language=language):
            archive.writestr(f"{slug(_('Companies'))}/{name}", pdf)
    name = f"{slug(workshop.title)}.zip"
    return _file(request, workshop, content.getvalue(), name=name, kind="application/zip", report="everything")


@opens_to(*EDITORS)
def spreadsheet(request, pk):
    workshop = _editable(request, pk)
    content = workbook(gather(workshop, today=seen_on(request)), language=get_language())
    return _file(request, workshop, content, name=f"{slug(workshop.title)}.xlsx", kind=WORKBOOK, report="workbook")


def _file(request, workshop, content: bytes, *, name: str, kind: str, **said: str) -> HttpResponse:
    """Answer with the file, and say in the journal that it left. A PDF opens in the browser, which can save it."""
    record(
        act=Entry.Act.EXPORTED,
        of=workshop,
        by=request.mandate,
        at=timezone.now(),
        changes=said,
        territory_id=workshop.territory_id,
    )
    return FileResponse(io.BytesIO(content), as_attachment=kind != PDF, filename=name, content_type=kind)
