from django.urls import path

from maillage.web.workshop import cards, participants, reports, screening, tables, workshops

app_name = "workshop"

urlpatterns = [
    path("", workshops.workshop_list, name="list"),
    path("nouveau/", workshops.create, name="create"),
    path("mes-tables/", tables.my_tables, name="my_tables"),
    path("<uuid:pk>/", workshops.workshop, name="workshop"),
    path("<uuid:pk>/modifier/", workshops.edit, name="edit"),
    path("<uuid:pk>/etat/<str:status>/", workshops.move, name="move"),
    path("<uuid:pk>/participants/", participants.participants, name="participants"),
    path("<uuid:pk>/participants/ajouter/", participants.participant_add, name="participant_add"),
    path("<uuid:pk>/participants/ajouter/<uuid:site>/", participants.participant_register, name="participant_register"),
    path("<uuid:pk>/participants/tous-venus/", participants.welcome, name="welcome"),
    path("<uuid:pk>/participants/<uuid:seat>/<str:status>/", participants.participation, name="participation"),
    path("<uuid:pk>/tables/", participants.seating, name="seating"),
    path("<uuid:pk>/emargement/", participants.sign_in, name="sign_in"),
    path("<uuid:pk>/comptes-rendus/", reports.reports, name="reports"),
    path("<uuid:pk>/comptes-rendus/collectif.pdf", reports.collective, name="report_collective"),
    path("<uuid:pk>/comptes-rendus/entreprises/<uuid:company>.pdf", reports.individual, name="report_individual"),
    path("<uuid:pk>/comptes-rendus/tout.xlsx", reports.spreadsheet, name="report_workbook"),
    path("<uuid:pk>/comptes-rendus/tout.zip", reports.everything, name="report_everything"),
    path("<uuid:pk>/ressources/", cards.cards, name="cards"),
    path("<uuid:pk>/pistes/", screening.screening, name="screening"),
    path("<uuid:pk>/pistes/proposer/", screening.propose, name="propose"),
    path("<uuid:pk>/pistes/avancement/", screening.proposing, name="proposing"),
    path("<uuid:pk>/pistes/<uuid:proposal>/garder/", screening.proposal_keep, name="proposal_keep"),
    path("<uuid:pk>/pistes/<uuid:proposal>/ecarter/", screening.proposal_set_aside, name="proposal_set_aside"),
    path("<uuid:pk>/pistes/<uuid:proposal>/reprendre/", screening.proposal_reopen, name="proposal_reopen"),
]
