"""
Processes that import for real, to be killed: `python -m tests.exchange.interrupted prepare|commit|bare|state|recover`.

`commit` prints a line each time a part of the rows was handed to the database; `bare` does it without the transaction
that holds them together, which is what the test of the test needs.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import django

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ROWS = 3000


def prepare() -> None:
    """An installation with one workshop and one checked file."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from maillage.exchange import services
    from tests.support.factories import MandateFactory, TerritoryFactory, WorkshopFactory

    territory = TerritoryFactory()
    mandate = MandateFactory(territory=territory)
    lines = ["Entreprise;Contact;E-mail", *(f"Entreprise {n};Personne {n};p{n}@exemple.fr" for n in range(ROWS))]
    batch = services.start_import(
        workshop=WorkshopFactory(territory=territory), kind="PARTICIPANTS", file=io.BytesIO("\n".join(lines).encode()),
        filename="liste.csv", mandate=mandate, at=NOON,
    )  # fmt: skip
    services.check_import(batch_id=batch.pk, mandate=mandate, at=NOON)


def commit(*, bare: bool) -> None:
    from maillage.exchange import services
    from maillage.exchange.changes import Changes
    from maillage.exchange.models import ImportBatch
    from maillage.territories.models import Mandate

    def telling(method):
        def told(self, *arguments):
            method(self, *arguments)
            print(method.__name__, flush=True)

        return told

    Changes.write, Changes.remember = telling(Changes.write), telling(Changes.remember)
    if bare:
        services.transaction = SimpleNamespace(atomic=contextlib.nullcontext)
    services.commit_import(batch_id=ImportBatch.objects.get().pk, mandate=Mandate.objects.get(), at=NOON)
    print("done", flush=True)


def state() -> None:
    """Print where the batch stands and one number for everything the domain holds."""
    from django.apps import apps
    from django.core import serializers

    from maillage.exchange.models import ImportBatch

    digest = hashlib.sha256()
    for label in ("organisations", "resources", "workshops", "synergies"):
        for model in apps.get_app_config(label).get_models():
            digest.update(serializers.serialize("json", model._default_manager.order_by("pk")).encode())
    participations = apps.get_model("workshops", "Participation").objects.count()
    status = ImportBatch.objects.get().status
    print(json.dumps({"status": status, "participations": participations, "checksum": digest.hexdigest()}))


def recover() -> None:
    from maillage.exchange import services

    services.recover_interrupted(at=NOON + timedelta(hours=1))


def main(act: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.settings.test"
    os.environ.pop("MAILLAGE_DATABASE_URL", None)
    django.setup()
    acts = {"prepare": prepare, "state": state, "recover": recover}
    acts.get(act, lambda: commit(bare=act == "bare"))()


if __name__ == "__main__":
    main(sys.argv[1])
