"""Files with faults put in on purpose: what is written, and the faults that must be found, no more and no less."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random

import openpyxl

from maillage.common.identifiers import is_siren, is_siret

COMMUNES = ("Lorient", "LANESTER", "Ploemeur", "56850 Caudan", "Hennebont Cedex", "Quéven (56)", "Inzinzac Lochrist")
ACTIVITIES = ("10.20Z", "1051A", "24.51 Z", "38.11Z - Collecte des déchets", None)
HEADCOUNTS = (12, "50 salariés", "20-49", "plus de 250", "20 à 49", "1 200", None)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")
SIDES = ("offre", "Besoin", "à mutualiser", "O", "B", "propose", "RECHERCHE", "Need")
AMOUNTS = (
    (12.5, "t", "an"),
    ("1 200", "kg", "mois"),
    ("~300", "palettes", "mois"),
    ("12,75", "m3", "semaine"),
    (3, "MWh", "an"),
)
THINGS = ("chutes de bois", "palettes 80x120", "cartons bruns", "films étirables", "eau tiède", "sciure", "big bags")

#: (row, column, reason)
Expected = tuple[int, str, str]


@dataclass
class SeededFile:
    """A file and the faults it holds."""

    content: bytes
    filename: str
    expected: set[Expected]


def siret(random: Random) -> str:
    """A number that passes the check."""
    siren = next(text for _try in count() if is_siren(text := str(random.randrange(10**8, 10**9))))
    return next(text for end in count() if is_siret(text := f"{siren}000{end:02d}"))


def _wrong_siret(random: Random) -> str:
    good = siret(random)
    return good[:-1] + str((int(good[-1]) + random.randrange(1, 9)) % 10)


# For each column: what to write, and the reason that must be found.
PARTICIPANT_FAULTS: dict[str, tuple[tuple[Callable[[Random], object], str], ...]] = {
    "Entreprise": ((lambda random: None, "company_missing"),),
    "SIRET": (
        (_wrong_siret, "siret_wrong"),
        (lambda random: siret(random)[:12] + "5", "siret_length"),
        (lambda random: "en cours", "siret_letters"),
        (lambda random: "3,62522E+13", "siret_rounded"),
        (lambda random: siret(random)[:9], "siren_only"),
    ),
    "Ville": ((lambda random: "Lorrient", "unknown_commune"), (lambda random: "Saint-Denis", "ambiguous_commune")),
    "NAF": ((lambda random: "99.99Q", "unknown_activity"), (lambda random: "conserverie", "unknown_activity")),
    "Effectif": ((lambda random: "une vingtaine", "headcount_unclear"),),
    "E-mail": (
        (lambda random: "anne(at)exemple.fr", "email_wrong"),
        (lambda random: "anne.exemple.fr", "email_wrong"),
        (lambda random: "a@exemple.fr ; b@exemple.fr", "several_emails"),
    ),
    "Tél": ((lambda random: "02 97 12", "phone_wrong"),),
    "Statut": ((lambda random: "peut-être bien", "status_unknown"),),
    "Inscrit le": ((lambda random: "le 32 mars", "not_a_date"), (lambda random: "10/25/2026", "month_first")),
    "Accord partage": ((lambda random: "à voir", "consent_unclear"),),
}  # fmt: skip

RESOURCE_FAULTS: dict[str, tuple[tuple[Callable[[Random], object], str], ...]] = {
    "Société": ((lambda random: None, "company_missing"), (lambda random: "Zinguerie Zéphyr", "company_unknown")),
    "Sens": ((lambda random: "bof", "side_unknown"), (lambda random: None, "side_missing")),
    "Ressource": ((lambda random: None, "text_missing"),),
    "Quantité": (
        (lambda random: "beaucoup", "not_a_number"),
        (lambda random: "-3", "not_positive"),
        (lambda random: "10 à 20", "range"),
        (lambda random: "1,234", "unclear_number"),
    ),
    "Unité": ((lambda random: "brouettes", "unit_unknown"),),
    "Fréquence": ((lambda random: "souvent", "period_unknown"),),
    "Code déchet": ((lambda random: "99 99 99", "unknown_waste_code"),),
    "Disponible dès": ((lambda random: "bientôt", "not_a_date"),),
    "Table": ((lambda random: "la grande", "not_a_small_number"),),
}  # fmt: skip


def participants(seed: int, rows: int = 30) -> SeededFile:
    """A list of participants, one row in three with a fault."""
    random = Random(seed)
    headings = list(PARTICIPANT_FAULTS) + ["Contact"]

    def row(rank: int) -> dict[str, object]:
        number = siret(random)
        spaced = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
        return {
            "Entreprise": f"Entreprise {chr(65 + rank % 26)}{rank} de la Rade",
            "SIRET": random.choice((number, spaced, int(number), float(number), None)),
            "Ville": random.choice(COMMUNES),
            "NAF": random.choice(ACTIVITIES),
            "Effectif": random.choice(HEADCOUNTS),
            "Contact": f"Personne {rank}",
            "E-mail": f"personne{rank}@exemple.fr",
            "Tél": random.choice(("02 97 00 00 01", "+33 6 12 34 56 78", 297000003, "06.12.34.56.78", None)),
            "Statut": random.choice(("inscrit", "Présent", "liste d'attente", "annulé", None)),
            "Inscrit le": random.choice(("03/11/2026", "3 novembre 2026", "2026-11-03", None)),
            "Accord partage": random.choice(("oui", "Non", "x", None)),
        }

    return _file(random, headings, row, PARTICIPANT_FAULTS, rows, "participants")


def resources(seed: int, names: list[str], rows: int = 30) -> SeededFile:
    """A list of resources of companies of these names, one row in three with a fault."""
    random = Random(seed)

    def row(rank: int) -> dict[str, object]:
        quantity, unit, period = random.choice(AMOUNTS)
        return {
            "Société": random.choice(names),
            "Sens": random.choice(SIDES),
            "Ressource": f"{random.choice(THINGS)} n° {chr(65 + rank % 26)}{chr(65 + rank // 26)}",
            "Quantité": quantity,
            "Unité": unit,
            "Fréquence": period,
            "Code déchet": random.choice(("15 01 03", "150103", 150103, "15.01.01", None)),
            "Disponible dès": random.choice(("01/12/2026", "décembre 2026", None)),
            "Table": random.choice((1, "2", "table 3", None)),
        }

    return _file(random, list(RESOURCE_FAULTS), row, RESOURCE_FAULTS, rows, "ressources")


def _file(random: Random, headings, row, faults, rows: int, name: str) -> SeededFile:
    random.shuffle(headings)
    title = random.choice((0, 2))
    table, expected, number = [], set(), title + 1
    for rank in range(rows):
        number += 1 + (rank > 0 and random.random() < 0.1)
        cells = row(rank)
        if random.random() < 0.34:
            column = random.choice(list(faults))
            write, reason = random.choice(faults[column])
            cells[column] = write(random)
            expected.add((number, column, reason))
        table.append((number, [cells[heading] for heading in headings]))
    head = [(1, ["Atelier de Lorient"])] if title else []
    lines = [*head, (title + 1, headings), *table]
    if random.random() < 0.5:
        content = _workbook(lines)
        return SeededFile(content, f"{name}.xlsx", expected)
    return SeededFile(_csv(lines, random.choice(";,\t"), random.choice(ENCODINGS)), f"{name}.csv", expected)


def _workbook(lines) -> bytes:
    book = openpyxl.Workbook()
    for number, cells in lines:
        for column, cell in enumerate(cells, start=1):
            book.active.cell(number, column, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _csv(lines, delimiter: str, encoding: str) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    last = 0
    for number, cells in lines:
        for _blank in range(number - last - 1):
            writer.writerow([])
        last = number
        writer.writerow(["" if cell is None else str(cell) for cell in cells])
    return target.getvalue().encode(encoding)
