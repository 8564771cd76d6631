"""What a person who may would send, so that a refusal is a refusal of the person and not of the words."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.access.world import PARTICIPANTS, World


def no_words(world: World) -> dict:
    """What is sent where only the person matters."""
    return {}


def said(**words: str) -> Callable[[World], dict]:
    return lambda world: dict(words)


def workshop_words(world: World, title: str) -> dict:
    return {
        "territory": world.records["workshop"].territory_id,
        "title": title,
        "kind": "DETECTION",
        "held_on": "2027-03-11",
        "place": "Pays de Lorient",
        "is_wide": "on",
        "capacity": 40,
        "target_companies": 35,
    }


BODIES: dict[str, Callable[[World], dict]] = {
    "account:language": said(language="en"),
    "practice:company_add": lambda world: {
        "name": "Menuiserie du Scorff",
        "territory": world.records["synergy"].territory_id,
        "profile": "OTHER",
    },
    "practice:company_edit": said(name="Scierie du Scorff", profile="OTHER"),
    "practice:company_link": no_words,
    "practice:company_link_revoke": no_words,
    "practice:contact_add": said(name="Nolwenn Riou", function="OTHER", source="dit par elle-même"),
    "practice:contact": said(name="Nolwenn Riou", function="OTHER", source="dit par elle-même"),
    "practice:contact_remove": no_words,
    "practice:objection": no_words,
    "practice:consent": said(purpose="PARTNERS"),
    "practice:consent_withdraw": no_words,
    "practice:company_call": lambda world: {
        "kind": "CALL",
        "outcome": "REACHED",
        "summary": "Bien reçu.",
        "companies": [world.records["company"].pk],
    },
    "practice:synergy_call": lambda world: {
        "kind": "CALL",
        "outcome": "REACHED",
        "summary": "Bien reçu.",
        "companies": [world.records["company"].pk],
        "synergies": [world.records["synergy"].pk],
        "next_action": "Rappeler",
        "next_action_on": "2027-01-15",
    },
    "practice:resource_add": lambda world: {"site": world.records["resource"].site_id, "text": "300 palettes par mois"},
    "practice:resource_withdraw": no_words,
    "practice:proposal_keep": no_words,
    "practice:proposal_set_aside": no_words,
    "practice:potential_follow": no_words,
    "practice:synergy_move": said(
        stage="NEGOTIATION", reason="", next_action="Visiter le site", next_action_on="2027-01-15"
    ),
    "practice:synergy_move_undo": no_words,
    "practice:synergy_note": said(summary="À revoir."),
    "practice:synergy_plan": said(next_action="Visiter le site", next_action_on="2027-01-15"),
    "practice:barrier_raise": said(kind="TRUST"),
    "practice:barrier_lift": said(note="Levé."),
    "workshop:create": lambda world: workshop_words(world, "Atelier du quai"),
    "workshop:edit": lambda world: workshop_words(world, "Atelier du quai"),
    "workshop:move": no_words,
    "workshop:participation": no_words,
    "workshop:participant_register": no_words,
    "workshop:seating": lambda world: {f"table-{world.records['seat'].pk}": "4"},
    "workshop:cards": lambda world: {"seat": world.records["seat"].pk, "text": "300 palettes par mois"},
    "workshop:proposal_keep": no_words,
    "workshop:proposal_set_aside": no_words,
    "imports:start": lambda world: {"file": SimpleUploadedFile("participants.csv", PARTICIPANTS.encode())},
    "company:answer": said(outcome="PROGRESSING"),
    "company:quantity_of_synergy": said(quantity="120"),
    "company:add_card": said(direction="OFFER", text="300 palettes par mois"),
    "company:quantity_of_card": said(quantity="120"),
    "company:withdraw_card": no_words,
    "company:objection": no_words,
}
