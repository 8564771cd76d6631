"""Make an installation ready: Django started, tables up to date, reference data in place."""

import os


def start() -> None:
    """Start Django on the settings of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.settings.base")
    import django

    django.setup()


def prepare() -> None:
    """Start Django, bring the tables up to date, load the reference data. A second call changes nothing."""
    start()
    from django.conf import settings
    from django.core.management import call_command

    from maillage.exchange.reference import load_reference_data

    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    load_reference_data()
