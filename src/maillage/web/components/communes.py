"""A commune typed by hand: its name, its postal code, or the name and the department as they are proposed."""

import re

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from maillage.territories.models import Commune

_PROPOSED = re.compile(r"^(?P<name>.+?)\s*\((?P<department>\w{2,3})\)$")
PROPOSALS = 8


def written(commune: Commune) -> str:
    """Write a commune so that it is known from its namesakes: « Quimperlé (29) »."""
    return f"{commune.name} ({commune.department_code})"


def like(text: str) -> list[Commune]:
    """Return the communes that a person may mean by a text, the likeliest first, `PROPOSALS` at most."""
    if proposed := _PROPOSED.match(text.strip()):
        found = Commune.objects.named(proposed["name"]).in_department(proposed["department"])
    elif text.strip().isdigit():
        found = Commune.objects.with_postal_code(text.strip())
    else:
        found = Commune.objects.named(text)
    return list(found[:PROPOSALS])


class CommuneField(forms.CharField):
    """Takes what a person types for a commune, gives the commune; asks which when several bear the name."""

    def __init__(self, **kwargs):
        attrs = {
            "class": "input",
            "autocomplete": "off",
            "list": "communes",
            "hx-get": reverse_lazy("practice:communes"),
            "hx-trigger": "input changed delay:150ms",
            "hx-target": "#communes",
            # The form around it swaps itself and disables its button: a proposal does neither.
            "hx-swap": "innerHTML",
            "hx-disabled-elt": "unset",
            "hx-sync": "this:replace",
        }
        super().__init__(max_length=120, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value):
        return written(value) if isinstance(value, Commune) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = like(text)
        if not found:
            raise forms.ValidationError(_("No commune bears this name: check it, or type its postal code."))
        if len(found) > 1:
            names = ", ".join(written(commune) for commune in found)
            raise forms.ValidationError(_("Several communes may be meant: type one of %(names)s.") % {"names": names})
        return found[0]
