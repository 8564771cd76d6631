"""The first door, and the pages that say why another one is shut."""

from django.http import HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from maillage.web.access import signed_in
from maillage.web.context import home_of


@signed_in
def home(request):
    if request.mandate is None:
        return redirect("account:no_mandate")
    return redirect(home_of(request.mandate))


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    # Nothing of the request is trusted here: the page is plain and asks no query.
    return HttpResponseServerError(render_to_string("500.html"))
