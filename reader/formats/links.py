"""Web addresses in running text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reader.domain.paper import Link, link_kind

# Braces, quotes, brackets and CJK punctuation never belong to an address in prose:
# LaTeX leaves "name{https://...}" behind.
_ADDRESS = re.compile(
    r"https?://(?:\\[_%#&~]|[^\s<>\"`{}|\\^\[\]“”‘’„«»、。，；：！？（）【】「」])+", re.IGNORECASE
)
_TRAILING = ".,;:!?'*…"


def links_in(text: str) -> tuple[Link, ...]:
    """The distinct web addresses of a text in order, each with its kind.

    Trailing punctuation is not part of an address; a closing parenthesis is
    only when the address opens it.  LaTeX's escapes ("\\_") are undone.
    """
    urls: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        url = _trim(re.sub(r"\\([_%#&~])", r"\1", match[0]))
        urls.setdefault(url)
    return tuple(link for url in urls if (link := web_link(url)))


def web_link(url: str) -> Link | None:
    """The address as a link, None when it is no web address with a host."""
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        return Link(url, link_kind(url))
    except ValueError:  # urlsplit refuses some hosts
        return None


def _trim(url: str) -> str:
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in _TRAILING or (url[end - 1] == ")" and surplus > 0)):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]
