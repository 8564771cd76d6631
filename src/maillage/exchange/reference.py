"""Load the reference data of the package into the database: once, in one transaction, from files only."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import models, transaction

from maillage.common.text import fold
from maillage.evaluation.models import EmissionFactor
from maillage.organisations.models import Activity
from maillage.resources.models import WasteCode
from maillage.territories.models import Commune, Department, Intercommunality

Row = dict[str, str]
BATCH = 2000


def load_reference_data() -> dict[str, int]:
    """
    Fill each reference table that is empty; return how many rows each one received.

    A second call finds the tables full and costs one query a table.
    """
    with transaction.atomic():
        return {model._meta.label: _load(model, filename, build) for model, filename, build in SOURCES}


def _load(model: type[models.Model], filename: str, build: Callable[[Row], models.Model]) -> int:
    if model.objects.exists():
        return 0
    return len(
        model.objects.bulk_create((build(row) for row in _rows(settings.REFERENCE_DATA / filename)), batch_size=BATCH)
    )


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(float(text)) if text else None


def _commune(row: Row) -> Commune:
    return Commune(
        code=row["code_insee"],
        name=row["name"],
        folded_name=fold(row["name"]).replace("-", " "),
        postal_codes=row["postal_codes"],
        department_code=row["department_code"],
        region_code=row["region_code"],
        epci_siren=row["epci_siren"],
        population=_whole(row["population"]),
        latitude=_number(row["latitude"]),
        longitude=_number(row["longitude"]),
    )


def _department(row: Row) -> Department:
    return Department(code=row["code"], name=row["name"], region_code=row["region_code"])


def _intercommunality(row: Row) -> Intercommunality:
    return Intercommunality(
        siren=row["siren"], name=row["name"], kind=row["type"], department_code=row["main_department"]
    )


def _activity(row: Row) -> Activity:
    return Activity(
        code=row["code"],
        level=row["level"],
        parent_code=row["parent"],
        section=row["section"],
        label_fr=row["label_fr"],
        label_en=row["label_en"],
    )


def _waste_code(row: Row) -> WasteCode:
    return WasteCode(
        code=row["code"],
        is_hazardous=row["hazardous"] == "1",
        entry_type=row["entry_type"],
        label_fr=row["label_fr"],
        label_en=row["label_en"],
        subchapter_label_fr=row["subchapter_label_fr"],
        subchapter_label_en=row["subchapter_label_en"],
    )


def _emission_factor(row: Row) -> EmissionFactor:
    return EmissionFactor(
        id=int(row["id"]),
        name_fr=row["name_fr"],
        name_en=row["name_en"],
        value=float(row["value"]),
        unit=row["unit"],
        uncertainty_pct=_number(row["uncertainty_pct"]),
        kind=row["kind"],
        treatment=row["treatment"],
        source=row["source"][:200],
        year=_whole(row["year"]),
        validity=row["validity"],
        category=row["category"],
    )


SOURCES = (
    (Commune, "communes.csv", _commune),
    (Department, "departements.csv", _department),
    (Intercommunality, "epci.csv", _intercommunality),
    (Activity, "naf.csv", _activity),
    (WasteCode, "waste_codes.csv", _waste_code),
    (EmissionFactor, "emission_factors.csv", _emission_factor),
)
