"""Walk the application by its own links, as a person would, and keep one page or more of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, urldefrag, urlsplit

from django.urls import Resolver404, resolve

#: Asked for by a form, never by a link followed for reading.
NOT_READ = {"account:logout"}
#: A list sorted and turned to its second page is a kind; every crossing of its filters is not.
MOST_NAMES = 2


class Answer(NamedTuple):
    status: int
    content_type: str
    text: str


class Page(NamedTuple):
    """A page that was read: its address, the name of its view, what it answered."""

    path: str
    view: str
    answer: Answer

    @property
    def is_html(self) -> bool:
        return self.answer.content_type.startswith("text/html")


def walk(
    fetch: Callable[[str], Answer], *, start: str = "/", samples: int = 1, variants: bool = True
) -> Iterator[Page]:
    """
    Follow the links from ``start`` and yield each page read.

    At most ``samples`` pages are read of each kind. A kind is a view and, with ``variants``, the names of what it was
    asked: a list, the same list sorted, its second page. ``fetch`` follows redirections.
    """
    seen, read, waiting = {start}, Counter(), [start]
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind is not None and not variants:
            kind = kind[0], frozenset()
        if kind is None or read[kind] >= samples:
            continue
        read[kind] += 1
        page = Page(path, kind[0], fetch(path))
        yield page
        if page.is_html:
            found = [link for link in links(path, page.answer.text) if link not in seen]
            seen.update(found)
            waiting.extend(found)


def kind_of(path: str) -> tuple[str, frozenset[str]] | None:
    """The view of an address and the names of its query; None when it is not read here."""
    parts = urlsplit(path)
    try:
        view = resolve(parts.path).view_name
    except Resolver404:
        return None
    names = frozenset(name for name, _value in parse_qsl(parts.query))
    return None if view in NOT_READ or len(names) > MOST_NAMES else (view, names)


def links(path: str, html: str) -> list[str]:
    """The addresses of this site that a page links to, in order, each once."""
    found = (unescape(link) for link in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', html))
    inside = (f"{urlsplit(path).path}{link}" if link.startswith("?") else link for link in found)
    return list(dict.fromkeys(urldefrag(link).url for link in inside if link.startswith("/")))
