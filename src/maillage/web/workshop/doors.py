"""A workshop as one place with six doors: each says how far it is, and the one thing that is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from maillage.exchange.models import ImportBatch
from maillage.web.components.day import written
from maillage.workshops.counting import Standing

TO_DO, UNDER_WAY, DONE = "", "way", "done"
#: From how many days before the workshop what is missing is late.
PRESSING_DAYS = 30


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Door:
    """One of the six: ``mark`` draws the state, ``state`` says it, ``late`` is the one thing that presses."""

    title: str
    mark: str
    state: str
    say: str
    act: Link
    late: str = ""
    also: tuple[Link, ...] = ()
    is_later: bool = False
    is_now: bool = False

    @property
    def is_done(self) -> bool:
        return self.mark == DONE


def doors_of(standing: Standing) -> list[Door]:
    """The six doors in order; one of them at most is the thing to do now."""
    doors = [build(standing) for build in (_prepare, _bring_in, _table_plan, _the_day, _reports, _what_follows)]
    if standing.is_over or standing.workshop.is_cancelled:
        return [replace(door, late="") for door in doors]
    # The table plan waits for the registrations: it is never the first thing to do.
    turn = (0, 1, 3) if standing.is_ahead else (3, 4, 5)
    now = next(_most_pressing([(rank, doors[rank]) for rank in turn]), turn[-1])
    doors[now] = replace(doors[now], is_now=True)
    return doors


def _most_pressing(doors: list[tuple[int, Door]]) -> Iterator[int]:
    yield from (rank for rank, door in doors if door.late)
    yield from (rank for rank, door in doors if not door.is_done)


def _prepare(standing: Standing) -> Door:
    workshop = standing.workshop
    missing = _missing(standing)
    helpers = ngettext("%(n)s person helps.", "%(n)s people help.", standing.helpers) % {"n": standing.helpers}
    said = missing or (
        _("The day, the hours and the room are known.")
        if standing.days_left >= 0
        else _("What was planned can still be corrected.")
    )
    is_late = bool(missing) and standing.is_ahead and standing.days_left <= PRESSING_DAYS
    is_done = not missing or not standing.is_ahead
    return Door(
        title=pgettext("workshop door", "Prepare"),
        mark=DONE if is_done else UNDER_WAY,
        state=_done() if is_done else _under_way(),
        say="" if is_late else f"{said} {helpers}" if standing.helpers else said,
        late=missing if is_late else "",
        act=Link(_("Complete") if missing else pgettext("workshop", "Look again"), _url("edit", workshop)),
    )


def _missing(standing: Standing) -> str:
    """What is still to be written before anybody can be invited; nothing once the day is over."""
    workshop = standing.workshop
    if standing.days_left < 0:
        return ""
    if not workshop.venue and not workshop.starts_at:
        return _("The room and the hours are still to be written.")
    if not workshop.venue:
        return _("The room is still to be written.")
    if not workshop.starts_at:
        return _("The hours are still to be written.")
    return ""


def _bring_in(standing: Standing) -> Door:
    workshop = standing.workshop
    is_done = not standing.is_ahead or not standing.missing
    late = ""
    if not is_done and standing.days_left <= PRESSING_DAYS:
        late = ngettext(
            "%(n)s company is still to be convinced.", "%(n)s companies are still to be convinced.", standing.missing
        ) % {"n": standing.missing}
    import_link = Link(_("Import the participants"), _import_url(workshop, ImportBatch.Kind.PARTICIPANTS))
    register_link = Link(_("Register a company"), _url("participant_add", workshop))
    see = Link(_("See the participants"), _url("participants", workshop))
    return Door(
        title=pgettext("workshop door", "Bring companies in"),
        mark=DONE if is_done else UNDER_WAY if standing.coming else TO_DO,
        state=_bring_in_state(standing, is_done),
        say=_bring_in_said(standing),
        late=late,
        act=see if standing.coming else import_link,
        also=(import_link, register_link)
        if standing.coming and standing.is_ahead
        else ()
        if standing.coming
        else (register_link,),
    )


def _bring_in_state(standing: Standing, is_done: bool) -> str:
    if not standing.is_ahead:
        return _done()
    counted = {"n": standing.coming, "aim": standing.workshop.target_companies}
    return (_("done, %(n)s of %(aim)s") if is_done else _("%(n)s of %(aim)s")) % counted


def _bring_in_said(standing: Standing) -> str:
    if not standing.is_ahead and standing.coming:
        said = ngettext("%(n)s company came.", "%(n)s companies came.", standing.came) % {"n": standing.came}
        absent = ngettext("%(n)s did not come.", "%(n)s did not come.", standing.did_not_come)
        return f"{said} {absent % {'n': standing.did_not_come}}" if standing.did_not_come else said
    if not standing.coming:
        return _("The list of companies is enough, as a spreadsheet, its columns in any order.")
    if standing.waiting:
        return ngettext(
            "%(n)s company is on the waiting list.", "%(n)s companies are on the waiting list.", standing.waiting
        ) % {"n": standing.waiting}
    if standing.missing:
        return _("It took practitioners about eight hundred mails and a hundred calls to gather thirty-five companies.")
    return _("The room is as full as you wished.")


def _table_plan(standing: Standing) -> Door:
    workshop = standing.workshop
    is_done = not standing.is_ahead or (standing.seated and standing.seated >= standing.coming)
    seated = _("%(n)s of %(all)s seated") % {"n": standing.seated, "all": standing.coming}
    return Door(
        title=pgettext("workshop door", "Table plan"),
        mark=DONE if is_done else UNDER_WAY if standing.seated else TO_DO,
        state=_done() if is_done else seated if standing.seated else _to_do(),
        say=_("A plan proposed by Maillage comes in a later version. Today: give each company its table, then print.")
        if standing.is_ahead
        else _("The list of those who came, with their tables, can be printed."),
        act=Link(_("Print the sign-in list"), _url("sign_in", workshop))
        if standing.coming
        else Link(_("See the participants"), _url("participants", workshop)),
        also=(Link(_("Give the tables"), _url("seating", workshop)),) if standing.coming and standing.is_ahead else (),
    )


def _the_day(standing: Standing) -> Door:
    workshop = standing.workshop
    is_done = standing.days_left < 0 and bool(standing.cards) and not standing.registered
    cards = Link(_("Write the cards"), _url("cards", workshop))
    lines = Link(_("Import the lines"), _import_url(workshop, ImportBatch.Kind.RESOURCES))
    who_came = Link(_("Say who came"), _url("participants", workshop))
    late = _the_day_late(standing)
    return Door(
        title=pgettext("workshop door", "The day"),
        mark=DONE if is_done else UNDER_WAY if standing.cards else TO_DO,
        state=_done() if is_done else _on(workshop.held_on, standing) if standing.is_ahead else _under_way(),
        say=_the_day_said(standing),
        late=late,
        act=who_came if late and standing.cards and standing.registered else cards,
        also=(lines,) if standing.coming else (),
        is_later=standing.is_ahead,
    )


def _the_day_late(standing: Standing) -> str:
    if standing.days_left >= 0:
        return ""
    if not standing.cards:
        return _("No card is written yet.")
    if standing.registered:
        return ngettext(
            "%(n)s company is registered, and nobody said whether it came.",
            "%(n)s companies are registered, and nobody said whether they came.",
            standing.registered,
        ) % {"n": standing.registered}
    return ""


def _the_day_said(standing: Standing) -> str:
    if not standing.cards:
        return _(
            "Today, the cards are written one line at a time, or imported from what companies prepared. "
            "Capture at the tables, clock and wall come in a later version."
        )
    said = ngettext("%(n)s card is written.", "%(n)s cards are written.", standing.cards) % {"n": standing.cards}
    if not standing.silent:
        return said
    silent = ngettext("%(n)s company has none yet.", "%(n)s companies have none yet.", standing.silent)
    return f"{said} {silent % {'n': standing.silent}}"


def _reports(standing: Standing) -> Door:
    workshop = standing.workshop
    due = written(standing.reports_due, standing.today)
    is_done = workshop.is_reported or standing.is_over
    is_late = not is_done and standing.today > standing.reports_due
    if standing.is_ahead or not standing.cards:
        say = _("One report for the room and one for each company, read together and sent at once.")
    elif standing.to_screen and not is_done:
        say = _("Screen the proposals first: the reports say what you keep.")
    else:
        say = _("The report of the room, that of each company, and a workbook of everything.")
    return Door(
        title=pgettext("workshop door", "Reports"),
        mark=DONE if is_done else UNDER_WAY if standing.cards and not standing.is_ahead else TO_DO,
        state=pgettext("reports", "sent") if is_done else _("before %(day)s") % {"day": due},
        say=say,
        late=_("They were due on %(day)s.") % {"day": due} if is_late else "",
        act=Link(_("Open the reports"), _url("reports", workshop)),
        is_later=standing.is_ahead,
    )


def _what_follows(standing: Standing) -> Door:
    workshop = standing.workshop
    due = written(standing.calls_due, standing.today)
    is_late = bool(standing.to_call) and standing.today > standing.calls_due
    is_done = not standing.is_ahead and not standing.to_call and not standing.to_screen and bool(standing.cards)
    screen = Link(_("Screen the proposals"), _url("screening", workshop))
    call = Link(_("Call companies back"), reverse("practice:call_list"))
    late = ngettext(
        "%(n)s company has not been called back within the delay.",
        "%(n)s companies have not been called back within the delay.",
        standing.to_call,
    ) % {"n": standing.to_call}
    return Door(
        title=pgettext("workshop door", "What follows"),
        mark=DONE if is_done or standing.is_over else UNDER_WAY if standing.potentials else TO_DO,
        state=_done() if is_done or standing.is_over else _("until %(day)s") % {"day": due},
        say=_followed(standing),
        late=late if is_late else "",
        act=call if standing.to_call and not standing.to_screen else screen,
        also=(call,) if standing.to_call and standing.to_screen else (),
        is_later=standing.is_ahead,
    )


def _followed(standing: Standing) -> str:
    if standing.is_ahead:
        return _("Each company is called back within the delay. Those that wait will be counted here.")
    said = []
    if standing.to_screen:
        said.append(ngettext("%(n)s proposal to screen.", "%(n)s proposals to screen.", standing.to_screen))
        said[-1] %= {"n": standing.to_screen}
    if standing.to_call:
        waiting = ngettext("%(n)s company to call back.", "%(n)s companies to call back.", standing.to_call)
        said.append(waiting % {"n": standing.to_call})
    counted = ngettext("%(n)s potential synergy kept.", "%(n)s potential synergies kept.", standing.potentials)
    return " ".join([*said, counted % {"n": standing.potentials}])


def _url(name: str, workshop) -> str:
    return reverse(f"workshop:{name}", args=[workshop.pk])


def _import_url(workshop, kind: str) -> str:
    return reverse("imports:start", args=[workshop.pk, kind])


def _done() -> str:
    return pgettext("workshop door", "done")


def _under_way() -> str:
    return pgettext("workshop door", "under way")


def _to_do() -> str:
    return pgettext("workshop door", "to do")


def _on(day, standing: Standing) -> str:
    return pgettext("workshop door", "on %(day)s") % {"day": written(day, standing.today)}
