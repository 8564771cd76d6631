from django.urls import path

from maillage.web.steering import programme, region

app_name = "steering"

urlpatterns = [
    path("region/", region.region, name="region"),
    path("programme/", programme.programme, name="programme"),
]
