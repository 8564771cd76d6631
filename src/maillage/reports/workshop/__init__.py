"""The reports of a workshop: one for the room, one for each company, and a workbook of everything."""

from maillage.reports.workshop.figures import ReportFigures, report_figures
from maillage.reports.workshop.gather import WorkshopRecords, companies_of, gather
from maillage.reports.workshop.printed import collective_pdf, file_name, individual_pdf, individual_pdfs
from maillage.reports.workshop.sheets import workbook

__all__ = [
    "ReportFigures",
    "WorkshopRecords",
    "collective_pdf",
    "companies_of",
    "file_name",
    "gather",
    "individual_pdf",
    "individual_pdfs",
    "report_figures",
    "workbook",
]
