"""An activity typed by hand: its code in the NAF nomenclature, or the words of its heading."""

import re

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from maillage.common.search import words
from maillage.common.text import fold
from maillage.organisations.models import Activity

_CODE = re.compile(r"^(\d{2})\.?(\d{2})\s?([A-Za-z])\b")
PROPOSALS = 12


def like(text: str) -> list[Activity]:
    """Return the finest headings that a text may mean, by code, `PROPOSALS` at most."""
    if coded := _CODE.match(text.strip()):
        return list(Activity.objects.finest().coded(f"{coded[1]}.{coded[2]}{coded[3].upper()}"))
    asked = words(text)
    if not asked:
        return []
    # Seven hundred headings, folded as one reads them: quicker than a column to keep in both languages.
    found = (one for one in Activity.objects.finest() if all(word in _folded(one) for word in asked))
    return [one for one, _rank in zip(found, range(PROPOSALS), strict=False)]


def _folded(activity: Activity) -> str:
    return fold(f"{activity.code} {activity.label_fr} {activity.label_en}")


class ActivityField(forms.CharField):
    """Takes what a person types for an activity, gives the heading; asks which when several may be meant."""

    def __init__(self, **kwargs):
        attrs = {
            "class": "input",
            "autocomplete": "off",
            "list": "activities",
            "hx-get": reverse_lazy("practice:activities"),
            "hx-trigger": "input changed delay:150ms",
            "hx-target": "#activities",
            # The form around it swaps itself and disables its button: a proposal does neither.
            "hx-swap": "innerHTML",
            "hx-disabled-elt": "unset",
            "hx-sync": "this:replace",
        }
        super().__init__(max_length=300, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value):
        return str(value) if isinstance(value, Activity) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = like(text)
        if not found:
            raise forms.ValidationError(_("No activity answers: type a NAF code, such as 10.20Z, or another word."))
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several activities may be meant: type the code of one. The first ones are %(codes)s.")
                % {"codes": ", ".join(str(activity) for activity in found[:3])}
            )
        return found[0]
