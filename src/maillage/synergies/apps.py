from django.apps import AppConfig


class SynergiesConfig(AppConfig):
    name = "maillage.synergies"
