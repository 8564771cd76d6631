"""The one sentence a person reads when a file cannot be read."""

from django.utils.translation import gettext_lazy as _

from maillage.common.errors import RuleBroken

SENTENCES = {
    "empty": _("This file is empty: choose the one that holds your table."),
    "too_large": _("This file weighs more than %(megabytes)s MB: keep the table only, or send it in several parts."),
    "too_many_rows": _("This table has more than %(rows)s rows: send it in several parts."),
    "not_a_spreadsheet": _(
        "This file is not a spreadsheet, whatever its name says: save your table as .xlsx or .csv and send that."
    ),
    "old_format": _("This kind of spreadsheet is not read: open it, save it as .xlsx or .csv, and send that copy."),
    "macros": _("This workbook holds macros: save it as an ordinary workbook (.xlsx) and send that copy."),
    "password": _("This workbook is protected by a password: save it without the password and send that copy."),
    "damaged": _("This workbook is damaged: open it in your spreadsheet program, save it again as .xlsx and send it."),
    "unpacks_too_large": _(
        "This workbook is far larger than it looks once opened: copy the table into a new workbook and send that one."
    ),
    "cell_too_large": _(
        "A cell or a row of this file is far too long to be one line of a table: remove it and send the file again."
    ),
    "formulas": _(
        "This workbook holds formulas whose results were not saved: open it in your spreadsheet program, "
        "save it, and send it again."
    ),
    "encoding": _(
        "The letters of this file cannot be read with certainty: save it again as “CSV UTF-8” or as .xlsx and send it."
    ),
    "open_quote": _(
        "A quotation mark is opened and never closed near row %(row)s: remove it, or save the table as .xlsx."
    ),
    "no_table": _(
        "No table was found in this file: it needs one line of headings, such as “Company” or “SIRET”, "
        "and one row for each line below."
    ),
    "no_headings": _(
        "This table has no line of headings: add one above the first row, such as “Company”, “SIRET”, “Commune”."
    ),
    "only_headings": _("This table has headings and no row: fill it in and send it again."),
}


class UnreadableFile(RuleBroken):
    """
    The file cannot be read. Nothing was written.

    ``code`` is one of `SENTENCES`; ``cause`` is for the developer who reads the log.
    """

    def __init__(self, code: str, *, cause: str = "", **details: object):
        self.code = code
        self.cause = cause or code
        super().__init__(str(SENTENCES[code]) % details)
