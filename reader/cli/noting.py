"""Commands about notes: list them, give a paper its remark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from reader.cli.session import Session, WordsCommand, say, say_json_list
from reader.domain.lists import NoteRow, Scope
from reader.library.reading import Reader
from reader.services import noting
from reader.services.pdf_facts import plain_text


@click.command("notes", cls=WordsCommand)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="Whole notes as a JSON array.")
@click.pass_obj
def notes(session: Session, query: tuple[str, ...], as_json: bool) -> None:
    """List notes: of the papers that match, and the free notes that hold all words."""
    text = plain_text(" ".join(query))
    if session.lacks_library():
        if as_json:
            say_json_list(())
        return
    with session.reading(text) as reader:
        found = _found(reader, text)
        if as_json:
            say_json_list(_as_dict(note) for note in found)
            return
        for note in found:
            of = f"  ({' '.join(note.paper_title.split())})" if note.paper else ""
            say(f"{note.uid[:8]}  {note.title or 'Untitled'}{of}")


def _found(reader: Reader, text: str) -> Iterable[NoteRow]:
    if not text.strip():
        return (note for note in reader.all_notes() if note.text)
    return _matching(reader, text)


def _matching(reader: Reader, text: str) -> Iterator[NoteRow]:
    for order in reader.orders(Scope(), text):
        for uid in reader.uids([order]):
            yield from (note for note in reader.notes_of(uid) if note.text)
    yield from noting.free_notes(reader, text)


def _as_dict(note: NoteRow) -> dict[str, Any]:
    return {
        "id": note.uid,
        "paper": note.paper or None,
        "title": note.title,
        "text": note.text,
        "created": note.created,
        "modified": note.modified,
    }


@click.command("remark")
@click.argument("paper", metavar="ID")
@click.argument("text", required=False)
@click.pass_obj
def remark(session: Session, paper: str, text: str | None) -> None:
    """Print a paper's one-line remark, or give it another ("" for none)."""
    with session.reading() as reader:
        uid = reader.resolve(paper)
        present = reader.paper(uid).remark
    if text is None:
        say(present)
        return
    with session.writing() as writer:
        noting.set_remark(writer, uid, plain_text(text))
