"""From a file to a sheet: recognise what the file is by what it holds, never by its name."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from maillage.exchange.spreadsheets import archive, delimited, tables
from maillage.exchange.spreadsheets.errors import UnreadableFile
from maillage.exchange.spreadsheets.headings import Vocabulary
from maillage.exchange.spreadsheets.sheet import Limits, Row, Sheet, Source
from maillage.exchange.spreadsheets.workbook import Workbook

log = logging.getLogger("maillage.exchange")


def read(file: str | Path | BinaryIO, *, filename: str, vocabulary: Vocabulary, limits: Limits) -> Sheet:
    """
    Read the table of a file.

    :raises UnreadableFile: with one sentence that says what to do; the log says why.
    """
    started = time.perf_counter()
    try:
        with _opened(file) as stream:
            sheet = _read(stream, vocabulary, limits)
    except UnreadableFile as refusal:
        log.warning("import refused: %s: %s (%s)", filename, refusal.code, refusal.cause)
        raise
    log.info("import read: %s: %s rows in %.2f s", filename, len(sheet.rows), time.perf_counter() - started)
    return sheet


def raw_rows(file: str | Path | BinaryIO, source: Source) -> Iterable[Row]:
    """Yield every row of the sheet that was read, titles and notes included."""
    with _opened(file) as stream:
        if source.format == "xlsx":
            with Workbook(stream) as book:
                yield from book.rows(source.title)
        else:
            yield from delimited.read_rows(stream.read(), source.encoding, source.delimiter)


@contextmanager
def _opened(file: str | Path | BinaryIO):
    if isinstance(file, str | Path):
        with Path(file).open("rb") as stream:
            yield stream
    else:
        file.seek(0)
        yield file


def _read(stream: BinaryIO, vocabulary: Vocabulary, limits: Limits) -> Sheet:
    size = stream.seek(0, 2)
    if size > limits.bytes:
        raise UnreadableFile("too_large", megabytes=limits.bytes // 1024**2, cause=f"{size} bytes")
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    if not head.strip():
        raise UnreadableFile("empty")
    archive.refuse_ole(head, stream)
    if head.startswith(archive.ZIP_HEADER):
        return _read_workbook(stream, vocabulary, limits)
    return _read_delimited(stream.read(), vocabulary, limits)


def _read_workbook(stream: BinaryIO, vocabulary: Vocabulary, limits: Limits) -> Sheet:
    with Workbook(stream) as book:
        title = _best_sheet(book, vocabulary)
        book.refuse_bare_formulas(title)
        return _table(lambda: book.rows(title), Source("xlsx", title=title), vocabulary, limits)


def _best_sheet(book: Workbook, vocabulary: Vocabulary) -> str:
    """The sheet whose headings are best known; the first one when none is."""
    known = {}
    for title in book.titles:
        first = []
        for row in book.rows(title):
            first.append(row)
            if len(first) == tables.LOOKED_AT:
                break
        head = tables.find_head(first, vocabulary)
        known[title] = (head.known if head else -1, len(first) > 1)
    if not known:
        raise UnreadableFile("no_table", cause="no visible sheet")
    return max(known, key=lambda title: known[title])


def _read_delimited(data: bytes, vocabulary: Vocabulary, limits: Limits) -> Sheet:
    if not data.strip(b"\x00\r\n\t ;,\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty")
    encoding = delimited.detect_encoding(data)
    text = data[: 64 * 1024].decode(encoding, errors="ignore")
    delimiter = delimited.detect_delimiter(text, score=lambda cells: tables.count_known(cells, vocabulary))
    source = Source("csv", encoding=encoding, delimiter=delimiter)
    return _table(lambda: delimited.read_rows(data, encoding, delimiter), source, vocabulary, limits)


def _table(rows: Callable[[], Iterable[Row]], source: Source, vocabulary: Vocabulary, limits: Limits) -> Sheet:
    head, below = tables.split(rows(), vocabulary)
    kept = []
    for row in below:
        kept.append(row)
        if len(kept) > limits.rows:
            raise UnreadableFile("too_many_rows", rows=limits.rows)
    if not kept:
        raise UnreadableFile("only_headings")
    width = max(len(head.headings), max(len(row.cells) for row in kept))
    headings = head.headings + ("",) * (width - len(head.headings))
    return Sheet(source=source, headings=headings, heading_row=head.last_row, rows=kept)
