"""The words people write for a choice, and what each means. Keys are folded; data, not rules."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from maillage.common.text import fold
from maillage.exchange.spreadsheets.sheet import Cell, as_text
from maillage.exchange.values.reading import NOTHING, Reading, refused

Words = Mapping[str, str]


def _words(**meanings: str) -> dict[str, str]:
    return {word.strip(): code for code, words in meanings.items() for word in words.split(",")}


DIRECTIONS = _words(
    OFFER="offre, o, offres, propose, je propose, nous proposons, proposition, proposee, a donner, don,"
    "a ceder, cede, disponible, dispo, sortant, surplus, excedent, donne, vend, a vendre, offer, offers, have, supply,"
    "output, available, give, we offer, i offer, +",
    NEED="besoin, b, n, besoins, cherche, recherche, je cherche, je recherche, nous cherchons, demande,"
    "d, nous recherchons, recherchee, entrant, manque, achete, need, needs, want, wanted, demand, input, looking for,"
    "seek, we need, i need, r, -",
    POOL="mutualisation, m, p, a mutualiser, mutualiser, mutualise, a partager, partage, partager, commun, en commun,"
    "pool, pooling, share, to share, to be pooled, shared, to pool",
)

YES_NO = _words(
    YES="oui, o, x, yes, y, true, vrai, 1, ok, d'accord, accord, accepte, v, ✓, ✔, coche, present, presente, oui.",
    NO="non, n, no, false, faux, 0, refus, refuse, -, absent, absente, non.",
)

STATUSES = _words(
    REGISTERED="inscrit, inscrite, inscription, oui, o, x, yes, registered, confirme, confirmee, confirmed, attendu,"
    "attendue, ok, 1, inscrit(e), participe, participera, valide, validee, a confirmer",
    PRESENT="present, presente, venu, venue, present(e), came, attended, a participe, p, emarge",
    NO_SHOW="absent, absente, pas venu, non venu, no show, no-show, did not come, a, absent(e), non presente",
    CANCELLED="annule, annulee, desiste, desistement, excuse, excusee, cancelled, canceled, non, n, no, excuse(e), 0",
    INVITED="invite, invitee, invited, a relancer, sollicite, contacte, invitation envoyee",
    WAITLIST="liste d'attente, en attente, attente, waiting list, waitlist, on the waiting list, waiting",
)

CATEGORIES = _words(
    MATERIAL="matiere, matieres, materiaux, materiau, dechet, dechets, coproduit, coproduits, sous-produit,"
    "sous-produits, matieres premieres, matiere premiere, matieres, coproduits, material, materials, waste,"
    "by-product, by-products, raw material, raw materials, bois, plastique, metal, carton, matieres-coproduits-dechets,"
    "matieres/coproduits/dechets, organique, chimie, textile, mineral",
    PACKAGING="emballage, emballages, contenant, contenants, palettes, packaging, containers, emballages/contenants",
    ENERGY="energie, energies, chaleur, froid, vapeur, electricite, chaleur fatale, energy, heat, steam",
    WATER="eau, eaux, effluent, effluents, water, wastewater",
    LOGISTICS="logistique, transport, transports, logistique/transport, livraison, logistics, freight",
    EQUIPMENT="equipement, equipements, machine, machines, materiel, outillage, equipement/machine, equipment, tools",
    SPACE="espace, espaces, locaux, local, foncier, surface, stockage, terrain, batiment, espace/locaux/foncier, space,"
    "premises, land, storage",
    CAPACITY="capacite, capacite de production, sous-traitance, capacity, production capacity, subcontracting",
    WORKFORCE="ressources humaines, rh, personnel, main d'oeuvre, main-d'oeuvre, emploi, salaries, staff, workforce,"
    "hr, human resources, humain, hommes, people",
    EXPERTISE="competence, competences, expertise, savoir-faire, savoir faire, conseil, formation, skills, expertise,"
    "know-how, training",
    SERVICE="service, services, service mutualisable, services mutualisables, prestation, prestations",
    PURCHASING="achat, achats, achats groupes, achat groupe, groupement d'achat, purchasing, group purchasing",
    DATA_IT="informatique, donnees, numerique, data, it, computing, informatique/donnees",
    OTHER="autre, autres, divers, other, misc",
)

UNITS = {
    **_words(
        t="t, tonne, tonnes, to, tn, ton, tons, t.",
        kg="kg, kilo, kilos, kilogramme, kilogrammes, kgs, kilogram, kilograms",
        m3="m3, m³, metre cube, metres cubes, cubic metre, cubic metres, cubic meter, cubic meters, mc",
        L="l, litre, litres, liter, liters, lt",
        unit="u, unite, unites, piece, pieces, pce, pces, pc, pcs, unit, units, nb, nombre, ex, carton, cartons,"
        "fut, futs, sac, sacs, bac, bacs, rouleau, rouleaux, caisse, caisses, bidon, bidons, touret, tourets,"
        "big bag, big bags",
        pallet="palette, palettes, pal, pallet, pallets, pal.",
        MWh="mwh, megawattheure, megawattheures, megawatt-heure",
        kWh="kwh, kilowattheure, kilowattheures, kw/h",
        kW="kw, kilowatt, kilowatts",
        m2="m2, m², metre carre, metres carres, square metre, square metres, sqm",
        h="h, heure, heures, hour, hours, hrs",
        day="jour, jours, j, jour/homme, jours homme, day, days",
        person="personne, personnes, pers, pers., salarie, salaries, agent, agents, people, person",
        FTE="etp, fte, equivalent temps plein",
        km="km, kilometre, kilometres",
        EUR="€, eur, euro, euros",
    ),
}

PERIODS = _words(
    ONCE="une fois, ponctuel, ponctuelle, ponctuellement, unique, once, one-off, one off, stock, lot, en une fois",
    DAY="jour, j, jours, quotidien, quotidienne, journalier, par jour, /jour, day, daily, per day, d, jr",
    WEEK="semaine, sem, sem., hebdo, hebdomadaire, par semaine, /semaine, week, weekly, per week, w, s",
    MONTH="mois, m, mensuel, mensuelle, par mois, /mois, month, monthly, per month",
    YEAR="an, annee, annuel, annuelle, par an, /an, ans, a, year, yearly, annual, per year, y, annum",
)

REGULARITIES = _words(
    ONE_OFF="ponctuel, ponctuelle, ponctuellement, unique, une fois, occasionnel, occasionnelle, one-off, one off,"
    "occasional, once",
    REGULAR="regulier, reguliere, recurrent, recurrente, continu, continue, permanent, toute l'annee, regular, ongoing,"
    "continuous, all year, permanente, quotidien, hebdomadaire, mensuel",
    SEASONAL="saisonnier, saisonniere, seasonal, saison, selon saison",
    STOCK="stock, stock a ecouler, destockage, lot, stock to clear",
)

CONFIDENTIALITIES = _words(
    PROGRAMME="programme, tous, public, publique, tout le programme, non, ouvert, partage, national, everyone, all, no",
    REGION="region, regional, la region",
    TERRITORY="territoire, local, le territoire, territory",
    PARTNERS="partenaires, partenaires de la synergie, partners, restreint, restricted",
    PRACTITIONER="praticien, praticienne, praticien seul, confidentiel, confidentielle, prive, oui, practitioner,"
    "confidential, private, practitioner only, yes",
)

PROFILES = _words(
    INDUSTRIAL="industrie, industriel, industrielle, industries, production, manufacturing, industry, industrial,"
    "agroalimentaire, iaa, metallurgie, plasturgie, imprimerie",
    SERVICE="service, services, tertiaire, prestataire, services aux entreprises, service company",
    FARM="agriculture, agricole, exploitation agricole, ferme, agriculteur, maraichage, farm, farming",
    RETAIL="commerce, distribution, grande distribution, negoce, magasin, retail, trade, detail, commerce de gros",
    BUILDING="btp, batiment, travaux publics, construction, artisan du batiment, building, public works",
    PUBLIC="public, etablissement public, collectivite, administration, hopital, public body, local authority,"
    "commune, epci, lycee",
    SSE="ess, insertion, association, esat, ei, entreprise d'insertion, economie sociale et solidaire, social economy,"
    "ressourcerie, recyclerie, entreprise adaptee",
    SOLUTION_PROVIDER="apporteur de solutions, apporteur de solution, solution provider, eco-entreprise",
    WASTE_COLLECTOR="collecteur, collecteur de dechets, traitement des dechets, dechets, recycleur, waste collector,"
    "collecte et traitement, recyclage",
    CONSULTANT="conseil, bureau d'etudes, be, consultant, prestataire-conseil, consultancy, ingenierie, cabinet",
    OTHER="autre, autres, other, divers",
)

FUNCTIONS = _words(
    CEO="dirigeant, dirigeante, directeur, directrice, directeur general, directrice generale, pdg, gerant, gerante,"
    "dg, president, presidente, chef d'entreprise, ceo, managing director, owner, manager, co-gerant, co-gerante,"
    "patron, directeur de site, directrice de site, director, general manager",
    TECH="directeur technique, directrice technique, responsable technique, technical director, technical manager,"
    "responsable maintenance, maintenance, responsable bureau d'etudes",
    FINANCE="daf, directeur financier, directrice financiere, comptable, responsable administratif et financier, raf,"
    "finance, accountant, cfo, directeur administratif et financier, directrice administrative et financiere",
    QHSE="qhse, qse, hse, responsable qhse, responsable qse, responsable hse, responsable qualite, responsable rse,"
    "rse, responsable environnement, environnement, qualite, animatrice qse, animateur qse, chargee rse, charge rse,"
    "environmental manager, quality manager, responsable securite environnement, animateur qhse, animatrice qhse",
    PURCHASING="achats, acheteur, acheteuse, responsable achats, directeur achats, purchasing, buyer,"
    "purchasing manager, directrice achats, logistique, responsable logistique",
    PRODUCTION="production, responsable production, responsable de production, chef d'atelier, directeur de production,"
    "directeur industriel, production manager, chef de production, responsable d'atelier, plant manager",
)

_TRIM = ' .:;!?«»"()[]'


def read_choice(cell: Cell, words: Words, reason: str, *, is_blocking: bool = False) -> Reading[str]:
    """
    Read a cell that holds one of a few words, in French or in English.

    A word that is none of them is a problem for this reason; the nearest known word is proposed.
    """
    text = fold(as_text(cell)).replace("’", "'")
    if not text:
        return NOTHING
    if code := lookup(text, words):
        return Reading(code)
    nearest = process.extractOne(text, words.keys(), scorer=fuzz.ratio, score_cutoff=70)
    return refused(reason, nearest[0] if nearest else "", is_blocking=is_blocking)


def lookup(text: str, words: Words) -> str:
    """Return what a folded text means: as it is, or by its first word when a comment follows; empty when unknown."""
    bare = text if text in words else text.strip(_TRIM)
    if bare in words:
        return words[bare]
    first = re.split(r"\s*[,;:/(–-]\s*|\s+-\s+", bare, maxsplit=1)[0].strip(_TRIM)
    return words.get(first, "") if len(first) > 1 else ""


def read_yes(cell: Cell, reason: str) -> Reading[bool]:
    """Read a yes or a no."""
    if isinstance(cell, bool):
        return Reading(cell)
    reading = read_choice(cell, YES_NO, reason)
    return Reading(None if reading.value is None else reading.value == "YES", reading.problem)
