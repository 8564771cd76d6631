"""The records of the directory: companies and their sites, the people one speaks to, the links they come in by."""

from maillage.organisations.models.directory import Activity, Company, Site
from maillage.organisations.models.people import CompanyLink, Consent, Contact

__all__ = ["Activity", "Company", "CompanyLink", "Consent", "Contact", "Site"]
