"""What is done to the directory. Every function loads under scope, checks its rule, writes, and journals."""

from maillage.organisations.services.contacts import (
    add_contact,
    change_contact,
    record_consent,
    record_objection,
    remove_contact,
    restore_contact,
    withdraw_consent,
    withdraw_objection,
)
from maillage.organisations.services.directory import add_company, change_company, look_alikes
from maillage.organisations.services.links import open_company_link, revoke_company_link

__all__ = [
    "add_company",
    "add_contact",
    "change_company",
    "change_contact",
    "look_alikes",
    "open_company_link",
    "record_consent",
    "record_objection",
    "remove_contact",
    "restore_contact",
    "revoke_company_link",
    "withdraw_consent",
    "withdraw_objection",
]
