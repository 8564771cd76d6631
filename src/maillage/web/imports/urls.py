"""Where spreadsheets come in."""

from django.urls import path, register_converter

from maillage.exchange.models import ImportBatch
from maillage.web.imports import views

app_name = "imports"


class KindConverter:
    """A kind of import as an address writes it; its code is understood too."""

    regex = "(?i:participants|ressources|resources)"

    def to_python(self, value):
        return ImportBatch.Kind.PARTICIPANTS if value.lower() == "participants" else ImportBatch.Kind.RESOURCES

    def to_url(self, value):
        return "participants" if value.lower() == "participants" else "ressources"


register_converter(KindConverter, "import_kind")

urlpatterns = [
    path("exemple/<import_kind:kind>.xlsx", views.example_file, name="example"),
    path("lot/<uuid:pk>/", views.batch, name="batch"),
    path("lot/<uuid:pk>/avancement/", views.progress, name="progress"),
    path("lot/<uuid:pk>/verifier/", views.batch_check, name="check"),
    path("lot/<uuid:pk>/importer/", views.batch_commit, name="commit"),
    path("lot/<uuid:pk>/annuler/", views.batch_undo, name="undo"),
    path("lot/<uuid:pk>/corrections/", views.corrections_file, name="corrections"),
    path("<uuid:workshop>/", views.workshop_imports, name="list"),
    path("<uuid:workshop>/<import_kind:kind>/", views.start, name="start"),
]
