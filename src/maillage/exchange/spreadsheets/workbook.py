"""Read the rows of an XLSX workbook: cached values of formulas, never a macro, a row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import BinaryIO
from zipfile import BadZipFile
from zlib import error as ZlibError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from maillage.exchange.spreadsheets.archive import inspect
from maillage.exchange.spreadsheets.errors import UnreadableFile
from maillage.exchange.spreadsheets.sheet import Cell, Row

MOST_COLUMNS = 200
# Excel keeps empty rows that were once formatted, down to the millionth: past this many, the table is over.
MOST_EMPTY_ROWS = 5000
# What a broken formula shows; a cell that shows this holds nothing.
ERROR_VALUES = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#N/D", "#NOM?", "#VALEUR!"}
DAMAGE = (BadZipFile, ZlibError, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError)


class Workbook:
    """An inspected workbook, open for reading: use as a context manager."""

    def __init__(self, file: BinaryIO):
        self._inspection = inspect(file)
        file.seek(0)
        try:
            self._book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except (*DAMAGE, SyntaxError, EOFError) as error:
            raise UnreadableFile("damaged", cause=repr(error)) from error

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._book.close()

    @property
    def titles(self) -> list[str]:
        """The sheets a person sees, in order."""
        return [sheet.title for sheet in self._book.worksheets if sheet.sheet_state == "visible"]

    def rows(self, title: str) -> Iterator[Row]:
        """
        Yield the rows of a sheet that hold something.

        :raises UnreadableFile: the sheet is damaged.
        """
        sheet = self._book[title]
        sheet.reset_dimensions()
        empty = 0
        try:
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
                trimmed = _trim(cells)
                empty = 0 if trimmed else empty + 1
                if trimmed:
                    yield Row(number, trimmed)
                if empty > MOST_EMPTY_ROWS:
                    return
        except (*DAMAGE, SyntaxError, EOFError) as error:
            raise UnreadableFile("damaged", cause=repr(error)) from error

    def refuse_bare_formulas(self, title: str) -> None:
        """
        Refuse a sheet whose formulas were never calculated: its cells look empty and are not.

        :raises UnreadableFile: a formula of the sheet has no saved result.
        """
        if self._book[title]._worksheet_path in self._inspection.sheets_with_bare_formulas:
            raise UnreadableFile("formulas", cause=f"sheet {title!r}")


def _trim(cells: tuple) -> tuple[Cell, ...]:
    values = [_value(cell) for cell in cells]
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _value(cell: object) -> Cell:
    if isinstance(cell, str):
        text = cell.strip()
        return text if text and text not in ERROR_VALUES else None
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell  # type: ignore[return-value]
