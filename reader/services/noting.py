"""Notes beyond typing: several a paper, free ones, remarks, states brought back, templates.

Every function that takes a Writer is one undoable step on the writer lane.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from reader.domain.fold import index_words
from reader.domain.lists import NoteRow, Template
from reader.domain.paper import Changes, Paper, clean_remark
from reader.library import notes
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.paths import resource

_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def add(writer: Writer, paper: str, text: str = "") -> tuple[str, Changes]:
    """Make a note of a paper, "" for a free one; (its uid, what changed)."""
    with writer.edit("New note") as edit:
        uid = notes.add(edit, paper, text)
    return uid, edit.changes()


def remove(writer: Writer, uid: str, typed: str | None = None) -> Changes:
    """Take a note away; undo brings it back.

    `typed` is its text where some of it was not saved yet: a step of its own, so
    that undo brings back all of it.
    """
    changes = Changes()
    if typed is not None and notes.is_known(writer.connection, uid):
        with writer.edit("Edit note") as edit:
            edit.set("note", uid, "text", typed)
        changes = edit.changes()
    with writer.edit("Delete note") as edit:
        edit.set("note", uid, "deleted", edit.at)
    return changes | edit.changes()


def order(writer: Writer, paper: str, uids: list[str]) -> Changes:
    """Put a paper's notes in an order."""
    with writer.edit("Order notes") as edit:
        notes.order(edit, paper, uids)
    return edit.changes()


def set_remark(writer: Writer, paper: str, text: str) -> Changes:
    """Give a paper its one-line remark, "" for none."""
    with writer.edit("Change remark") as edit:
        edit.set("paper", paper, "remark", clean_remark(text))
    return edit.changes()


def bring_back(writer: Writer, note: str, text: str) -> Changes:
    """Give a note the text of an earlier state; what it is now stays in its timeline."""
    with writer.edit("Bring back note") as edit:
        edit.set("note", note, "deleted", None)
        edit.set("note", note, "text", text)
    return edit.changes()


def put_template(writer: Writer, kind: str, name: str, text: str) -> Changes:
    """Write a template ("note" or "annotations"), over one of the same name."""
    with writer.edit("Change template") as edit:
        notes.put_template(edit, kind, name, text)
    return edit.changes()


def remove_template(writer: Writer, uid: str) -> Changes:
    """Take a template away; a built-in one of its name is seen again."""
    with writer.edit("Delete template") as edit:
        edit.set("template", uid, "deleted", edit.at)
    return edit.changes()


def templates(reader: Reader, kind: str) -> list[Template]:
    """The templates of a kind by name: the built-in ones, and the reader's over them."""
    named = {
        _name(path): Template("", _name(path), path.read_text("utf-8"))
        for path in resource("templates").glob(f"{kind}-*.md")
    }
    named |= {own.name: own for own in reader.templates(kind)}
    return [named[name] for name in sorted(named, key=str.casefold)]


def _name(path: Path) -> str:
    return path.stem.partition("-")[2].replace("-", " ").capitalize()


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its places filled: {{title}}, {{date}}, ...; unknown places stay."""
    return _PLACE.sub(lambda match: values.get(match[1].lower(), match[0]), template)


def free_notes(reader: Reader, text: str = "") -> list[NoteRow]:
    """The free notes that hold every word of a text, the last changed first."""
    wanted = set(index_words(text))
    return [note for note in reader.notes_of("") if wanted <= set(index_words(note.text))]


def of_paper(paper: Paper | None, today: date) -> dict[str, str]:
    """What the places of a note's template mean for a paper, or for none."""
    if paper is None:
        return {"date": today.isoformat()}
    return {
        "date": today.isoformat(),
        "title": " ".join(paper.title.split()),
        "authors": ", ".join(author.name for author in paper.authors),
        "year": paper.published[:4],
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv_id,
    }
