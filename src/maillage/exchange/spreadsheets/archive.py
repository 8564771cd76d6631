"""
Look at a workbook before a parser does: what it is, what it weighs once unpacked, what it hides.

A workbook is a zip of XML parts, and everything a zip says of itself may be a lie. Sizes are checked before a part is
opened, and each part that will be parsed is first read as a plain stream of bytes, in constant memory.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from maillage.exchange.spreadsheets.errors import UnreadableFile

MEGABYTE = 1024 * 1024
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_HEADER = b"PK\x03\x04"
# What Excel itself writes for 50 000 rows of 60 columns unpacks to about 150 MB.
MOST_UNPACKED = 256 * MEGABYTE
MOST_SHARED_STRINGS = 64 * MEGABYTE
# openpyxl holds these parts whole: styles, theme, workbook, relations.
MOST_SMALL_PART = 8 * MEGABYTE
MOST_PARTS = 5000
# Tables repeat themselves and shrink thirty to sixty times; a bomb shrinks a thousand times.
BOMB_RATIO = 250
BOMB_FLOOR = 16 * MEGABYTE
LONGEST_ROW = 2 * MEGABYTE
CHUNK = 256 * 1024
# A cell with the longest formula a spreadsheet program allows must not fall between two chunks.
OVERLAP = 12 * 1024

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
ROW_MARK = re.compile(rb"</?(?:\w+:)?row[ />]")
STRING_MARK = re.compile(rb"</?(?:\w+:)?si>")
# A formula without its result. A result that is an empty text says so (t="str"), and is a result.
BARE_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*'
    rb"(?:<(?:\w+:)?f\b[^<>]*/>|<(?:\w+:)?f\b[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the look found that the reader must know."""

    sheets_with_bare_formulas: frozenset[str]


def inspect(file: BinaryIO) -> Inspection:
    """
    Refuse what is not an honest workbook; return what was seen in its sheets.

    :raises UnreadableFile: it is another kind of file, it holds macros or a password, it is damaged, or it is a bomb.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_other_kinds(archive)
            _refuse_bombs(archive)
            return _scan(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFile("damaged", cause=repr(error)) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise UnreadableFile("damaged", cause=repr(error)) from error


def refuse_ole(head: bytes, file: BinaryIO) -> None:
    """Refuse an OLE container: an .xls of before 2007, or a workbook behind a password."""
    if head.startswith(OLE_HEADER):
        locked = "EncryptedPackage".encode("utf-16-le") in file.read()
        raise UnreadableFile("password" if locked else "old_format")


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    names = {name.casefold() for name in archive.namelist()}
    if any(info.flag_bits & 0x1 for info in archive.infolist()):
        raise UnreadableFile("password")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableFile("macros")
    if "xl/workbook.xml" not in names:
        other_spreadsheet = names & {"content.xml", "xl/workbook.bin", "index/document.iwa"}
        raise UnreadableFile("old_format" if other_spreadsheet else "not_a_spreadsheet")


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise UnreadableFile("unpacks_too_large", cause=f"{len(parts)} parts, {unpacked} bytes once unpacked")
    if unpacked > BOMB_FLOOR and unpacked / packed > BOMB_RATIO:
        raise UnreadableFile("unpacks_too_large", cause=f"{unpacked} bytes from {packed}")


def _scan(archive: zipfile.ZipFile) -> Inspection:
    bare = set()
    for part in archive.infolist():
        name = part.filename.casefold()
        if not name.endswith((".xml", ".rels")):
            continue
        if SHEET.fullmatch(name):
            if _read_through(archive, part, ROW_MARK):
                bare.add(part.filename)
        elif name == "xl/sharedstrings.xml":
            _refuse_heavier(part, MOST_SHARED_STRINGS)
            _read_through(archive, part, STRING_MARK)
        elif not name.startswith(("xl/drawings/", "xl/charts/", "xl/pivot", "xl/media/", "customxml/")):
            _refuse_heavier(part, MOST_SMALL_PART)
            _read_through(archive, part, None)
    return Inspection(frozenset(bare))


def _refuse_heavier(part: zipfile.ZipInfo, most: int) -> None:
    if part.file_size > most:
        raise UnreadableFile("unpacks_too_large", cause=f"{part.filename}: {part.file_size} bytes")


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, mark: re.Pattern[bytes] | None) -> bool:
    """
    Read a part to its end; tell whether it holds a formula without a result.

    No stretch between two marks (rows, strings) may be longer than a row can be, and no declaration of entities may be
    there: this is what keeps the parser's memory bounded, whatever a cell holds.
    """
    bare_formula, stretch, tail = False, 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            window = tail + chunk
            if b"<!" in window and (mark is not None or b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                raise UnreadableFile("damaged", cause=f"{part.filename}: declaration in the XML")
            if mark is ROW_MARK:
                bare_formula = bare_formula or BARE_FORMULA.search(window) is not None
            if mark is not None:
                stretch = _stretch(window, len(chunk), stretch, mark)
                if stretch > LONGEST_ROW:
                    raise UnreadableFile("cell_too_large", cause=f"{part.filename}: one row of over {stretch} bytes")
            tail = window[-OVERLAP:]
    return bare_formula


def _stretch(window: bytes, fresh: int, before: int, mark: re.Pattern[bytes]) -> int:
    last = None
    for last in mark.finditer(window):  # noqa: B007 - only the last one matters: a chunk is shorter than a row may be
        pass
    return before + fresh if last is None else len(window) - last.end()
