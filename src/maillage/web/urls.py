"""The addresses of the application, by audience."""

from django.urls import include, path

from maillage.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("maillage.web.account.urls")),
    path("", include("maillage.web.practice.urls")),
    path("ateliers/", include("maillage.web.workshop.urls")),
    path("imports/", include("maillage.web.imports.urls")),
    path("pilotage/", include("maillage.web.steering.urls")),
    path("bilan/", include("maillage.web.reports.urls")),
    path("entreprise/", include("maillage.web.company.urls")),
    path("", include("maillage.web.public.urls")),
]

handler403 = "maillage.web.views.forbidden"
handler404 = "maillage.web.views.not_found"
handler500 = "maillage.web.views.server_error"
