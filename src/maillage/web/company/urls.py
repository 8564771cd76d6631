from django.urls import path

from maillage.web.company import views

app_name = "company"

urlpatterns = [
    path("<str:token>/", views.home, name="home"),
    path("<str:token>/synergies/<uuid:pk>/reponse/", views.answer, name="answer"),
    path("<str:token>/synergies/<uuid:pk>/quantite/", views.quantity_of_synergy, name="quantity_of_synergy"),
    path("<str:token>/reponses/<uuid:pk>/expliquer/", views.explain, name="explain"),
    path("<str:token>/reponses/<uuid:pk>/reprendre/", views.withdraw, name="withdraw"),
    path("<str:token>/ressources/", views.add_card, name="add_card"),
    path("<str:token>/ressources/<uuid:pk>/quantite/", views.quantity_of_card, name="quantity_of_card"),
    path("<str:token>/ressources/<uuid:pk>/retirer/", views.withdraw_card, name="withdraw_card"),
    path("<str:token>/contacts/<uuid:pk>/opposition/", views.objection, name="objection"),
    path("<str:token>/contacts/<uuid:pk>/opposition/lever/", views.objection_withdraw, name="objection_withdraw"),
]
