from django.urls import path

from maillage.web.workshop import cards, screening

app_name = "workshop"

urlpatterns = [
    path("<uuid:pk>/ressources/", cards.cards, name="cards"),
    path("<uuid:pk>/pistes/", screening.screening, name="screening"),
    path("<uuid:pk>/pistes/proposer/", screening.propose, name="propose"),
    path("<uuid:pk>/pistes/avancement/", screening.proposing, name="proposing"),
    path("<uuid:pk>/pistes/<uuid:proposal>/garder/", screening.proposal_keep, name="proposal_keep"),
    path("<uuid:pk>/pistes/<uuid:proposal>/ecarter/", screening.proposal_set_aside, name="proposal_set_aside"),
    path("<uuid:pk>/pistes/<uuid:proposal>/reprendre/", screening.proposal_reopen, name="proposal_reopen"),
]
