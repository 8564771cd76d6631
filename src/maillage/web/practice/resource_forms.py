"""The forms of a card: one line, or every detail."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.resources.models import Resource, WasteCode
from maillage.resources.nomenclature import Direction


class SiteChoice(forms.ModelChoiceField):
    def label_from_instance(self, site):
        return ", ".join(str(part) for part in (site.address, site.commune) if part) or str(site)


class LineForm(forms.Form):
    """One line as the company says it; the rest is understood."""

    site = SiteChoice(queryset=None, label=gettext_lazy("Site"), empty_label=None)
    side = forms.ChoiceField(
        label=gettext_lazy("Side"),
        required=False,
        choices=[("", gettext_lazy("As said")), *Direction.choices],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("What the company says"),
        max_length=500,
        error_messages={"required": gettext_lazy("Write the line as the company says it: what, how much, how often.")},
    )

    def __init__(self, *args, sites, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites
        self.sites = list(sites[:2])
        if len(self.sites) == 1:
            self.fields["site"].initial = self.sites[0].pk


class WasteCodeField(forms.CharField):
    """A code of the European List of Waste, with or without spaces and star."""

    def prepare_value(self, value):
        return str(WasteCode(code=value, is_hazardous=False)) if value and len(value) == 6 else value

    def clean(self, value):
        digits = super().clean(value).replace(" ", "").rstrip("*")
        if not digits:
            return None
        code = WasteCode.objects.coded(digits)
        if code is None:
            raise forms.ValidationError(
                _("No such code in the European List of Waste: six digits are expected, such as 02 02 04.")
            )
        return code


class CardForm(forms.ModelForm):
    """Every detail of a card."""

    waste_code = WasteCodeField(label=gettext_lazy("Waste code"), required=False, max_length=12)

    class Meta:
        model = Resource
        fields = [
            "title",
            "text",
            "direction",
            "quantity",
            "unit",
            "period",
            "category",
            "synergy_type",
            "regularity",
            "available_from",
            "available_to",
            "waste_code",
            "is_hazardous",
            "current_outcome",
            "current_cost_eur",
            "confidentiality",
        ]
        # Numbers are typed as the language writes them: 12,5 in French, 12.5 in English.
        localized_fields = ["quantity", "current_cost_eur"]
        widgets = {
            "quantity": forms.TextInput(attrs={"inputmode": "decimal"}),
            "current_cost_eur": forms.TextInput(attrs={"inputmode": "decimal"}),
            "available_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "available_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("quantity", "current_cost_eur"):
            if self.initial.get(name) is not None:
                self.initial[name] = Decimal(format(self.initial[name].normalize(), "f"))
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", "input")

    @property
    def groups(self):
        """The fields in the order one thinks of them: what, how much, when, what becomes of it, who sees it."""
        names = (
            (_("What it is"), ["title", "text", "direction", "category", "synergy_type"]),
            (_("How much, when"), ["quantity", "unit", "period", "regularity", "available_from", "available_to"]),
            (_("What it becomes today"), ["waste_code", "is_hazardous", "current_outcome", "current_cost_eur"]),
            (_("Who sees it"), ["confidentiality"]),
        )
        return [(title, [self[name] for name in fields]) for title, fields in names]
