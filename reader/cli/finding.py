"""Commands that read what stands in a PDF: find, text."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reader.cli.documents import reading
from reader.cli.session import PathWord, Session, WordsCommand, complain, say, say_json_list
from reader.domain.accents import readable
from reader.domain.annotation import PageGeometry
from reader.domain.errors import InputError, NotFoundError
from reader.library.text_cache import TextCache
from reader.pdf.engine import Document, Engine
from reader.pdf.finding import Query
from reader.pdf.protocol import PdfFailure
from reader.services.pdf_facts import plain_text
from reader.services.texts import DocumentText, Listed, Texts, find_in_documents

_MOST = 1_000_000  # places


@click.command("find", cls=WordsCommand)
@click.argument("file", type=PathWord())
@click.argument("text")
@click.option("--word", is_flag=True, help="Whole words only.")
@click.option("--case", is_flag=True, help="Tell capital letters from small ones.")
@click.option("--regex", is_flag=True, help="TEXT is a regular expression.")
@click.option("--json", "as_json", is_flag=True, help="Pages, quads and lines as JSON.")
@click.pass_context
def find(
    context: click.Context,
    file: Path,
    text: str,
    word: bool,
    case: bool,
    regex: bool,
    as_json: bool,
) -> None:
    """Find TEXT in a PDF, also over line ends and divided words.

    Pages count from 1, in JSON from 0.

    Accents and ligatures do not matter.  Exit 1 when a page could not be read.
    """
    session: Session = context.obj
    query = Query(plain_text(text), words=word, case=case, regex=regex)
    if query.empty:
        raise InputError("There are no words to look for.", "Give some text.")
    with _opened(session, file) as (doc, whole):
        hits = find_in_documents([("", whole)], query, _MOST)
        if as_json:
            frames = _Frames(session.engine, doc)
            say_json_list(_as_json(found, frames.of(found.page)) for found in hits)
        else:
            for found in hits:
                say(f"{found.page + 1}: {found.line.text}")
        context.exit(_tell_damage(whole))


def _as_json(found: Listed[Any], frame: PageGeometry) -> dict[str, Any]:
    quads = [[round(edge, 3) for edge in frame.rect_to_quad(rect)] for rect in found.hit.rects]
    return {"page": found.page, "quads": quads, "line": found.line.text}


@click.command("text")
@click.argument("file", type=PathWord())
@click.option(
    "--page", type=click.IntRange(min=0), help="This page only, counted from 0 as in JSON."
)
@click.pass_context
def text_of(context: click.Context, file: Path, page: int | None) -> None:
    """Print the text of a PDF in reading order: a paragraph a line, a form feed after each page.

    Words divided at line ends are joined.  Exit 1 when a page could not be read.
    """
    session: Session = context.obj
    if page is not None:
        doc = _open(session, file)
        if page >= doc.info.pages:
            raise NotFoundError(
                f"There is no page {page}, counted from 0: the document has {doc.info.pages}."
            )
        found = session.engine.text(doc, page).result()
        say(readable(found.copy(0, len(found.chars))))
        return
    with _opened(session, file) as (doc, whole):
        for number in range(doc.info.pages):
            layout = whole.layout(number)
            end = "\f" if number + 1 < doc.info.pages else ""
            say((readable(layout.copy(0, len(layout.chars))) if layout else "") + end)
        context.exit(_tell_damage(whole))


def _open(session: Session, file: Path) -> Document:
    with reading(file):
        return session.engine.open(file, background=True).result()


@contextlib.contextmanager
def _opened(session: Session, file: Path) -> Iterator[tuple[Document, DocumentText]]:
    """A document and all its text; the library's cache serves where there is a library."""
    doc = _open(session, file)
    cache = TextCache(session.folder) if (session.folder / "library.db").exists() else None
    texts = Texts(session.engine, cache)
    try:
        yield doc, texts.read(doc).result()
    finally:
        texts.close()


def _tell_damage(whole: DocumentText) -> int:
    """Name the pages that could not be read; the exit code."""
    lost = [str(number) for number, page in enumerate(whole.book.pages, 1) if page is None]
    if lost:
        complain(f"Pages that could not be read: {', '.join(lost)}")
    return 1 if lost else 0


class _Frames:
    """The boxes of a document's pages, asked for as they are needed."""

    def __init__(self, engine: Engine, doc: Document) -> None:
        self._engine = engine
        self._doc = doc
        self._known = dict(enumerate(doc.info.geometry))

    def of(self, page: int) -> PageGeometry:
        if page not in self._known:
            count = self._engine.limits.geometry
            try:
                frames = self._engine.geometry(self._doc, page, count).result()
            except PdfFailure:
                frames = (PageGeometry(),)
            self._known.update(enumerate(frames, page))
        return self._known[page]
