"""The report of a programme: a page that is alive, and its files."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.common.text import slug
from maillage.journal.models import Entry
from maillage.journal.services import record
from maillage.reports.programme import Report, files, programme_report
from maillage.reports.programme.opening import opening
from maillage.territories.models import Mandate, Region
from maillage.territories.scope import READS_NAMES, regions_read_by
from maillage.web.access import READERS, opens_to
from maillage.web.components.listing import WORKBOOK
from maillage.web.reports.page import section_of

FILES = {
    "xlsx": (files.to_xlsx, WORKBOOK),
    "pdf": (files.to_pdf, "application/pdf"),
    "json": (files.to_json, "application/json; charset=utf-8"),
}


@opens_to(*READERS)
def programme(request):
    report = report_for(request)
    asked = request.GET.get("format")
    if asked in FILES:
        return _file(request, report, asked)
    sections = [section_of(part, query=kept(request)) for part in report.parts.values() if part.key != "summary"]
    context = {
        "section": "report",
        "report": report,
        "opening": opening(report.facts, report.parts["summary"]),
        "sections": sections,
        "regions": regions_of(request),
        "region": report.population.region,
        "is_published": must_be_published(request.mandate),
    }
    return render(request, "reports/programme.html", context)


@opens_to(*READERS)
def figure(request, key):
    """One figure alone, to be put into a slide or a document."""
    try:
        drawn = files.to_svg(report_for(request), key)
    except KeyError:
        raise Http404 from None
    name = f"{slug(request.mandate.programme.code)}-{key}.svg"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8", headers=headers)


def report_for(request) -> Report:
    """The report this person may read, of the region that the address names or of the whole programme."""
    return programme_report(
        request.mandate.programme,
        day=timezone.localdate(),
        region=region_asked(request),
        is_published=must_be_published(request.mandate),
    )


def must_be_published(mandate: Mandate) -> bool:
    """Who does not read records with names reads the report as it is published: small numbers grouped."""
    return mandate.role not in READS_NAMES


def region_asked(request) -> Region | None:
    asked = request.GET.get("region")
    if not asked:
        return None
    found = [region for region in regions_read_by(request.mandate) if slug(region.name) == asked]
    if not found:
        raise Http404
    return found[0]


def regions_of(request) -> list[dict[str, str]]:
    return [{"key": slug(region.name), "name": region.name} for region in regions_read_by(request.mandate)]


def kept(request) -> str:
    """What the links of the page keep of its address."""
    asked = request.GET.get("region")
    return f"?region={slug(asked)}" if asked else ""


@transaction.atomic
def _file(request, report: Report, extension: str) -> HttpResponse:
    """Write the report as a file, and say in the journal that it left."""
    write, kind = FILES[extension]
    now = timezone.now()
    record(
        act=Entry.Act.EXPORTED,
        of=report.programme,
        by=request.mandate,
        at=now,
        changes={"report": "programme", "format": extension, "region": request.GET.get("region", "")},
    )
    name = f"{slug(report.programme.code)}-{timezone.localdate(now).isoformat()}.{extension}"
    return HttpResponse(
        write(report), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
