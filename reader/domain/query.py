"""Search text -> query tree.  Any text a person types is valid.

    words          every word must occur (title, authors, abstract, notes)
    "a phrase"     these words next to each other
    -word          must not occur; works before every form below too
    a OR b         either
    title:w author:w abstract:w note:w
    tag:name collection:name page:"Jun 11" doi:10... arxiv:2506.06276
    is:unread is:reading is:read is:starred   state:read
    has:pdf has:note has:code ...             year:2025 year:2020..2024

The last plain word also matches as a beginning, since it may still be typed.
What looks like a field but is none is searched as words.
"""

from __future__ import annotations

import re

from reader.domain.value import dataclass

TEXT_FIELDS = ("title", "author", "abstract", "note")
VALUE_FIELDS = ("tag", "collection", "page", "doi", "arxiv", "state", "is", "has", "year", "id")
_ALIASES = {"authors": "author", "notes": "note", "by": "author", "in": "collection"}


@dataclass(frozen=True, slots=True)
class Words:
    """Words that must all occur, in `field` or ("") anywhere; the last perhaps as a prefix."""

    text: str
    field: str = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must occur next to each other, in `field` or anywhere."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A condition on something that is not text, such as has:pdf."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...] = ()


Node = Words | Phrase | Value | Not | And | Or

_TOKEN = re.compile(
    r"""(?P<minus>-)?(?:(?P<field>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))"""
)


def parse_query(text: str, *, typing: bool = True) -> And:
    """The query tree of a search text; an empty text gives an empty And (everything)."""
    groups: list[Node] = []
    either = False
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens):
        if token[0] == "OR" and groups and index + 1 < len(tokens):
            either = True
            continue
        last = typing and index == len(tokens) - 1 and not text[token.end() :].strip()
        node = _node(token, last)
        if either:
            before = groups.pop()
            nodes = before.nodes if isinstance(before, Or) else (before,)
            groups.append(Or((*nodes, node)))
            either = False
        else:
            groups.append(node)
    return And(tuple(groups))


def _node(token: re.Match[str], last: bool) -> Node:
    name = (token["field"] or "").lower()
    name = _ALIASES.get(name, name)
    phrase, word = token["phrase"], token["word"] or ""
    value = phrase if phrase is not None else word
    node: Node
    if phrase is None and word.endswith(":") and _known(word[:-1]):
        # "tag:" is on its way to become "tag:name"; until then it asks for nothing.
        return And()
    if name in VALUE_FIELDS:
        node = Value(name, value.strip())
    elif name in TEXT_FIELDS:
        node = Words(value, name, last) if phrase is None else Phrase(value, name)
    elif phrase is not None:
        node = Phrase(f"{token['field']} {phrase}" if token["field"] else phrase)
    else:
        node = Words(f"{token['field']}:{word}" if token["field"] else word, "", last)
    return Not(node) if token["minus"] else node


def _known(name: str) -> bool:
    name = _ALIASES.get(name.lower(), name.lower())
    return name in TEXT_FIELDS or name in VALUE_FIELDS


def year_range(text: str) -> tuple[str, str] | None:
    """("2020", "2024") of "2020..2024", "2020-2024", "2020.." or "2020"; None when neither."""
    match = re.match(r"^(\d{4})?(?:(\.\.|-)(\d{4})?)?$", text.strip())
    if not match or not (match[1] or match[3]):
        return None
    first = match[1] or "0000"
    if not match[2]:
        return first, first
    return first, match[3] or "9999"
