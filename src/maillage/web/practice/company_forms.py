"""The forms of the directory: a company, a person."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.organisations.models import Company, Contact
from maillage.organisations.services.contacts import Person
from maillage.organisations.services.directory import Identity
from maillage.web.components.acting import ActForm
from maillage.web.components.activities import ActivityField
from maillage.web.components.communes import CommuneField

ANOTHER = "another"


class AnyChoiceField(forms.ChoiceField):
    """A choice among what a refusal found: what may be chosen is known only once the form was read."""

    def valid_value(self, value):
        return True


class CompanyForm(ActForm):
    """What is written of a company and of its main site."""

    layout = (("same_as",), ("name",), ("territory",), ("commune", "address"), ("activity",), ("profile", "headcount"))

    name = forms.CharField(label=_("Name"), max_length=160)
    commune = CommuneField(label=_("Commune"), required=False, help_text=_("Its name or its postal code."))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    activity = ActivityField(label=_("Activity"), required=False, help_text=_("A NAF code or a word: 10.20Z, poisson…"))
    profile = forms.ChoiceField(label=_("Profile"), choices=Company.Profile, initial=Company.Profile.OTHER)
    headcount = forms.ChoiceField(
        label=_("Headcount"), choices=[("", _("not known")), *Company.Headcount.choices], required=False
    )
    siret = forms.CharField(
        label="SIRET", max_length=20, required=False, help_text=_("Fourteen digits, if you have it.")
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read in your own place only."),
    )

    def identity(self) -> Identity:
        names = ("name", "siret", "activity", "headcount", "profile", "notes", "address", "commune")
        return Identity(**{name: self.cleaned_data[name] for name in names})


class NewCompanyForm(CompanyForm):
    """The same, where to add it, and whether it is one of those that look like it."""

    territory = forms.ModelChoiceField(label=_("Territory"), queryset=None, empty_label=None)
    same_as = AnyChoiceField(label=_("Is it one of these?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args, territories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories

    @property
    def groups(self):
        """Without look-alikes there is nothing to choose; with one territory neither."""
        left_out = set() if self.fields["same_as"].choices else {"same_as"}
        return [group for group in super().groups if group[0].name not in left_out]

    def ask_which(self, companies) -> None:
        self.fields["same_as"].choices = [
            *(
                (company.pk, f"{company.name}, {company.main_site.commune or company.main_site.territory}")
                for company in companies
            ),
            (ANOTHER, _("No, it is another company: add it")),
        ]

    def clean_same_as(self):
        said = self.cleaned_data["same_as"]
        if said in ("", ANOTHER):
            return said
        try:
            return UUID(said)
        except ValueError:
            return ""


class ContactForm(ActForm):
    """A person of a company."""

    layout = (("name", "function"), ("phone", "email"), ("is_primary",))

    name = forms.CharField(label=_("Name"), max_length=160)
    function = forms.ChoiceField(label=_("Function"), choices=Contact.Function, initial=Contact.Function.OTHER)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Professional e-mail"), required=False)
    is_primary = forms.BooleanField(label=_("The first person to call"), required=False)
    source = forms.CharField(
        label=_("Where the data comes from"),
        max_length=160,
        required=False,
        help_text=_("Said by the person, list of a workshop, public website… The person may ask."),
    )

    def person(self) -> Person:
        return Person(**{name: self.cleaned_data[name] for name in self.fields})
