from django.urls import path

from maillage.web.practice import companies, potentials, proposals, resources, search

app_name = "practice"

urlpatterns = [
    path("entreprises/", companies.company_list, name="company_list"),
    path("entreprises/ajouter/", companies.company_list, name="company_add"),
    path("entreprises/<uuid:pk>/", companies.company, name="company"),
    path("recherche/", search.search, name="search"),
    path("ressources/", resources.resource_list, name="resource_list"),
    path("ressources/compris/", resources.understood, name="understood"),
    path("ressources/<uuid:pk>/", resources.resource, name="resource"),
    path("ressources/<uuid:pk>/corriger/", resources.resource_change, name="resource_change"),
    path("ressources/<uuid:pk>/retirer/", resources.resource_withdraw, name="resource_withdraw"),
    path("ressources/<uuid:pk>/retablir/", resources.resource_bring_back, name="resource_bring_back"),
    path("ressources/<uuid:pk>/proposer/", resources.resource_propose, name="resource_propose"),
    path("entreprises/<uuid:pk>/ressources/ajouter/", resources.resource_add, name="resource_add"),
    path("propositions/<uuid:pk>/garder/", proposals.proposal_keep, name="proposal_keep"),
    path("propositions/<uuid:pk>/ecarter/", proposals.proposal_set_aside, name="proposal_set_aside"),
    path("propositions/<uuid:pk>/reprendre/", proposals.proposal_reopen, name="proposal_reopen"),
    path("synergies/potentielles/", potentials.potential_list, name="potential_list"),
    path("synergies/potentielles/<uuid:pk>/suivre/", potentials.potential_follow, name="potential_follow"),
]
