"""Small words of the interface: numbers, dates and marks as the design system writes them."""

from django import template
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from maillage.common.numbers import number_in_words as number
from maillage.common.numbers import percent_in_words as percent
from maillage.evaluation.models import Indicator
from maillage.reports.programme.parts import amount
from maillage.resources.nomenclature import Direction, SynergyType, Unit
from maillage.resources.wording import quantity_in_words, unit_in_words
from maillage.synergies.stages import LADDER, Stage
from maillage.web.access import TEAM
from maillage.web.components import acts, answers, day, undo

register = template.Library()
register.filter("undo_url", undo.undo_url)
register.filter("told", acts.tell_one)
for says in (day.written, day.dated, day.clock, day.when, day.since, day.remaining, day.urgency, day.spelled):
    register.filter(says.__name__, says)

_FAMILY_CLASS = {"MATTER": "matieres", "ENERGY": "energies", "TERRITORY": "territoire", "PEOPLE": "hommes"}


register.filter("answer_in_words", answers.answer_in_words)
register.filter("number", number)
register.filter("percent", percent)
register.filter("with_unit", amount)
register.filter("quantity", quantity_in_words)
register.filter("unit", unit_in_words)


@register.filter
def impact(line):
    """Write the value of an impact line with its unit: « 120 t », « 6 200 € »; a bare number for what is counted."""
    unit = Indicator(line.indicator).unit
    label = dict(Unit.choices).get(unit, unit)
    return "\N{NO-BREAK SPACE}".join(word for word in (number(line.value), str(label)) if word)


@register.filter
def parties_in_words(synergy):
    """The companies of a synergy on one line: two by name, else the first and how many others."""
    names = [party.company.name for party in synergy.parties.all()]
    if not names:
        return translation.gettext("No company yet")
    if len(names) <= 2:
        return ", ".join(names)
    text = translation.ngettext("%(first)s and %(others)s other", "%(first)s and %(others)s others", len(names) - 1)
    return text % {"first": names[0], "others": len(names) - 1}


@register.filter
def width(share):
    """Write a share as a width that SVG and CSS read in every language: 14.405%."""
    return f"{100 * share:.3f}%"


@register.simple_tag
def side(direction):
    """The mark of an offer, a need or a pool: shape, colour and word."""
    return format_html('<span class="side {}">{}</span>', direction.lower(), capfirst(Direction(direction).label))


@register.simple_tag
def family(synergy_type, name_type=True):
    """The mark of a family, followed by its name and the type."""
    if not synergy_type:
        return ""
    kind = SynergyType(synergy_type)
    text = f"{kind.family.label}, {kind.label[:1].lower()}{kind.label[1:]}" if name_type else kind.family.label
    return format_html('<span class="fam {}">{}</span>', _FAMILY_CLASS[kind.family], text)


@register.simple_tag
def stage(value):
    """The mark of a stage: as many threads as steps done, and its name."""
    value = Stage(value)
    if value in LADDER:
        css = f"s{LADDER.index(value) + 1}"
    else:
        css = "blocked" if value is Stage.BLOCKED else "dropped"
    return format_html('<span class="stage {}">{}</span>', css, value.label)


@register.filter
def family_class(synergy_type):
    return _FAMILY_CLASS[SynergyType(synergy_type).family] if synergy_type else ""


@register.filter
def family_mark(family):
    """The class of the mark of a family."""
    return _FAMILY_CLASS.get(family, "")


@register.simple_tag
def to():
    """The arrow from who gives to who takes."""
    label = translation.gettext("to")
    return format_html('<span class="to" role="img" aria-label="{}"></span>', label)


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    """The address of this page with some of its parameters changed; an empty value removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return mark_safe("?" + query.urlencode())  # noqa: S308 - urlencode escapes


@register.simple_tag(takes_context=True)
def company(context, record):
    """The name of a company; it leads to its page for who may open it."""
    mandate = context.get("mandate")
    if mandate is None or mandate.role not in TEAM:
        return record.name
    return format_html('<a href="{}">{}</a>', reverse("practice:company", args=[record.pk]), record.name)
