"""What the pages of imports ask: a file, then what each of its columns means."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.exchange.fields import labels


class FileForm(forms.Form):
    """One spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        widget=forms.ClearableFileInput(
            attrs={
                "class": "input",
                "accept": ".xlsx,.csv,.txt,.tsv",
                "aria-describedby": "file-hint",
            }
        ),
        error_messages={
            "required": gettext_lazy("Choose the file of your table first."),
            "empty": gettext_lazy("This file is empty: choose the one that holds your table."),
        },
    )


class MappingForm(forms.Form):
    """What each column of a file means, a field for a column."""

    def __init__(self, *args, batch, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = batch.layout["columns"]
        choices = [("", _("Leave this column aside")), *labels(batch.kind).items()]
        meant = {column: field for field, column in batch.mapping.items()}
        for column in self.columns:
            name = f"column_{column['column']}"
            self.fields[name] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=meant.get(column["column"], ""),
                widget=forms.Select(attrs={"class": "input"}),
                label=column["heading"] or _("Column without a heading"),
            )

    def rows(self):
        """Each column beside the field that says what it means."""
        return [(column, self[f"column_{column['column']}"]) for column in self.columns]

    def clean(self):
        cleaned = super().clean()
        taken = {}
        for column in self.columns:
            name = f"column_{column['column']}"
            field = cleaned.get(name)
            if field and field in taken:
                self.add_error(name, _("Another column already holds this: leave one of the two aside."))
            elif field:
                taken[field] = column["column"]
        self.mapping = taken
        return cleaned
