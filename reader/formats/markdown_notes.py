"""Notes from Markdown files: the reader's own from another program, or what `export` wrote.

What `export` wrote comes back as the paper it was written from, with its notes, or
as the free note.  Of any other file the text is a note: the paper it is about is told by
its front matter (id, doi, arxiv, title), else by its first heading, else by the
file's name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from reader.domain.errors import InputError
from reader.domain.paper import (
    Attachment,
    Author,
    Edition,
    Note,
    Paper,
    ReadingState,
    iso_date,
    normal_arxiv,
    normal_doi,
)
from reader.domain.people import parse_name
from reader.formats.base import FreeNote, Parsed
from reader.formats.links import web_link
from reader.formats.markdown import BETWEEN, FREE
from reader.formats.markdown_back import (
    ends,
    outside_code,
    pictures_back,
    places_back,
    raised,
    unescaped,
)
from reader.formats.text import decode, one_line, whole

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z][\w -]*):[ \t]*(.*)$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$")
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_STATE = re.compile(r"^state: (?:unread|reading|read)$", re.MULTILINE)
_ID = re.compile(r"^- Id: (\S+)$", re.MULTILINE)
_FACT = re.compile(r"^- ([A-Z][a-zA-Z]*): (?:\[([^\[\]]*)\]\(<.*>\)|<([^<>\s]+)>|(.+))$")
_LONGEST = 2000


class MarkdownNotes:
    """Reads the note of a Markdown file, and whole papers where the program wrote the file."""

    name = "notes"
    title = "Notes in Markdown"
    endings = (".md", ".markdown")

    def sniff(self, data: bytes, filename: str) -> bool:
        """Never: any text is Markdown, so this format is only read when it is asked for."""
        del data, filename
        return False

    def parse(self, data: bytes, filename: str) -> Parsed:
        text = whole(decode(data))
        front = _FRONT.match(text)
        facts = _facts(front[1]) if front else {}
        body = text[front.end() :] if front else text
        if front and _is_ours(front[1]):
            return Parsed((_of_front(facts, body),))
        if not front and (ours := _document(body)):
            return ours
        if any(uid for _, uid in ends(text)):
            return Parsed((), notes=tuple(_free(text, 0)))
        heading = _TITLE.search(body)
        title = facts.get("title", [""])[0] or (heading[1] if heading else "")
        title = one_line(title or PurePath(filename).stem)[:_LONGEST]
        if not title:
            raise InputError("The note has no title and the file no name.", "Give it a heading.")
        note = body.strip("\n") if body.strip() else ""
        if not note:
            raise InputError("The file holds no note.", "Write something into it.")
        about = Paper(title, facts.get("id", [""])[0], editions=_editions(_identifiers(facts)))
        return Parsed((), notes=(FreeNote(Note(text=note), about=about),))


def title_in(text: str) -> str:
    """The title of the paper that the program wrote this file of, "" for any other file."""
    front = _FRONT.match(text)
    if front is None or not _is_ours(front[1]):
        return ""
    return one_line(_facts(front[1]).get("title", [""])[0])


def _is_ours(front: str) -> bool:
    return bool(_STATE.search(front)) and "\nid: " in f"\n{front}"


def _facts(front: str) -> dict[str, list[str]]:
    """The keys of front matter with their values: plain ones and lists of plain ones.

    Whatever else YAML may hold tells nothing about a paper and is passed over.
    """
    found: dict[str, list[str]] = {}
    key = ""
    for line in front.splitlines():
        if match := _KEY.match(line):
            key = match[1].strip().lower()
            inner = match[2].strip()
            values = inner[1:-1].split(",") if re.fullmatch(r"\[.*\]", inner) else [inner]
            found[key] = [value for it in values if (value := _plain(it))]
        elif key and (match := _ITEM.match(line)):
            found[key] += [value] if (value := _plain(match[1])) else []
    return {key: values for key, values in found.items() if values}


def _plain(text: str) -> str:
    text = text.strip()
    if text[:1] == '"':
        try:
            return whole(str(json.loads(text)))
        except ValueError:
            return text.strip('"')
    return text[1:-1].replace("''", "'") if re.fullmatch(r"'.*'", text) else text


def _identifiers(facts: dict[str, list[str]]) -> Edition:
    given = facts.get("doi", []) + facts.get("arxiv", []) + facts.get("arxiv_id", [])
    return Edition(
        doi=next((it for it in map(normal_doi, given) if it), ""),
        arxiv_id=next((it for it in map(normal_arxiv, given) if it), ""),
    )


def _editions(one: Edition) -> tuple[Edition, ...]:
    return (one,) if one != Edition() else ()


def _of_front(facts: dict[str, list[str]], body: str) -> Paper:
    """A paper that has a file of its own."""
    return _paper(
        facts,
        body,
        [parse_name(name) for name in facts.get("authors", [])],
        facts.get("starred") == ["true"],
    )


def _paper(
    facts: dict[str, list[str]], body: str, authors: Sequence[Author], starred: bool
) -> Paper:
    parts = _sections(body)
    pictures: list[str] = []
    notes: list[Note] = []
    for text, uid in ends(parts.get("## Notes", "")):
        text, named = pictures_back(places_back(raised(text, 2)))
        notes.append(Note(uid, text))
        pictures += named
    rows = (_FACT.match(line) for line in parts[""].split("\n"))
    links = (web_link(row[3]) for row in rows if row and row[3])
    edition = replace(
        _identifiers(facts),
        published=iso_date(facts.get("published", [""])[0]),
        venue=facts.get("venue", [""])[0],
    )
    return Paper(
        one_line(facts.get("title", [""])[0])[:_LONGEST] or "Untitled",
        facts.get("id", [""])[0],
        tuple(authors),
        unescaped(parts.get("## Abstract", "").strip("\n")),
        _editions(edition),
        tuple(link for link in links if link),
        tuple(facts.get("tags", [])),
        tuple(facts.get("collections", [])),
        ReadingState(facts["state"][0]) if _is_state(facts) else ReadingState.UNREAD,
        starred,
        facts.get("remark", [""])[0],
        tuple(notes),
        tuple(Attachment(path=name, role="picture") for name in dict.fromkeys(pictures)),
    )


def _is_state(facts: dict[str, list[str]]) -> bool:
    return facts.get("state", [""])[0] in (state.value for state in ReadingState)


def _sections(body: str) -> dict[str, str]:
    """What stands under the headings that the writer sets, and under "" what is above them."""
    ours = ("## Abstract", "## Notes", "## Annotations")
    found: dict[str, list[str]] = {"": []}
    now = ""
    for line, outside in outside_code(body):
        if outside and line in ours and line not in found and now != ours[-1]:
            now = line
            found[now] = []
        else:
            found[now].append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def _document(body: str) -> Parsed | None:
    """Papers and free notes out of one document, None when the program did not write it."""
    papers: list[Paper] = []
    free: list[FreeNote] = []
    for part in _parts(body):
        head, _, rest = part.partition("\n")
        id_row = _ID.search(_sections(rest)[""])
        if head.startswith("# ") and id_row and not free:
            papers.append(_of_rows(head[2:], rest))
        elif head == f"# {FREE}" and not free:
            free += _free(rest, 1)
        else:
            return None
    return Parsed(tuple(papers), notes=tuple(free)) if papers or free else None


def _parts(body: str) -> Iterator[str]:
    """The papers of one document and its free notes: each begins with a heading of the first level."""
    lines: list[str] = []
    for line, outside in outside_code(body):
        if (
            outside
            and line.startswith("# ")
            and (not lines or lines[-3:] == BETWEEN.split("\n")[:3])
        ):
            if lines:
                yield "\n".join(lines[:-3])
            lines = []
        lines.append(line)
    if lines:
        yield "\n".join(lines)


def _free(text: str, by: int) -> Iterator[FreeNote]:
    """The free notes of a text, whose headings stand that many levels lower."""
    for number, (note, uid) in enumerate(ends(text)):
        note = note.removeprefix(BETWEEN.strip("\n")) if number else note
        note, named = pictures_back(places_back(raised(note.strip("\n"), by)))
        yield FreeNote(Note(uid, note), tuple(Attachment(path=it, role="picture") for it in named))


def _of_rows(title: str, body: str) -> Paper:
    """A paper out of a document of several, whose facts are told in rows."""
    facts: dict[str, list[str]] = {"title": [unescaped(title)]}
    above = _sections(body)[""].strip("\n")
    for line in above.split("\n"):
        if row := _FACT.match(line):
            facts.setdefault(row[1].lower(), [unescaped(row[2] or row[3] or row[4])])
    facts["published"] = facts.pop("date", [])
    state, _, star = facts.get("state", [""])[0].partition(", ")
    facts["state"] = [state.lower()]
    for key in ("tags", "collections"):
        facts[key] = [it for given in facts.get(key, []) for it in given.split(", ")]
    names = "" if above.startswith("- ") else unescaped(above.partition("\n")[0])
    authors = [parse_name(name) for name in names.split(", ") if name]
    return _paper({key: it for key, it in facts.items() if it}, body, authors, star == "starred")
