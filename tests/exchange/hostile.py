"""Files nobody should send, built by hand: each with the code of the one sentence that refuses it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

MEGABYTE = 1024 * 1024
ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="B{0}"><v>1</v></c></row>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@cache
def noise() -> str:
    """A megabyte of letters that no compression makes small enough to look odd."""
    return Random(0).randbytes(MEGABYTE // 2).hex()


def good() -> bytes:
    """A small honest workbook."""
    book = openpyxl.Workbook()
    book.active.append(["Entreprise", "Commune"])
    book.active.append(["Conserverie Kerdaniel", "Lorient"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(name: str, chunks, *, source: bytes | None = None) -> bytes:
    """A workbook with one of its parts replaced or added; ``chunks`` are written one after the other."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source or good())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        with new.open(name, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk.encode() if isinstance(chunk, str) else chunk)
    return target.getvalue()


def sheet(*rows) -> bytes:
    """A workbook whose sheet is this XML, row after row."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part("xl/worksheets/sheet1.xml", (head, *rows, "</sheetData></worksheet>"))


@cache
def a_cell_of_a_gigabyte() -> bytes:
    return sheet(
        ROW.format(1, "Entreprise").partition("Entreprise")[0], *["a" * MEGABYTE] * 1024, "</t></is></c></row>"
    )


def a_cell_of_forty_megabytes() -> bytes:
    """Under every limit on the whole, and still no line of a table."""
    return sheet(ROW.format(1, "Entreprise").partition("Entreprise")[0], *[noise()] * 40, "</t></is></c></row>")


def a_row_hidden_in_a_comment() -> bytes:
    """Marks of rows inside a comment, to pass for many rows while being one."""
    return sheet("<!--", *["<row>" + noise()] * 20, "-->", ROW.format(1, "Entreprise"))


def a_size_that_lies() -> bytes:
    """The directory of the archive says a hundred bytes, the part holds ten megabytes."""
    honest = sheet(ROW.format(1, "a" * 10 * MEGABYTE))
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return honest.replace(struct.pack("<L", size), struct.pack("<L", 100))


def many_strings() -> bytes:
    text = "<si><t>a</t></si>" * 60_000
    head = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return with_part("xl/sharedStrings.xml", (head, *[text] * 70, "</sst>"))


def entities() -> bytes:
    """A billion laughs."""
    levels = "".join(f'<!ENTITY a{rank} "{f"&a{rank - 1};" * 10}">' for rank in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">{levels}]><worksheet>&a9;</worksheet>'
    return with_part("xl/worksheets/sheet1.xml", (xml,))


def behind_a_password() -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(good())).encrypt("secret", target)
    return target.getvalue()


def cut_short() -> bytes:
    return good()[:-200]


def with_a_wrong_byte() -> bytes:
    """A part whose compressed bytes were touched."""
    data = bytearray(good())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 70
    data[start : start + 20] = bytes(20)
    return bytes(data)


def not_xml() -> bytes:
    return with_part("xl/worksheets/sheet1.xml", ("<worksheet><sheetData><row>",))


def macros() -> bytes:
    return with_part("xl/vbaProject.bin", (b"\x00" * 100,))


def opendocument() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    return target.getvalue()


def word_document() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return target.getvalue()


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def uncalculated() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Entreprise", "Effectif"])
    book.active.append(["Kerdaniel", "=1+1"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def rows_beyond_the_limit() -> bytes:
    return "\n".join(["Entreprise;Commune", *["Kerdaniel;Lorient"] * 51_000]).encode()


def rows_beyond_the_limit_in_a_workbook() -> bytes:
    head = ROW.format(1, "Entreprise").replace('B1"><v>1</v>', 'B1" t="inlineStr"><is><t>Commune</t></is>')
    return sheet(head, *(ROW.format(row, "Kerdaniel") for row in range(2, 51_002)))


def workbook_of(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty", lambda: b""),
    "blanks": ("empty", lambda: b"\r\n;;;\r\n \r\n"),
    "a picture": ("not_a_spreadsheet", lambda: PNG),
    "a text document": ("not_a_spreadsheet", word_document),
    "bytes": ("not_a_spreadsheet", lambda: bytes(range(32)) * 100),
    "an .xls of 2003": ("old_format", old_excel),
    "an .ods": ("old_format", opendocument),
    "macros": ("macros", macros),
    "a password": ("password", behind_a_password),
    "cut short": ("damaged", cut_short),
    "a wrong byte": ("damaged", with_a_wrong_byte),
    "not XML": ("damaged", not_xml),
    "entities": ("damaged", entities),
    "marks in a comment": ("damaged", a_row_hidden_in_a_comment),
    "a size that lies": ("damaged", a_size_that_lies),
    "a cell of a gigabyte": ("unpacks_too_large", a_cell_of_a_gigabyte),
    "a cell of forty megabytes": ("cell_too_large", a_cell_of_forty_megabytes),
    "four million strings": ("unpacks_too_large", many_strings),
    "a cell of a megabyte in a CSV": ("cell_too_large", lambda: b"Entreprise;Commune\nKer;" + b"a" * MEGABYTE),
    "formulas never calculated": ("formulas", uncalculated),
    "an open quotation mark": ("open_quote", lambda: b'Entreprise;Commune\n"Ker;Lorient\n' + b"Ker;Lorient\n" * 500),
    "more rows than the limit": ("too_many_rows", rows_beyond_the_limit),
    "more rows than the limit, in a workbook": ("too_many_rows", rows_beyond_the_limit_in_a_workbook),
    "more bytes than the limit": ("too_large", lambda: b"Entreprise;Commune\n" + b"Ker;Lorient\n" * 3_000_000),
    "broken accents": ("encoding", lambda: "Société;Téléphone\nBéton d'Étel;1".encode().decode("cp1252").encode()),
    "an alphabet of elsewhere": ("encoding", lambda: "Компания;Город\nЛориан;Лорьян".encode("koi8-r")),
    "no table": ("no_table", lambda: workbook_of(["Bonjour"], [], ["À bientôt"])),
    "an empty workbook": ("no_table", lambda: workbook_of()),
    "only headings": ("only_headings", lambda: workbook_of(["Entreprise", "SIRET"])),
    "no headings": ("no_headings", lambda: b"Kerdaniel;73282932000074\nScorff;35600000000048"),
}
