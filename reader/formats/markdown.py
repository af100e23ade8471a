"""Papers as Markdown for reading, printing and other programs; `markdown_notes` reads it back.

The same papers always give the same text.  What people and pages wrote is
escaped where it would change the structure; the reader's notes are Markdown
already, and only their headings move below the paper's.  Each note ends in a
comment, which no program shows, with its uid.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from pathlib import PurePath
from urllib.parse import quote, unquote

from reader.domain.marking import Annotation
from reader.domain.marking_groups import Around, grouped
from reader.domain.note_links import NoteLink, links_in, place_of
from reader.domain.paper import Attachment, Edition, Note, Paper
from reader.domain.value import dataclass
from reader.formats.base import FreeNote
from reader.formats.text import one_line, printable

_STATES = {"unread": "Unread", "reading": "Reading", "read": "Read"}
_INLINE = re.compile(r"([\\`*_\[\]<>|~])")
# What opens a block at the start of a line: headings, quotes, lists, rules, tables.
_BLOCK = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|>|:(?=\s))", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s|$)")
PICTURE = re.compile(r"!\[([^\[\]\n]*)\]\((?:<([^<>\n]+)>|([^()<>\n]+))\)")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$")

BETWEEN = "\n---\n\n"  # papers of one document
FREE = "Notes"  # the heading of the notes of no paper in one document


@dataclass(frozen=True, slots=True)
class Telling:
    """How a paper is told: how its annotations are grouped, where its files and pictures are.

    `address(file)` is the address of an attachment, `picture(annotation)` that
    of its picture, `paper(title key)` that of another paper's file, `note_picture(name)`
    that of a picture in a note, `place(link)` that of a page in a file; "" for none.
    """

    grouping: str = "page"
    around: Around = field(default_factory=Around)
    address: Callable[[Attachment], str] = lambda file: quote(file.path)
    picture: Callable[[Annotation], str] = lambda _: ""
    paper: Callable[[str], str] = lambda _: ""
    note_picture: Callable[[str], str] = lambda _: ""
    place: Callable[[NoteLink], str] = lambda _: ""


class MarkdownWriter:
    """Writes papers as one Markdown document; `document` one paper as a file of its own."""

    name = "markdown"
    title = "Markdown"
    ending = ".md"

    def __init__(self, telling: Telling | None = None) -> None:
        self._telling = telling or Telling()

    def write(self, papers: Iterable[Paper], notes: Iterable[FreeNote] = ()) -> Iterator[str]:
        separator = ""
        for paper in papers:
            yield separator + printable(_paper(paper, self._telling, _facts(paper)))
            separator = BETWEEN
        heading = f"# {FREE}\n\n"
        for free in notes:
            if free.note.text.strip():
                yield separator + heading + printable(_ended(free.note, self._telling, 1) + "\n")
                separator, heading = BETWEEN, ""

    def document(self, paper: Paper) -> str:
        """One paper with YAML front matter, as note-taking programs read it."""
        facts = (
            f"{link.kind.capitalize() or 'Link'}: {_address(link.url)}" for link in paper.links
        )
        return front_matter(paper) + "\n" + printable(_paper(paper, self._telling, facts))

    def free_note(self, note: Note) -> str:
        """A note of no paper: its own text, with links and pictures that lead somewhere."""
        return printable(_ended(note, self._telling, 0) + "\n")


def _paper(paper: Paper, telling: Telling, facts: Iterable[str]) -> str:
    telling = replace(telling, place=lambda link: _page_of(link, paper, telling.address))
    parts = [f"# {escape(one_line(paper.title)) or 'Untitled'}\n"]
    if paper.authors:
        parts.append(", ".join(escape(one_line(author.name)) for author in paper.authors) + "\n")
    rows = [f"- {row}" for row in facts]
    rows += [
        f"- File: [{escape(PurePath(file.path).name)}](<{telling.address(file)}>)"
        for file in paper.attachments
        if file.role != "picture"
    ]
    if rows:
        parts.append("\n".join(rows) + "\n")
    if paper.remark:
        parts.append(f"**{escape(one_line(paper.remark))}**\n")
    if abstract := _paragraphs(paper.abstract):
        parts.append(f"## Abstract\n\n{abstract}\n")
    notes = [_ended(note, telling, 2) for note in paper.notes if note.text.strip()]
    if notes:
        parts.append("## Notes\n\n" + "\n\n".join(notes) + "\n")
    if paper.annotations:
        parts.append("## Annotations\n\n" + "\n".join(_annotations(paper, telling)))
    return "\n".join(parts)


def pictures_in(note: str) -> list[str]:
    """The names of the pictures that a note shows, each once."""
    return list(dict.fromkeys(_named(found) for found in PICTURE.finditer(note)))


def _ended(note: Note, telling: Telling, by: int) -> str:
    """A note with its headings that many levels lower, and the comment that tells which it was."""
    text = lowered(_linked(note.text, telling).strip("\n"), by)
    return f"{text}\n\n<!-- note {note.uid} -->" if note.uid else text


def _named(picture: re.Match[str]) -> str:
    return unquote(picture[2] or picture[3])


def _linked(note: str, telling: Telling) -> str:
    """The note with links to papers and pages led to their files, and its pictures found."""

    def pictured(found: re.Match[str]) -> str:
        address = telling.note_picture(_named(found))
        return f"![{found[1]}](<{address}>)" if address else found[0]

    note = PICTURE.sub(pictured, note)
    pieces: list[str] = []
    at = 0
    for link in links_in(note):
        if link.kind == "title" and (address := telling.paper(link.target)):
            words = note[link.start + 2 : link.end - 2].rpartition("|")[2].strip() or link.words
            pieces += [note[at : link.start], f"[{escape(words)}](<{address}>)"]
            at = link.end
        elif _is_target(note, link) and (address := telling.place(link)):
            pieces += [note[at : link.start], f"<{address}>"]
            at = link.end
    return "".join(pieces) + note[at:]


def _is_target(note: str, link: NoteLink) -> bool:
    """Whether a link's address is all that stands in the brackets behind [words]."""
    before = note[max(link.start - 2, 0) : link.start]
    return before == "](" and note.startswith(")", link.end)


def _page_of(link: NoteLink, paper: Paper, address: Callable[[Attachment], str]) -> str:
    """The page of a paper's own file that a link leads to, and behind it the link itself."""
    place = place_of(link.words)
    slot, page = (place.uid, place.page) if place else ("", None)
    if link.kind == "annotation":
        marked = [it for it in paper.annotations if it.uid == slot]
        slot, page = (marked[0].attachment, marked[0].page) if marked else ("", None)
    elif link.kind == "paper" and slot == paper.uid and paper.documents:
        slot = paper.documents[0].uid
    file = next((it for it in paper.documents if it.uid == slot != ""), None)
    if file is None or not (found := address(file)):
        return ""
    return f"{found}#page={(page or 0) + 1}&{link.words.replace('://', '=')}"


def _annotations(paper: Paper, telling: Telling) -> Iterator[str]:
    files = {file.uid: file for file in paper.attachments}
    several = len({annotation.attachment for annotation in paper.annotations}) > 1
    for slot in dict.fromkeys(annotation.attachment for annotation in paper.annotations):
        mine = [it for it in paper.annotations if it.attachment == slot]
        address = telling.address(files[slot]) if slot in files else ""
        depth = "###"
        if several:
            yield f"### {escape(PurePath(files[slot].path).name) if slot in files else 'A file'}\n"
            depth = "####"
        for title, group in grouped(mine, telling.grouping, telling.around):
            yield f"{depth} {escape(one_line(title))}\n"
            for annotation in group:
                yield "\n\n".join(_annotation(annotation, address, telling)) + "\n"


def _annotation(annotation: Annotation, address: str, telling: Telling) -> Iterator[str]:
    label = escape(one_line(telling.around.label(annotation)))
    if annotation.quote.strip():
        yield "> " + escape(" ".join(annotation.quote.split()))
    if picture := telling.picture(annotation):
        yield f"![Page {label}](<{picture}>)"
    if annotation.comment.strip():
        yield lowered(_linked(annotation.comment.strip("\n"), telling), by=4)
    place = f"{'page' if len(annotation.parts) == 1 else 'pages'} {label}"
    if address:
        place = f"[{place}](<{address}#page={annotation.page + 1}>)"
    if not annotation.placed:
        place = "not placed"
    facts = [escape(one_line(telling.around.meaning(annotation))), annotation.kind.value, place]
    if annotation.card:
        facts.insert(0, f"**{escape(one_line(annotation.card))}**")
    facts += [f"#{_tag(tag)}" for tag in annotation.tags]
    yield " · ".join(facts)


def _tag(name: str) -> str:
    return re.sub(r"[^\w/-]+", "-", name).strip("-")


def front_matter(paper: Paper) -> str:
    """The paper's facts as YAML: every text in double quotes, which JSON's are as well."""
    lines = [f"title: {_yaml(one_line(paper.title))}"]
    if paper.authors:
        lines.append("authors:")
        lines += [f"  - {_yaml(one_line(author.name))}" for author in paper.authors]
    for key, value in (
        ("published", paper.published),
        ("venue", one_line(paper.venue)),
        ("doi", paper.doi),
        ("arxiv", paper.arxiv_id),
    ):
        if value:
            lines.append(f"{key}: {_yaml(value)}")
    lines.append(f"id: {_yaml(paper.uid)}")
    lines.append(f"state: {paper.reading_state.value}")
    if paper.starred:
        lines.append("starred: true")
    for key, values in (("tags", paper.tags), ("collections", paper.collections)):
        if values:
            lines.append(f"{key}:")
            lines += [f"  - {_yaml(one_line(value))}" for value in values]
    if paper.remark:
        lines.append(f"remark: {_yaml(one_line(paper.remark))}")
    return printable("---\n" + "\n".join(lines) + "\n---\n")


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _facts(paper: Paper) -> Iterator[str]:
    if paper.published:
        yield f"Date: {escape(paper.published)}"
    if paper.venue:
        yield f"Venue: {escape(one_line(paper.venue))}"
    yield from _identifiers(paper.editions)
    state = _STATES[paper.reading_state.value]
    yield f"State: {state}, starred" if paper.starred else f"State: {state}"
    if paper.tags:
        yield "Tags: " + ", ".join(escape(one_line(tag)) for tag in paper.tags)
    if paper.collections:
        yield "Collections: " + ", ".join(escape(one_line(it)) for it in paper.collections)
    for entry in paper.pages:
        date = f", {escape(one_line(entry.date))}" if entry.date else ""
        yield f"Page: {escape(one_line(entry.page))}{date}, number {entry.position}"
    for link in paper.links:
        yield f"{link.kind.capitalize() or 'Link'}: {_address(link.url)}"
    if paper.uid:
        yield f"Id: {escape(paper.uid)}"


def _identifiers(editions: tuple[Edition, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for edition in editions:
        rows: list[str] = []
        if edition.doi:
            rows.append(f"DOI: {_address(f'https://doi.org/{edition.doi}', edition.doi)}")
        if edition.arxiv_id:
            rows.append(
                f"arXiv: {_address(f'https://arxiv.org/abs/{edition.arxiv_id}', edition.arxiv_id)}"
            )
        for row in rows:
            if row not in seen:
                seen.add(row)
                yield row


def _address(url: str, text: str = "") -> str:
    """A link that cannot break out of its brackets."""
    if re.search(r"[\s<>\x00-\x1f\x7f]", url):
        return escape(one_line(url))
    return f"[{escape(text)}](<{url}>)" if text else f"<{url}>"


def escape(text: str) -> str:
    """Plain text with Markdown's marks escaped, so that it shows as it is."""
    text = _INLINE.sub(r"\\\1", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    text = _BLOCK.sub(r"\1\\\2", text)
    return _NUMBERED.sub(r"\1\\\2", text)


def _paragraphs(text: str) -> str:
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    return escape("\n".join(lines)).strip("\n")


class Fences:
    """Which lines of a text, given one after the other, belong to a fenced block of code."""

    def __init__(self) -> None:
        self.open = ""  # the mark that opened the block that is not closed yet

    def take(self, line: str) -> bool:
        """Whether the line is one of such a block, its fences included."""
        inside = bool(self.open)
        if match := _FENCE.match(line):
            mark = match[1]
            if not self.open:
                self.open = mark
            elif mark.startswith(self.open) and not line.strip().strip(mark[0]):
                self.open = ""
            return True
        return inside


def lowered(note: str, by: int = 2) -> str:
    """A note with its headings that many levels lower and its open code block closed."""
    lines: list[str] = []
    fences = Fences()
    for line in note.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if fences.take(line) or not by:
            lines.append(line)
        elif match := _HEADING.match(line):
            lines.append("#" * min(len(match[1]) + by, 6) + line[match.end() :])
        elif _UNDERLINE.match(line) and lines and lines[-1].strip():
            # An underlined heading, or a rule that would make one of the line above.
            lines += ["", "* * *"]
        else:
            lines.append(line)
    if fences.open:
        lines.append(fences.open)
    return "\n".join(lines)
