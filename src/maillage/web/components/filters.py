"""The filters of a list: by words, by boxes to tick, and those of django-filter."""

from collections.abc import Callable, Sequence

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from maillage.common.search import every_word


class Filters(filters.FilterSet):
    """The filters of a list, in the order of the form. The first is the search by words, if there is one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.form.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("class", "input")


class WordsFilter(filters.CharFilter):
    """Keep the records that hold every word typed, in one at least of these folded columns."""

    def __init__(self, *, columns: Sequence[str], **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search", "autocomplete": "off"}))
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.columns = columns

    def filter(self, queryset, value):
        return queryset.filter(every_word(value, *self.columns)).distinct() if value else queryset


class TickFilter(filters.Filter):
    """A box to tick: ticked, the list is what ``keep`` returns of it; else it is whole."""

    field_class = forms.BooleanField

    def __init__(self, *, keep: Callable[[QuerySet], QuerySet], **kwargs):
        super().__init__(**kwargs)
        self.keep = keep

    def filter(self, queryset, value):
        return self.keep(queryset) if value else queryset
