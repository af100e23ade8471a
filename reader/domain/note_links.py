"""Links between notes, papers and places: how they are written and what they mean.

In a note, [[Title]] or [[Title|words]] leads to the paper or note of that
title, and an address paper-reader://... to a place:

    paper-reader://paper/UID               a paper, with ?page=3 its PDF there (1-based)
    paper-reader://attachment/UID?page=3   one of its files
    paper-reader://annotation/UID          an annotation, in its file
    paper-reader://note/UID                a note

An address only opens; there is none that writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

from reader.domain.fold import title_key
from reader.domain.value import dataclass

SCHEME = "paper-reader"
KINDS = ("paper", "attachment", "annotation", "note")

_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WIKI = re.compile(r"\[\[([^\[\]|\n]{1,500})(?:\|[^\[\]\n]*)?\]\]")
_ADDRESS = re.compile(r"paper-reader://[a-z]+/[0-9a-f-]{36}(?:\?[\w=&%-]*)?")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"^[#>\s*_-]+|[*_`]+")
_LINKED = re.compile(r"!?\[\[?(?:[^\[\]|]*\|)?([^\[\]]*)\]?\](?:\([^)\s]*\))?")
_HIGHEST_PAGE = 10_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """What an address opens: `page` is 0-based, None for where the reader was."""

    kind: str
    uid: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link in a note: `kind` is "title" (target: the folded title) or one of KINDS (a uid).

    `words` is what was written, `start` and `end` where it stands in the note.
    """

    kind: str
    target: str
    words: str
    start: int
    end: int


def address(place: Place) -> str:
    """The address that opens a place."""
    page = "" if place.page is None else f"?page={place.page + 1}"
    return f"{SCHEME}://{place.kind}/{quote(place.uid)}{page}"


def place_of(text: str) -> Place | None:
    """The place an address opens, None for anything that is not exactly such an address."""
    try:
        parts = urlsplit(text.strip())
        asked = parse_qs(parts.query, max_num_fields=8)
    except ValueError:
        return None
    uid = parts.path.strip("/")
    if parts.scheme != SCHEME or parts.netloc not in KINDS or not _UID.fullmatch(uid):
        return None
    page = asked.get("page", [""])[0]
    if not page.isascii() or not page.isdigit() or not 0 < int(page[:9]) <= _HIGHEST_PAGE:
        return Place(parts.netloc, uid)
    return Place(parts.netloc, uid, int(page[:9]) - 1)


def links_in(text: str) -> Iterator[NoteLink]:
    """The links of a note in order; what stands in code is none."""
    hidden = [match.span() for match in CODE.finditer(text)]
    found = [(match, _wiki(match)) for match in _WIKI.finditer(text)]
    found += [(match, _placed(match)) for match in _ADDRESS.finditer(text)]
    for match, link in sorted(found, key=lambda it: it[0].start()):
        inside = any(start <= match.start() < end for start, end in hidden)
        if link is not None and not inside:
            yield link


def _wiki(match: re.Match[str]) -> NoteLink | None:
    words = match[1].strip()
    if _UID.fullmatch(words):
        return NoteLink("paper", words, words, *match.span())
    key = title_key(words)
    return NoteLink("title", key, words, *match.span()) if key else None


def _placed(match: re.Match[str]) -> NoteLink | None:
    place = place_of(match[0])
    return NoteLink(place.kind, place.uid, match[0], *match.span()) if place else None


def title_of(text: str) -> str:
    """A note's title: its first line that says something, without Markdown's marks; "" for none."""
    for line in text.splitlines():
        words = " ".join(_MARKS.sub("", _LINKED.sub(r"\1", line)).split())
        if words:
            return words[:200]
    return ""
