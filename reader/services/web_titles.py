"""A bare web address as a link that says what the page is called."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reader.domain.errors import NotFoundError
from reader.services.web import Job, Web
from reader.sources import web_page

_SIGNS = re.compile(r"([\\\[\]`*_<>$~|])")


def link(web: Web, address: str, job: Job) -> str:
    """The address as a Markdown link with its page's title; asks the web, on a worker.

    Raises NetworkError, NotFoundError for what has no title, or CancelledError.
    """
    answer = web.get(address, job, accept=web_page.ACCEPT, largest=web_page.ENOUGH, cut=True)
    kind = answer.headers.get("content-type", "")
    title = web_page.parse(answer.body, kind) if web_page.is_page(kind) else ""
    if not title:
        host = urlsplit(address).hostname or address
        raise NotFoundError(
            f"What {host} sends has no title; the address stays as it is.",
            "Write one yourself: choose the address, then Link.",
        )
    return linked(title, address)


def linked(title: str, address: str) -> str:
    """A Markdown link that neither the title nor the address breaks out of."""
    shown = _SIGNS.sub(r"\\\1", title)
    return f"[{shown}]({_safe(address)})"


def leads_to(made: str, address: str) -> bool:
    """Whether a link that `link` made is of an address."""
    return bool(address) and made.endswith(f"]({_safe(address)})")


def _safe(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
