"""A workshop to import into, the few reference rows the files speak of, and files built by hand."""

import io

import openpyxl
import pytest

from maillage.exchange import services
from maillage.organisations.models import Activity
from maillage.resources.models import WasteCode
from maillage.territories.models import Commune
from tests.conftest import NOON
from tests.support.factories import WorkshopFactory

COMMUNES = (
    ("56121", "Lorient", "56100", "56", 58329),
    ("56162", "Ploemeur", "56270", "56", 18872),
    ("56098", "Lanester", "56600", "56", 23163),
    ("56090", "Inzinzac-Lochrist", "56650", "56", 6518),
    ("56107", "Larmor-Plage", "56260", "56", 8500),
    ("56083", "Hennebont", "56700", "56", 16000),
    ("56036", "Caudan", "56850", "56", 6900),
    ("56078", "Guidel", "56520", "56", 11900),
    ("56185", "Quéven", "56530", "56", 8800),
    ("56193", "Riantec", "56670", "56", 5700),
    ("56181", "Port-Louis", "56290", "56", 2600),
    ("56118", "Locmiquélic", "56570", "56", 4000),
    ("56040", "Cléguer", "56620", "56", 3200),
    ("56174", "Pont-Scorff", "56620", "56", 3800),
    ("56166", "Plouay", "56240", "56", 5800),
    ("29232", "Quimper", "29000", "29", 63000),
    ("38185", "Grenoble", "38000,38100", "38", 158000),
    ("49276", "Saint-Denis", "49000", "49", 900),
    ("93066", "Saint-Denis", "93200", "93", 113000),
)


@pytest.fixture
def reference(db):
    """The communes, activities and waste codes that the files of these tests speak of."""
    Commune.objects.bulk_create(
        Commune(
            code=code, name=name, folded_name=name.lower(), postal_codes=postal_codes, department_code=department,
            region_code="53", population=population, latitude=47.7, longitude=-3.4,
        )
        for code, name, postal_codes, department, population in COMMUNES
    )  # fmt: skip
    Activity.objects.bulk_create(
        Activity(code=code, level="sous-classe", section="C", label_fr=code, label_en=code)
        for code in ("10.20Z", "10.51A", "16.24Z", "22.29A", "24.51Z", "25.62B", "30.11Z", "38.11Z", "46.38A", "52.10B")
    )
    WasteCode.objects.bulk_create(
        WasteCode(code=code, is_hazardous=False, entry_type="ANH", label_fr=code, label_en=code)
        for code in ("150103", "020304", "150102", "120101", "200125", "170101", "150101")
    )


@pytest.fixture
def workshop(territory, reference):
    territory.centre_id = "56121"
    territory.save()
    return WorkshopFactory(territory=territory, title="Atelier de Lorient")


def workbook(*rows, title="Feuil1"):
    """An XLSX file of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def text_file(*lines, encoding="utf-8"):
    """A CSV file."""
    return io.BytesIO("\r\n".join(lines).encode(encoding))


@pytest.fixture
def importing(workshop, practitioner):
    """Import a file from end to end, as the practitioner; return the batch as it stands."""

    def run(kind, file, *, filename="fichier.xlsx", commit=True, mapping=None, at=NOON):
        batch = services.start_import(
            workshop=workshop, kind=kind, file=file, filename=filename, mandate=practitioner, at=at
        )
        batch = services.check_import(batch_id=batch.pk, mandate=practitioner, at=at, mapping=mapping)
        return services.commit_import(batch_id=batch.pk, mandate=practitioner, at=at) if commit else batch

    return run
