"""Read the rows of a CSV file: whatever its alphabet and its delimiter."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from maillage.exchange.spreadsheets.errors import UnreadableFile
from maillage.exchange.spreadsheets.sheet import Row
from maillage.exchange.spreadsheets.workbook import ERROR_VALUES, MOST_COLUMNS

DELIMITERS = (";", ",", "\t", "|")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows, DOS and older Macs wrote in France, the likeliest first.
OLD_ALPHABETS = ("cp1252", "cp850", "mac_roman", "latin-1")
FRENCH_LETTERS = frozenset("éèêëàâäçùûüôöîïÉÈÊËÀÂÇÙÛÔÎÏœŒ’«»°€–²³µ\xa0")
# UTF-8 once read as Windows-1252 and saved again: « Ã© » where « é » was.
MOJIBAKE = ("Ã©", "Ã¨", "Ãª", "Ã ", "Ã§", "Ã´", "â€™", "\ufffd")
# A note in a cell may hold a few lines; a quotation mark left open swallows the rest of the file.
MOST_LINES_IN_A_CELL = 40


def detect_encoding(data: bytes) -> str:
    """
    Name the alphabet of a text.

    :raises UnreadableFile: it is no text, or its letters were broken before it came here.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return _checked(data, name)
    sides = (data[0:4096:2].count(0), data[1:4096:2].count(0))
    if any(sides):
        # Of two bytes of Latin letters in UTF-16 one is null, always on the same side.
        few, many = sorted(sides)
        if many < 8 * few or many < len(data[:4096]) / 5:
            raise UnreadableFile("not_a_spreadsheet", cause="null bytes")
        return _checked(data, "utf-16-le" if sides[1] > sides[0] else "utf-16-be")
    if _control_share(data) > 0.01:
        raise UnreadableFile("not_a_spreadsheet", cause="control characters")
    try:
        codecs.decode(data, "utf-8")
    except UnicodeDecodeError:
        return _checked(data, _best_old_alphabet(data))
    return _checked(data, "utf-8")


def detect_delimiter(text: str, *, score=None) -> str:
    """
    Name the character between cells, from the first lines.

    ``score(cells)`` says how much a row looks like headings; without an opinion, the steadiest number of cells wins.
    """
    head = text[:65536]
    return max(DELIMITERS, key=lambda delimiter: _fit(head, delimiter, score))


def read_rows(data: bytes, encoding: str, delimiter: str) -> Iterator[Row]:
    """
    Yield the rows that hold something, numbered as a spreadsheet program shows them.

    :raises UnreadableFile: a cell is too long, or a quotation mark is never closed.
    """
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    try:
        for cells in reader:
            number += 1
            if number == 1 and len(cells) <= 2 and "".join(cells).lower().startswith("sep="):
                # Excel obeys this line and does not show it.
                number = 0
                continue
            if any(cell.count("\n") > MOST_LINES_IN_A_CELL for cell in cells):
                raise UnreadableFile("open_quote", row=number)
            values = [_value(cell) for cell in cells[:MOST_COLUMNS]]
            while values and values[-1] is None:
                values.pop()
            if values:
                yield Row(number, tuple(values))
    except csv.Error as error:
        raise UnreadableFile("cell_too_large", cause=repr(error)) from error


def _value(cell: str) -> str | None:
    text = cell.strip().strip("\x00")
    return text if text and text not in ERROR_VALUES else None


def _checked(data: bytes, encoding: str) -> str:
    try:
        text = codecs.decode(data, encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile("encoding", cause=repr(error)) from error
    broken = sum(text.count(mark) for mark in MOJIBAKE)
    # One broken cell in a sound file is that row's affair.
    if broken and broken >= sum(text.count(letter) for letter in "éèêàçô’"):
        raise UnreadableFile("encoding", cause=f"{broken} letters broken before they came")
    return encoding


def _control_share(data: bytes) -> float:
    sample = data[:65536]
    controls = sum(sample.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13))
    return controls / max(1, len(sample))


def _best_old_alphabet(data: bytes) -> str:
    """Choose the alphabet in which the most of the foreign bytes are French letters."""
    foreign = data.translate(None, bytes(range(128)))[:20000]

    def french(alphabet: str) -> int:
        return sum(letter in FRENCH_LETTERS for letter in foreign.decode(alphabet, errors="replace"))

    best = max(OLD_ALPHABETS, key=french)
    if french(best) < len(foreign) / 2:
        raise UnreadableFile("encoding", cause=f"{french(best)} French letters in {len(foreign)} bytes")
    return best


def _fit(head: str, delimiter: str, score) -> tuple[float, float]:
    try:
        rows = list(csv.reader(io.StringIO(head), delimiter=delimiter))[:40]
    except csv.Error:
        return (0, 0)
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    if not widths:
        return (0, 0)
    usual = max(set(widths), key=widths.count)
    known = max((score(row) for row in rows[:20]), default=0) if score else 0
    steadiness = (widths.count(usual) / len(widths)) * min(usual, 12) if usual > 1 else 0
    return (known, steadiness)
