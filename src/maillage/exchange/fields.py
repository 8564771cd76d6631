"""What a column may mean, for each kind of import, and the headings under which people write it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from maillage.exchange.models import ImportBatch
from maillage.exchange.spreadsheets.headings import Vocabulary, plain

Kind = ImportBatch.Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may hold. ``names`` are headings, written plainly, the commonest first."""

    key: str
    label: object
    names: tuple[str, ...]


def _field(key: str, label: object, names: str) -> Field:
    return Field(key, label, tuple(name.strip() for name in names.split(",")))


_COMPANY = _field(
    "company",
    _("Company"),
    "entreprise, raison sociale, nom de l entreprise, societe, nom de la societe, nom entreprise, denomination sociale,"
    "denomination, etablissement, nom de l etablissement, nom etablissement, enseigne, structure, nom de la structure,"
    "organisme, organisation, employeur, company, company name, business, business name, organization,"
    "name of the company, name of company, firm, nom societe, entreprise participante, detenteur",
)
_SIRET = _field(
    "siret",
    "SIRET",
    "siret, n siret, numero siret, no siret, n de siret, numero de siret, siret siren, siren siret, siret number,"
    "siret no, siret code, code siret, id siret, siret etablissement",
)
_COMMUNE = _field(
    "commune",
    _("Commune"),
    "commune, ville, localite, code postal ville, cp ville, code postal et ville, cp commune, commune d implantation,"
    "city, town, municipality, locality, lieu d implantation",
)
_TABLE = _field("table", _("Table"), "table, n table, numero de table, table number, n de table, no table")

PARTICIPANTS = (
    _COMPANY,
    _SIRET,
    _field("siren", "SIREN", "siren, n siren, numero siren, n de siren, siren number"),
    _field(
        "address",
        _("Address"),
        "adresse, adresse postale, rue, adresse 1, adresse de l entreprise, voie, numero et rue, address, street,"
        "street address, postal address",
    ),
    _field("postal_code", _("Postal code"), "code postal, cp, c p, postal code, zip, zip code, postcode"),
    _COMMUNE,
    _field("insee", _("INSEE code of the commune"), "code insee, insee, code commune, insee code, code commune insee"),
    _field(
        "activity",
        _("NAF code"),
        "code naf, naf, ape, code ape, naf ape, ape naf, code naf ape, code ape naf, activite principale, naf code,"
        "nace, nace code, activite naf, naf rev 2",
    ),
    _field(
        "headcount",
        _("Headcount"),
        "effectif, effectifs, nombre de salaries, nb de salaries, nb salaries, salaries, tranche d effectif,"
        "tranche effectif, taille, nombre d employes, headcount, employees, number of employees, staff,"
        "number of staff, size, workforce",
    ),
    _field(
        "profile",
        _("Kind of company"),
        "profil, type d entreprise, type de structure, categorie d entreprise, secteur, secteur d activite, profile,"
        "company type, type of company, sector, kind of company",
    ),
    _field(
        "contact",
        _("Name of the contact"),
        "contact, nom du contact, nom contact, contact nom, nom prenom, nom et prenom, prenom nom, prenom et nom,"
        "interlocuteur, participant, nom du participant, personne, representant, referent, nom, contact name,"
        "contact person, full name, attendee, attendee name, participant name, last name, surname, contact last name,"
        "nom de famille, nom de l interlocuteur, person, dirigeant",
    ),
    _field(
        "first_name",
        _("First name of the contact"),
        "prenom, prenom du contact, prenom contact, contact prenom, first name, given name, contact first name",
    ),
    _field(
        "function",
        _("Function of the contact"),
        "fonction, poste, fonction du contact, contact fonction, qualite, role, job title, position, function, job",
    ),
    _field(
        "email",
        _("E-mail"),
        "email, mail, courriel, e mail, adresse mail, adresse email, adresse e mail, adresse electronique, mel,"
        "contact mail, contact email, contact courriel, contact e mail, adresse courriel, email address,"
        "e mail address",
    ),
    _field(
        "phone",
        _("Telephone"),
        "telephone, tel, tel portable, portable, mobile, numero de telephone, n de telephone, tel fixe, ligne directe,"
        "contact telephone, contact tel, gsm, phone, phone number, telephone number, cell, mobile phone",
    ),
    _field(
        "status",
        _("Registration or presence"),
        "statut, presence, present, inscription, inscrit, etat, venu, confirme, statut inscription, participe,"
        "participation, status, attendance, registration, registered, attended",
    ),
    _field(
        "registered_on",
        _("Registered on"),
        "date d inscription, inscrit le, date inscription, registered on, registration date, date of registration",
    ),
    _field(
        "motivation",
        _("Motivation"),
        "motivation, motivations, attentes, attente, vos attentes, objectif, objectifs, interet, expectations,"
        "motivation to come, reason for coming",
    ),
    _TABLE,
    _field(
        "share_consent",
        _("Agrees that partners see the contact"),
        "accord partage coordonnees, accepte le partage de ses coordonnees, partage des coordonnees,"
        "accord pour partager les coordonnees, accord de partage, accord diffusion, autorisation de diffusion,"
        "consentement, rgpd, accord rgpd, consent, agrees to share contact, share contact, consent to share, gdpr,"
        "accord pour transmettre ses coordonnees",
    ),
    _field(
        "mailing_consent",
        _("Agrees to mailings"),
        "newsletter, infolettre, accepte les courriels, accord mailing, mailing, mailings, accord newsletter,"
        "accepte de recevoir des informations, accepts mailings, accepts e mails, lettre d information",
    ),
    _field(
        "source",
        _("Where the contact comes from"),
        "source, origine du contact, origine, provenance, relais, apporte par, source du contact, source of data,"
        "brought by, contact source",
    ),
    _field(
        "notes",
        _("Notes"),
        "commentaire, commentaires, remarque, remarques, observation, observations, notes, note, activite, activites,"
        "description de l activite, metier, comment, comments, remarks, activity, business activity",
    ),
)

RESOURCES = (
    _COMPANY,
    _SIRET,
    _COMMUNE,
    _field(
        "text",
        _("Resource, in one line"),
        "ressource, ressources, intitule, libelle, designation, description de la ressource, nom de la ressource,"
        "intitule de la ressource, flux, matiere, objet, description, nature, resource, resources, item, label, what,"
        "line, resource name, resource description, title, ressource ou besoin, quoi",
    ),
    _field(
        "offer_text",
        _("What the company offers"),
        "je propose, nous proposons, ce que je propose, propose, offre, offres, ressources proposees,"
        "ressource proposee, ressources disponibles, disponible, excedents, surplus, j ai, offer, offers, we offer,"
        "i offer, we have, have, what we offer, offre de l entreprise",
    ),
    _field(
        "need_text",
        _("What the company looks for"),
        "je recherche, nous recherchons, ce que je recherche, recherche, besoin, besoins, je cherche, nous cherchons,"
        "ressources recherchees, ressource recherchee, manque, need, needs, we need, i need, looking for,"
        "we look for, want, what we need",
    ),
    _field(
        "pool_text",
        _("What the company would share"),
        "a mutualiser, mutualisation, a partager, je mutualise, nous mutualisons, to share, to pool, to be pooled,"
        "pooling",
    ),
    _field(
        "direction",
        _("Offer, need or to be pooled"),
        "offre besoin, offre ou besoin, sens, offre demande, besoin offre, offre besoin mutualisation, o b, type,"
        "propose recherche, type de ressource, type de flux, direction, side, offer need, offer or need, need offer,"
        "offer need pool, type of resource, entrant sortant, nature de la demande, proposition ou recherche",
    ),
    _field(
        "details",
        _("Details added to the line"),
        "precisions, precision, details, detail, commentaire, commentaires, remarques, observations,"
        "complement, caracteristiques, comment, comments, remarks, characteristics, notes",
    ),
    _field(
        "category",
        _("Category"),
        "categorie, categorie de ressource, famille, classe, theme, thematique, category, class, resource category,"
        "family",
    ),
    _field(
        "quantity",
        _("Quantity"),
        "quantite, quantites, qte, volume, tonnage, quantite annuelle, quantite estimee, tonnage annuel,"
        "volume annuel, qty, quantity, amount, yearly quantity, annual quantity, poids",
    ),
    _field("unit", _("Unit"), "unite, unites, unite de mesure, unit, units, unit of measure, u"),
    _field(
        "period",
        _("Period"),
        "periode, frequence, periodicite, par, rythme, period, frequency, per, unite de temps, time unit",
    ),
    _field(
        "regularity",
        _("Regularity"),
        "regularite, recurrence, ponctuel regulier, ponctuel ou regulier, continuite, regularity, saisonnalite",
    ),
    _field(
        "available_from",
        _("Available from"),
        "disponible a partir du, a partir du, a partir de, disponible des, date de debut, debut, du, disponibilite,"
        "available from, from, start, start date, availability, date de disponibilite",
    ),
    _field(
        "available_to",
        _("Available until"),
        "disponible jusqu au, jusqu au, jusqu a, date de fin, fin, au, available until, available to, until, end,"
        "end date",
    ),
    _field(
        "waste_code",
        _("Waste code"),
        "code dechet, code dechets, code ced, ced, nomenclature dechets, rubrique dechet, waste code, ewc, ewc code,"
        "low code, code europeen des dechets, code nomenclature",
    ),
    _field(
        "current_outcome",
        _("What becomes of it today"),
        "devenir actuel, exutoire, exutoire actuel, filiere actuelle, destination actuelle, aujourd hui,"
        "prestataire actuel, solution actuelle, traitement actuel, current outlet, current outcome, current use,"
        "current destination, today",
    ),
    _field(
        "cost",
        pgettext_lazy("import", "Cost today, € a year"),
        "cout, cout actuel, cout annuel, cout de traitement, prix, depense annuelle, cost, current cost, yearly cost,"
        "price, annual cost, budget",
    ),
    _field(
        "confidentiality",
        _("Who sees it"),
        "confidentialite, visibilite, diffusion, niveau de confidentialite, confidentiality, visibility, who sees it",
    ),
    _TABLE,
    _field("round", pgettext_lazy("import", "Round"), "tour, n tour, numero de tour, tour de table, round"),
)

FIELDS: dict[str, tuple[Field, ...]] = {Kind.PARTICIPANTS: PARTICIPANTS, Kind.RESOURCES: RESOURCES}


@cache
def vocabulary(kind: str) -> Vocabulary:
    """The headings of each field of a kind of import; the labels that the interface shows are among them."""
    return {field.key: (*field.names, *_shown(field)) for field in FIELDS[kind]}


def _shown(field: Field) -> set[str]:
    shown = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            shown.add(plain(str(field.label)))
    return shown - set(field.names)


def labels(kind: str) -> dict[str, object]:
    """The label of each field of a kind of import, in the order in which they are offered."""
    return {field.key: field.label for field in FIELDS[kind]}
