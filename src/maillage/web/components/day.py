"""Days as people say them: today, tomorrow, for 39 days, 3 days late."""

from datetime import date, datetime, time

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

#: From how many days before it a deadline is near.
SOON = 2


def seen_on(request: HttpRequest) -> date:
    """The day on which the programme of the mandate is seen: today, or its snapshot."""
    return request.mandate.programme.today(timezone.localdate())


def _day(value: date | datetime) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


def written(value: date | datetime, today: date | None = None, *, short: bool = False) -> str:
    """Write a day without its year when it is this year's: « 1er décembre », « 26 nov. », « 3 mai 2016 »."""
    day = _day(value)
    text = date_format(day, ("j N" if short else "j F") if today and day.year == today.year else "j F Y")
    return f"1er{text[1:]}" if day.day == 1 and translation.get_language() == "fr" else text


def dated(value: date) -> str:
    """Write a day whole: « Jeudi 10 décembre 2026 », « Mardi 1er décembre 2015 »."""
    return f"{date_format(value, 'l').capitalize()} {written(value)}"


def clock(value: time | None) -> str:
    """Write an hour as it is said: « 8 h 30 », « 13 h »; 08:30 in English."""
    if value is None:
        return ""
    if translation.get_language() != "fr":
        return value.strftime("%H:%M")
    hour = f"{value.hour}\N{NO-BREAK SPACE}h"
    return f"{hour}\N{NO-BREAK SPACE}{value.minute:02}" if value.minute else hour


def when(value: date | datetime | None, today: date) -> str:
    """Write a day as seen from today: today, tomorrow, yesterday, or its short date."""
    if value is None:
        return ""
    near = {0: pgettext("day", "today"), 1: pgettext("day", "tomorrow"), -1: pgettext("day", "yesterday")}
    return near.get((_day(value) - today).days) or written(value, today, short=True)


def since(value: date | datetime, today: date) -> str:
    """Say for how long: « depuis 39 jours »."""
    days = (today - _day(value)).days
    if days < 1:
        return _("since today")
    return ngettext("for %(days)s day", "for %(days)s days", days) % {"days": days}


def remaining(value: date | datetime, today: date) -> str:
    """Say how far a deadline is: « reste 5 jours », « dernier jour », « 3 jours de retard »."""
    days = (_day(value) - today).days
    if days == 0:
        return _("last day")
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def urgency(value: date | datetime | None, today: date) -> str:
    """The mark of a day to come: « late » once passed, « soon » when near."""
    if value is None:
        return ""
    days = (_day(value) - today).days
    return "late" if days < 0 else "soon" if days <= SOON else ""


def spelled(count: int) -> str:
    """Write a small number in letters, as it agrees with *chose*, *synergie*, *entreprise*; else in figures."""
    words = pgettext(
        "numbers, feminine",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
    ).split()
    return words[count - 1] if 1 <= count <= len(words) else number_format(count, use_l10n=True, force_grouping=True)
