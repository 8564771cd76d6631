"""Who signs in to the demonstration: one person a role, one password for all."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.common.text import slug
from maillage.territories.models import Role

#: Printed by `maillage demo`; the demonstration holds nothing that needs hiding.
DEMO_PASSWORD = "tourets-et-palettes-2017"  # noqa: S105
DOMAIN = "demo.maillage.example"


@dataclass(frozen=True, slots=True)
class Login:
    """A person who signs in: as what, by which address, in which programme, at which place ("" is all of it)."""

    role: Role
    email: str
    name: str
    programme: str
    place: str


def address_of(name: str) -> str:
    """Return the address of a person of the demonstration: first name and surname, without accents."""
    first, _space, last = name.partition(" ")
    return f"{slug(first)}.{slug(last)}@{DOMAIN}"


def _login(role: Role, name: str, programme: str, place: str) -> Login:
    return Login(role, address_of(name), name, programme, place)


LOGINS: tuple[Login, ...] = (
    _login(Role.PRACTITIONER, "Anne Kerbrat", "SDT", "Pays de Lorient et de Cornouaille"),
    _login(Role.PRACTITIONER, "Lucie Rambertet", "SDT", "Nord-Isère"),
    _login(Role.REGIONAL_COORDINATOR, "Gwenn Tréhouard", "SDT", "Bretagne"),
    _login(Role.NATIONAL_COORDINATOR, "Judith Olivarès", "SDT", ""),
    _login(Role.FACILITATOR, "Yann Guégan", "SDT", "Pays de Lorient et de Cornouaille"),
    _login(Role.RELAY, "Soizic Hamonic", "SDT", "Pays de Lorient et de Cornouaille"),
    _login(Role.EXPERT, "Rozenn Quéré", "SDT", "Pays de Lorient et de Cornouaille"),
    _login(Role.FUNDER, "Paul Vermandel", "SDT", ""),
    _login(Role.EVALUATOR, "Ingrid Sabourdin", "SDT", ""),
    _login(Role.PRACTITIONER, "Bastien Carsoulle", "PNSI", "Libournais"),
    _login(Role.REGIONAL_COORDINATOR, "Maïté Larrabère", "PNSI", "Nouvelle-Aquitaine"),
    _login(Role.NATIONAL_COORDINATOR, "Hélène Vauclerc", "PNSI", ""),
    _login(Role.FUNDER, "Étienne Marsault", "PNSI", ""),
    _login(Role.EVALUATOR, "Solène Brévard", "PNSI", ""),
)
