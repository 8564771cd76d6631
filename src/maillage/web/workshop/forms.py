"""What a person writes of a workshop, and how it is read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from maillage.territories.models import Commune, Territory
from maillage.web.components.acting import ActForm
from maillage.web.components.communes import CommuneField
from maillage.workshops.models import Workshop
from maillage.workshops.services import WorkshopGiven


class WorkshopForm(ActForm):
    """The place is one commune, told from its namesakes, or something larger that is printed as written."""

    layout = (
        ("territory",),
        ("title",),
        ("kind", "held_on"),
        ("starts_at", "ends_at"),
        ("place", "venue"),
        ("is_wide",),
        ("capacity", "target_companies"),
    )

    territory = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Territory"), empty_label=None)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy("It heads the reports that companies receive."),
        error_messages={"required": gettext_lazy("Give the workshop a title.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Workshop.Kind)
    held_on = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose the day of the workshop."),
            "invalid": gettext_lazy("Write the day as 2026-12-10."),
        },
    )
    starts_at = forms.TimeField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Write the hour as 08:30.")},
    )
    ends_at = forms.TimeField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Write the hour as 13:00.")},
    )
    place = CommuneField(
        label=gettext_lazy("Commune"),
        help_text=gettext_lazy("Its name or its postal code."),
        error_messages={"required": gettext_lazy("Say in which commune the workshop is held.")},
    )
    venue = forms.CharField(
        label=gettext_lazy("Room"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("As a visitor would look for it: centre de congrès, salle 2."),
    )
    is_wide = forms.BooleanField(
        label=gettext_lazy("The place is larger than one commune (a department, a business park): keep it as written"),
        required=False,
    )
    capacity = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=500, initial=40)
    target_companies = forms.IntegerField(
        label=gettext_lazy("Companies aimed at"),
        min_value=1,
        max_value=500,
        initial=35,
        help_text=gettext_lazy("Around thirty-five is what a room of six tables holds well."),
    )

    def __init__(self, *args, territories, workshop: Workshop | None = None, **kwargs):
        super().__init__(*args, initial=_written(workshop) if workshop else None, **kwargs)
        if workshop or len(places := list(territories[:2])) == 1:
            self.only_territory = workshop.territory if workshop else places[0]
            del self.fields["territory"]
        else:
            self.only_territory = None
            self.fields["territory"].queryset = territories

    def clean(self):
        values = super().clean()
        if values.get("is_wide"):
            self.errors.pop("place", None)
            values["place"] = (self["place"].data or "").strip()
            if not values["place"]:
                self.add_error("place", self.fields["place"].error_messages["required"])
        return values

    @property
    def chosen_territory(self) -> Territory:
        return self.only_territory or self.cleaned_data["territory"]

    @property
    def given(self) -> WorkshopGiven:
        """What the form says, once it is valid."""
        values: dict[str, Any] = {
            name: self.cleaned_data[name] for name in WorkshopGiven.__dataclass_fields__ if name in self.cleaned_data
        }
        if isinstance(place := values["place"], Commune):
            values |= {"place": place.name, "commune_id": place.pk}
        return WorkshopGiven(**values)


def _written(workshop: Workshop) -> dict[str, Any]:
    names = ("title", "kind", "held_on", "starts_at", "ends_at", "venue", "capacity", "target_companies")
    written = {name: getattr(workshop, name) for name in names}
    written["place"] = workshop.commune or workshop.place
    written["is_wide"] = workshop.commune is None
    return written
