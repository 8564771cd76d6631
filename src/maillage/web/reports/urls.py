from django.urls import path

from maillage.web.reports import programme, records

app_name = "reports"

urlpatterns = [
    path("", programme.programme, name="programme"),
    path("<slug:key>.svg", programme.figure, name="figure"),
    path("<slug:key>/<str:row>/<slug:column>/", records.records, name="records"),
]
