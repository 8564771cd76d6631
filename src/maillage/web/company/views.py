"""
The page of a company, by its link: no account, one tap to answer.

A view reads the company from the link and nothing else; what it is asked about another company does not exist.
"""

from decimal import Decimal
from functools import wraps

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maillage.common.errors import NotAllowed, RuleBroken
from maillage.matching.reading import understand
from maillage.organisations.models import Contact
from maillage.organisations.services.links import LinkRefused, author_of, link_from, object_by_link
from maillage.resources.from_company import add_card_by_link, correct_quantity_by_link, withdraw_card_by_link
from maillage.resources.nomenclature import Direction
from maillage.synergies.models import Interaction
from maillage.synergies.services import record_answer
from maillage.synergies.services.own_answers import explain_answer, withdraw_answer
from maillage.territories.models import Mandate
from maillage.web.access import company_link
from maillage.web.company.reading import ANSWERS, seen_by
from maillage.web.components.undo import done, failed


class QuantityField(forms.DecimalField):
    """Reads a number as the page writes it: spaces between thousands, and the comma of the language."""

    def to_python(self, value):
        bare = "".join((value or "").split())
        return super().to_python(bare.replace(",", "." if get_language() == "fr" else ""))


class QuantityForm(forms.Form):
    quantity = QuantityField(min_value=Decimal("0.001"), max_digits=14, decimal_places=3)


class LineForm(forms.Form):
    direction = forms.ChoiceField(choices=Direction)
    text = forms.CharField(max_length=500)


def by_link(view):
    """Open a view to who holds a link in force; say kindly to others whom to ask."""

    @wraps(view)
    def guarded(request, token, **kwargs):
        try:
            link = link_from(token=token, at=timezone.now())
        except LinkRefused as refusal:
            return _refused(request, refusal)
        request.token = token
        response = view(request, link, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return company_link(never_cache(guarded))


def act(view):
    """A view that does one act and goes back to the page: a refusal of the domain is said there."""

    @wraps(view)
    def acting(request, link, **kwargs):
        try:
            view(request, link, **kwargs)
        except NotAllowed as refusal:
            raise Http404 from refusal
        except RuleBroken as refusal:
            failed(request, str(refusal))
        return redirect("company:home", token=request.token)

    return by_link(require_POST(acting))


@by_link
def home(request, link):
    return render(
        request,
        "company/home.html",
        {
            "link": link,
            "company": link.company,
            "token": request.token,
            "seen": seen_by(link),
            "answers": ANSWERS.values(),
            "directions": Direction,
            "contacts": Contact.objects.of_company(link.company).here(),
            "practitioners": _practitioners(link),
        },
    )


@act
def answer(request, link, pk):
    outcome = request.POST.get("outcome")
    if outcome not in ANSWERS:
        return
    given = record_answer(
        company_id=link.company_id, synergy_id=pk, outcome=outcome, author=author_of(link), at=timezone.now()
    )
    done(request, _("Thank you: your answer is on its way."), undo=_url(request, "withdraw", given.pk))


@act
def quantity_of_synergy(request, link, pk):
    quantity = _quantity(request)
    given = record_answer(
        company_id=link.company_id,
        synergy_id=pk,
        outcome=Interaction.Outcome.NONE,
        quantity=quantity,
        author=author_of(link),
        at=timezone.now(),
    )
    done(request, _("Thank you: the quantity will be corrected."), undo=_url(request, "withdraw", given.pk))


@act
def explain(request, link, pk):
    explain_answer(
        answer_id=pk,
        company_id=link.company_id,
        summary=request.POST.get("summary", ""),
        author=author_of(link),
        at=timezone.now(),
    )
    done(request, _("Thank you: it is written down."))


@act
def withdraw(request, link, pk):
    withdraw_answer(answer_id=pk, company_id=link.company_id, author=author_of(link), at=timezone.now())
    done(request, _("Your answer is taken back."))


@act
def add_card(request, link):
    form = LineForm(request.POST)
    if not form.is_valid():
        failed(request, _("Write in one line what you have or what you lack, then choose which of the two."))
        return
    said = understand(form.cleaned_data["text"], side=form.cleaned_data["direction"])
    card = add_card_by_link(link=link, said=said, at=timezone.now())
    done(request, _("“%(title)s” is added.") % {"title": card.title}, undo=_url(request, "withdraw_card", card.pk))


@act
def quantity_of_card(request, link, pk):
    card = correct_quantity_by_link(link=link, resource_id=pk, quantity=_quantity(request), at=timezone.now())
    done(request, _("The quantity of “%(title)s” is corrected.") % {"title": card.title})


@act
def withdraw_card(request, link, pk):
    card = withdraw_card_by_link(link=link, resource_id=pk, at=timezone.now())
    done(request, _("“%(title)s” is withdrawn.") % {"title": card.title})


@act
def objection(request, link, pk):
    person = object_by_link(link=link, contact_id=pk, at=timezone.now())
    done(
        request,
        _("%(name)s will receive no mailing any more.") % {"name": person.name},
        undo=_url(request, "objection_withdraw", person.pk),
    )


@act
def objection_withdraw(request, link, pk):
    person = object_by_link(link=link, contact_id=pk, at=timezone.now(), objects=False)
    done(request, _("%(name)s may receive mailings again.") % {"name": person.name})


class _QuantityUnclear(RuleBroken):
    """What was typed is not a quantity."""


def _quantity(request) -> Decimal:
    form = QuantityForm(request.POST)
    if not form.is_valid():
        raise _QuantityUnclear(_("Give the quantity as a number greater than zero, such as 120 or 12.5."))
    return form.cleaned_data["quantity"]


def _url(request, view, pk):
    return reverse(f"company:{view}", args=[request.token, pk])


def _practitioners(link):
    return Mandate.objects.practitioners_of(link.territory).in_force_on(timezone.localdate()).for_shell()


def _refused(request, refusal):
    context = {"refusal": str(refusal), "practitioners": _practitioners(refusal.link) if refusal.link else []}
    return render(request, "company/refused.html", context, status=410 if refusal.link else 404)
