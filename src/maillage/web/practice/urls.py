from django.urls import path

from maillage.web.practice import companies, search

app_name = "practice"

urlpatterns = [
    path("entreprises/", companies.company_list, name="company_list"),
    path("entreprises/ajouter/", companies.company_list, name="company_add"),
    path("entreprises/<uuid:pk>/", companies.company, name="company"),
    path("recherche/", search.search, name="search"),
]
