"""What the Markdown writer did to texts, undone: the way of a note back into the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from reader.domain.fold import title_key
from reader.domain.note_links import CODE, SCHEME, links_in
from reader.formats.markdown import PICTURE, Fences, lowered
from reader.formats.text import printable

_DEEPER = re.compile(r"^(#{2,6})(?=\s|$)")
_END = re.compile(r"<!-- note ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) -->[ \t]*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TO_FILE = re.compile(r"(?<!!)\[((?:[^\[\]\\\n]|\\.)+)\]\(<([^<>\n#:]+\.md)>\)")
_TO_PAGE = re.compile(
    rf"\]\(<[^<>\n]*#page=\d+&({SCHEME})=([a-z]+/[0-9a-f-]{{36}}(?:\?[\w=&%-]*)?)>\)"
)
_BRACKETS = re.compile(r"[\[\]|]")
_KEPT_BESIDE = re.compile(r"(!\[[^\[\]\n]*\]\()<pictures/([^<>/\n]+)>\)")


def outside_code(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of a text, each with whether it is outside of fenced code."""
    fences = Fences()
    for line in text.split("\n"):
        yield line, not fences.take(line)


def raised(note: str, by: int) -> str:
    """A note with its headings that many levels higher."""
    lines: list[str] = []
    for line, outside in outside_code(note):
        found = _DEEPER.match(line) if outside else None
        lines.append(line[min(by, len(found[1]) - 1) :] if found else line)
    return "\n".join(lines)


def ends(text: str) -> Iterator[tuple[str, str]]:
    """(text, uid) of the notes that were written one behind the other.

    What stands behind the last comment, as of a file without one, has no uid.
    """
    lines: list[str] = []
    for line, outside in outside_code(text):
        found = _END.fullmatch(line) if outside else None
        if found is None:
            lines.append(line)
            continue
        yield "\n".join(lines).strip("\n"), found[1]
        lines = []
    if rest := "\n".join(lines).strip("\n"):
        yield rest, ""


def unescaped(text: str) -> str:
    """Plain text out of what `markdown.escape` made of it."""
    return _ESCAPED.sub(r"\1", text)


def places_back(note: str) -> str:
    """The note with its links to pages of files as the addresses they were."""
    return _TO_PAGE.sub(lambda found: f"]({found[1]}://{found[2]})", note)


def pictures_back(note: str) -> tuple[str, list[str]]:
    """The note with the pictures that were copied beside it by their own names, and these."""
    names: list[str] = []

    def named(found: re.Match[str]) -> str:
        name = unquote(found[2])
        names.append(name)
        return f"{found[1]}<{name}>)" if " " in name else f"{found[1]}{name})"

    return _KEPT_BESIDE.sub(named, note), list(dict.fromkeys(names))


def links_back(note: str, title_of: Callable[[str], str]) -> str:
    """The note with its links to files of papers as [[links]] again.

    `title_of(address)` is the title of the paper in that file, "" where it is none.
    """
    code = [match.span() for match in CODE.finditer(note)]

    def linked(found: re.Match[str]) -> str:
        hidden = any(start <= found.start() < end for start, end in code)
        title = "" if hidden else _BRACKETS.sub(" ", title_of(unquote(found[2])))
        words = unescaped(found[1])
        if not title or _BRACKETS.search(words):
            return found[0]
        same = title_key(words) == title_key(title)
        return f"[[{words}]]" if same else f"[[{title}|{words}]]"

    return _TO_FILE.sub(linked, note)


def essence(note: str) -> str:
    """What is left of a note on every way out and back: two of one essence are the same."""
    note = raised(lowered(printable(note), 2), 2)
    pieces: list[str] = []
    at = 0
    for link in links_in(note):
        if link.kind == "title":
            words = note[link.start + 2 : link.end - 2].rpartition("|")[2].strip() or link.words
            pieces += [note[at : link.start], f"[[{link.target}|{words}]]"]
            at = link.end
    text = "".join(pieces) + note[at:]
    text = PICTURE.sub(lambda it: f"![{it[1]}]({unquote(it[2] or it[3])})", text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
