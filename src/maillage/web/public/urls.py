from django.urls import path

from maillage.web.public import views

app_name = "public"

urlpatterns = [
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("charte/", views.design_system, name="design_system"),
    path("sante/", views.health, name="health"),
]
