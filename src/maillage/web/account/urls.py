from django.contrib.auth import views as auth_views
from django.urls import path

from maillage.web.access import public
from maillage.web.account import views

app_name = "account"

urlpatterns = [
    path("connexion/", views.login, name="login"),
    path("deconnexion/", public(auth_views.LogoutView.as_view()), name="logout"),
    path("langue/", views.language, name="language"),
    path("mandat/", views.choose_mandate, name="choose_mandate"),
    path("sans-mandat/", views.no_mandate, name="no_mandate"),
]
