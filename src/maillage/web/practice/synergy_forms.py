"""What a person writes on a synergy, and how it is read."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.organisations.models import Company
from maillage.resources.nomenclature import FAMILY_OF, Family, Period, SynergyType, Unit
from maillage.synergies.models import Barrier, Interaction, Party, Synergy
from maillage.synergies.services import BarrierRaised, PartyGiven
from maillage.synergies.stages import LADDER, STOPPED, Stage
from maillage.territories.models import Mandate
from maillage.territories.scope import territories_edited_by
from maillage.web.components.acting import ActForm

TYPES_BY_FAMILY = [
    (family.label, [(kind.value, kind.label) for kind in SynergyType if FAMILY_OF[kind] is family]) for family in Family
]
#: The companies proposed while one types a name; any other of the directory can be typed in full.
MOST_PROPOSED = 1000


def next_week(today: date) -> date:
    """The day proposed for what comes next: in a week, moved to Monday when it falls on a week-end."""
    day = today + timedelta(days=7)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class NextActionFields(ActForm):
    """What comes next, and when."""

    next_action = forms.CharField(label=_("What comes next"), max_length=250, required=False)
    next_action_on = DayField(label=_("On"), required=False)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["next_action_on"].initial = next_week(today)
        # Not required by the form, since a synergy that is over has none; said by the rule all the same.
        self.fields["next_action"].is_expected = self.fields["next_action_on"].is_expected = True
        self.fields["next_action"].widget.attrs["autocomplete"] = "off"


class PlanForm(NextActionFields):
    layout = (("next_action",), ("next_action_on",))

    def __init__(self, *args, synergy: Synergy, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        self.fields["next_action"].initial = synergy.next_action


class InteractionForm(NextActionFields):
    """A call in seconds: how, with what result, about what, and what comes next."""

    layout = (("kind",), ("outcome",), ("summary",), ("companies",), ("synergies",), ("next_action", "next_action_on"))
    KINDS = (Interaction.Kind.CALL, Interaction.Kind.VISIT, Interaction.Kind.EMAIL, Interaction.Kind.MEETING)
    OUTCOMES = (
        Interaction.Outcome.REACHED,
        Interaction.Outcome.NO_ANSWER,
        Interaction.Outcome.CALL_BACK,
        Interaction.Outcome.PROGRESSING,
        Interaction.Outcome.DONE,
        Interaction.Outcome.STUCK,
        Interaction.Outcome.WANTS_HELP,
    )

    kind = forms.ChoiceField(
        label=_("How"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        initial=Interaction.Kind.CALL,
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label=_("Result"),
        choices=[(outcome.value, outcome.label) for outcome in OUTCOMES],
        required=False,
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=_("What was said"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    companies = forms.MultipleChoiceField(label=_("With"), required=False, widget=forms.CheckboxSelectMultiple)
    synergies = forms.MultipleChoiceField(label=_("About"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args,
        companies: Sequence[Company],
        synergies: Sequence[Synergy],
        about: Synergy | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        _choices(self, "companies", companies, chosen=companies if len(companies) == 1 else ())
        _choices(self, "synergies", synergies, chosen=[about] if about else ())
        if not synergies:
            del self.fields["next_action"], self.fields["next_action_on"]

    def clean(self):
        values = super().clean()
        if values.get("next_action") and not values.get("synergies"):
            self.add_error("synergies", _("Tick the synergy for which this comes next."))
        return values


class NoteForm(ActForm):
    summary = forms.CharField(
        label=pgettext_lazy("interaction", "Note"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _choices(form: forms.Form, name: str, records: Sequence, *, chosen: Sequence) -> None:
    """Offer these records, some chosen beforehand; when there is no choice, nothing is asked."""
    field = form.fields[name]
    field.choices = [(str(one.pk), str(one)) for one in records]
    field.initial = [str(one.pk) for one in chosen]
    if len(records) == len(chosen):
        field.widget = forms.MultipleHiddenInput()


class BarriersField(forms.MultipleChoiceField):
    def __init__(self, **kwargs):
        super().__init__(choices=Barrier.Kind.choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class MoveForm(NextActionFields):
    """Another stage, with what the move asks for: a reason, a barrier, or what comes next."""

    layout = (("stage",), ("barriers",), ("barrier_note",), ("reason",), ("next_action", "next_action_on"))

    stage = forms.ChoiceField(label=_("New stage"), widget=forms.RadioSelect)
    barriers = BarriersField(label=_("What stands in the way"), required=False)
    barrier_note = forms.CharField(label=_("What is known of it"), max_length=500, required=False)
    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, help_text=_("Needed to go back a stage. Kept in the history.")
    )

    def __init__(self, *args, synergy: Synergy, target: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in Stage if stage != synergy.stage]
        self.fields["stage"].initial = target
        if target in LADDER and synergy.stage in LADDER:
            del self.fields["barriers"], self.fields["barrier_note"]
        if target in {Stage.COMPLETED, Stage.ABANDONED}:
            del self.fields["next_action"], self.fields["next_action_on"]
        else:
            self.fields["next_action"].help_text = _("A living synergy always has a next action.")
            self.fields["next_action"].initial = synergy.next_action
            self.fields["next_action_on"].initial = synergy.next_action_on or self.fields["next_action_on"].initial

    def clean(self):
        return self.cleaned_data | {"barriers": raised_in(self.cleaned_data)}


class BarrierForm(ActForm):
    kind = forms.ChoiceField(label=_("What stands in the way"), choices=Barrier.Kind.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("What is known of it"), max_length=500, required=False)


class LiftForm(ActForm):
    note = forms.CharField(
        label=_("What helped"),
        max_length=500,
        required=False,
        help_text=_("It is kept in the history, for the next synergy that meets this barrier."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(MoveForm):
    """What the practitioner accepts of a company's answer."""

    layout = (("takes_quantity",), *MoveForm.layout)

    takes_quantity = forms.BooleanField(required=False)

    def __init__(self, *args, answer: Interaction, synergy: Synergy, suggested: str = "", **kwargs):
        super().__init__(*args, synergy=synergy, **kwargs)
        stays = ("", _("stays where it is: %(stage)s") % {"stage": synergy.get_stage_display()})
        self.fields["stage"].choices = [stays, *self.fields["stage"].choices]
        self.fields["stage"].required = False
        self.fields["stage"].label = _("Stage")
        self.fields["stage"].initial = suggested if suggested != synergy.stage else ""
        if answer.stated_quantity is None:
            del self.fields["takes_quantity"]
        else:
            self.fields["takes_quantity"].initial = True


def raised_in(values: dict[str, Any]) -> list[BarrierRaised]:
    """The barriers that a form raises; what is known of them is said once for all."""
    if values.get("stage") not in STOPPED:
        return []
    return [BarrierRaised(kind, values.get("barrier_note", "")) for kind in values.get("barriers", [])]


class SynergyForm(ActForm):
    """What is written on a synergy; its companies are asked beside, one by one."""

    layout = (("title",), ("synergy_type", "continuity"), ("quantity", "unit", "period"), ("description",))

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What goes where: “Flotation grease to anaerobic digestion”.")
    )
    synergy_type = forms.ChoiceField(label=pgettext_lazy("synergy", "Type"), choices=TYPES_BY_FAMILY)
    continuity = forms.ChoiceField(label=_("How long"), choices=Synergy.Continuity.choices, required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=14, decimal_places=3, min_value=0, required=False, localize=True
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=[("", ""), *Unit.choices], required=False)
    period = forms.ChoiceField(label=_("Period"), choices=[("", ""), *Period.choices], required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self):
        values = super().clean()
        if values.get("quantity") is not None and not values.get("unit"):
            self.add_error("unit", _("Choose the unit of the quantity."))
        return values


class OpeningForm(SynergyForm, NextActionFields):
    layout = (
        *SynergyForm.layout,
        ("stage", "spontaneity"),
        ("territory",),
        ("next_action", "next_action_on"),
    )

    stage = forms.ChoiceField(
        label=_("Stage"), choices=[(stage.value, stage.label) for stage in LADDER], initial=Stage.IDEA
    )
    spontaneity = forms.ChoiceField(
        label=_("How it came"), choices=Synergy.Spontaneity.choices, initial=Synergy.Spontaneity.ACCOMPANIED
    )
    territory = forms.ModelChoiceField(label=_("Territory"), queryset=None, empty_label=None)

    def __init__(self, *args, mandate: Mandate, **kwargs):
        super().__init__(*args, **kwargs)
        if mandate.territory_id:
            del self.fields["territory"]
        else:
            self.fields["territory"].queryset = territories_edited_by(mandate)


class PartyForm(forms.Form):
    company = forms.CharField(label=_("Company"), max_length=160, required=False)
    role = forms.ChoiceField(label=_("Part"), choices=Party.Role.choices, initial=Party.Role.PROVIDER)

    def __init__(self, *args, mandate: Mandate, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.mandate = mandate
        self.fields["company"].widget.attrs |= {"class": "input", "list": "companies", "autocomplete": "off"}
        self.fields["role"].widget.attrs["class"] = "input"

    def clean_company(self) -> Company | None:
        name = self.cleaned_data["company"].strip()
        if not name:
            return None
        found = list(Company.objects.visible_to(self.mandate).named(name, commune=None)[:2])
        if not found:
            raise ValidationError(_("No company bears this name: choose one that is proposed, or add it first."))
        if len(found) > 1:
            found = list(Company.objects.editable_by(self.mandate).named(name, commune=None)[:2])
        if len(found) != 1:
            raise ValidationError(_("Several companies bear this name: open the synergy from the company's page."))
        return found[0]


class PartiesFormSet(forms.BaseFormSet):
    """The companies of a synergy, line by line; an empty line counts for nothing."""

    def given(self) -> list[PartyGiven]:
        return [
            PartyGiven(line["company"].pk, line["role"])
            for line in self.cleaned_data
            if line.get("company") is not None
        ]


def parties_formset(data, *, mandate: Mandate, parties: Sequence[Party] = (), companies: Sequence[Company] = ()):
    """The lines of the companies: those that take part, then some to fill in."""
    initial = [{"company": party.company.name, "role": party.role} for party in parties]
    initial += [{"company": company.name, "role": Party.Role.PROVIDER} for company in companies]
    free = [{"role": role} for role in (Party.Role.PROVIDER, Party.Role.RECEIVER)][len(initial) :]
    make = forms.formset_factory(PartyForm, formset=PartiesFormSet, extra=1, max_num=30)
    return make(data, prefix="parties", initial=initial + free, form_kwargs={"mandate": mandate})


#: What stands for no practitioner in the form of the hand-over.
NOBODY = "-"


class HandOverForm(ActForm):
    """Which synergies go to whom, with what there is to know."""

    layout = (("receiver",), ("note",))

    giver = forms.CharField(widget=forms.HiddenInput)
    receiver = forms.ChoiceField(label=_("To"))
    synergies = forms.MultipleChoiceField(
        label=_("Synergies"),
        error_messages={"required": _("Tick at least one synergy.")},
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Hand-over note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept with each synergy and each of its companies."),
    )

    def __init__(self, *args, giver: str, receivers: Iterable[Mandate], portfolio: Sequence[Synergy], **kwargs):
        super().__init__(*args, **kwargs)
        people = {str(held.user_id): f"{held.user.name}, {held.place}" for held in receivers}
        self.fields["receiver"].choices = [(pk, name) for pk, name in people.items() if pk != giver]
        self.fields["synergies"].choices = [(str(synergy.pk), synergy.title) for synergy in portfolio]
        self.fields["synergies"].initial = [str(synergy.pk) for synergy in portfolio]
        self.fields["giver"].initial = giver
