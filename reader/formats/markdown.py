"""Papers as Markdown for reading, printing and other programs: written, not read back.

The same papers always give the same text.  What people and pages wrote is
escaped where it would change the structure; the reader's notes are Markdown
already, and only their headings move below the paper's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.domain.paper import Edition, Paper
from reader.formats.text import one_line, whole

_STATES = {"unread": "Unread", "reading": "Reading", "read": "Read"}
_INLINE = re.compile(r"([\\`*_\[\]<>|~])")
# What opens a block at the start of a line: headings, quotes, lists, rules, tables.
_BLOCK = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|>|:(?=\s))", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$")


class MarkdownWriter:
    """Writes papers as one Markdown document."""

    name = "markdown"
    title = "Markdown"
    ending = ".md"

    def write(self, papers: Iterable[Paper]) -> Iterator[str]:
        separator = ""
        for paper in papers:
            yield separator + whole(_document(paper))
            separator = "\n---\n\n"


def _document(paper: Paper) -> str:
    parts = [f"# {escape(one_line(paper.title)) or 'Untitled'}\n"]
    if paper.authors:
        parts.append(", ".join(escape(one_line(author.name)) for author in paper.authors) + "\n")
    parts.append("\n".join(f"- {row}" for row in _facts(paper)) + "\n")
    if abstract := _paragraphs(paper.abstract):
        parts.append(f"## Abstract\n\n{abstract}\n")
    notes = [note.text.strip("\n") for note in paper.notes if note.text.strip()]
    if notes:
        parts.append("## Notes\n\n" + "\n\n".join(_lowered(note) for note in notes) + "\n")
    return "\n".join(parts)


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


def _lowered(note: str) -> str:
    """A note with its headings two levels lower and its open code block closed."""
    lines: list[str] = []
    fence = ""
    for line in note.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if match := _FENCE.match(line):
            mark = match[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif not fence and (match := _HEADING.match(line)):
            marks = "#" * min(len(match[1]) + 2, 6)
            line = marks + line[match.end() :]
        elif not fence and _UNDERLINE.match(line) and lines and lines[-1].strip():
            # An underlined heading, or a rule that would make one of the line above.
            lines.append("")
            line = "* * *"
        lines.append(line)
    if fence:
        lines.append(fence)
    return "\n".join(lines)
