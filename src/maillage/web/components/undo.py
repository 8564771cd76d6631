"""Say what was done, with a way back: the toast of the next page carries an « Annuler » button."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_MARK = "undo:"


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """
    Put a toast on the next page.

    ``undo`` is the address to which its button posts, without other fields: what to undo is in the address.
    """
    messages.success(request, text, extra_tags=f"{_MARK}{undo}" if undo else "")


def failed(request: HttpRequest, text: str) -> None:
    """Put on the next page why nothing was done, and what to do."""
    messages.error(request, text)


def undo_url(message: Message) -> str:
    """Return the address that undoes what the message says, or nothing."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_MARK) if tags.startswith(_MARK) else ""
