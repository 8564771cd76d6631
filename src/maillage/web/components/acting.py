"""Forms that do one act: alone to htmx, in a page of their own without it; back where one was when it is done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from maillage.common.errors import RuleBroken


class ActForm(forms.Form):
    """A form laid out in groups: the fields of a group share a line where there is room."""

    #: Names of fields, group by group; what is not named comes after, one by one.
    layout: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("class", "input")

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        named = {name for group in self.layout for name in group}
        rest = [(field.name,) for field in self.visible_fields() if field.name not in named]
        shown = {field.name for field in self.visible_fields()}
        groups = [[self[name] for name in group if name in shown] for group in (*self.layout, *rest)]
        return [group for group in groups if group]


def ask(
    request: HttpRequest,
    form: forms.Form,
    *,
    perform: Callable[[dict[str, Any]], str | None],
    back: str,
    beside: forms.BaseFormSet | None = None,
    template: str = "components/act.html",
    **context: Any,
) -> HttpResponse:
    """
    Show the form; once it is sent and valid, perform the act and go back.

    A refusal of the domain is shown on the form, whose content stays. htmx receives the form without the page;
    ``title``, ``submit`` and ``address`` in the context say what it does and where it is sent. ``beside`` holds lines
    to be valid too. ``perform`` may return another address to go to.
    """
    back = safe_next(request) or back
    if request.method == "POST" and all([form.is_valid(), beside is None or beside.is_valid()]):
        try:
            return go(request, perform(form.cleaned_data) or back)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "components/_act.html" if request.htmx else template,
        {**context, "form": form, "back": back},
        status=422 if request.method == "POST" else 200,
    )


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser to an address, whether htmx asked or not."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def safe_next(request: HttpRequest) -> str:
    """The page the person came from, when it is one of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else ""
