"""Annotations as they stand in a note: words quoted, areas as pictures, each with the link to its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.domain.errors import ReaderError
from reader.domain.marking import Annotation, Kind, pages_of
from reader.domain.note_links import Place, address
from reader.domain.paper import Changes
from reader.domain.value import dataclass
from reader.formats.markdown import escape
from reader.formats.text import one_line
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import PageLabels
from reader.services import note_pictures
from reader.services.markdown_export import draw

_WAIT = 60.0  # longer than every deadline of the engine
_LABEL = 24  # characters


@dataclass(frozen=True, slots=True)
class Quoted:
    """An annotation with the name of its page, or "3–4" of its pages, and, of an area, its picture (PNG) if it could be had."""

    annotation: Annotation
    label: str
    picture: bytes = b""


def gather(reader: Reader, engine: Engine, uids: Sequence[str]) -> list[Quoted]:
    """What a note needs of some annotations; the engine's background child opens their files.

    For a worker: each file may take as long as the engine allows.  A file that
    cannot be read leaves the number of the page, and no picture.  Raises
    NotFoundError for an annotation that is not there.
    """
    found = [reader.annotation(uid) for uid in uids]
    made: dict[str, Quoted] = {}
    for slot in dict.fromkeys(one.attachment for one in found):
        mine = [one for one in found if one.attachment == slot]
        held = reader.place_of_slot(slot)
        path = reader.file_of(held[1]) if held is not None else None
        made |= {it.annotation.uid: it for it in _of_file(engine, path, mine)}
    return [made[uid] for uid in dict.fromkeys(uids)]


def _of_file(engine: Engine, path: Path | None, mine: Sequence[Annotation]) -> list[Quoted]:
    document = _opened(engine, path) if path is not None else None
    if document is None:
        return [Quoted(one, pages_of(one, lambda page: str(page + 1))) for one in mine]
    try:
        labels = _labels(engine, document)
        return [
            Quoted(
                one,
                pages_of(one, lambda page: labels.label(page)[:_LABEL]),
                _picture(engine, document, one),
            )
            for one in mine
        ]
    finally:
        engine.forget(document)


def _opened(engine: Engine, path: Path) -> Document | None:
    try:
        return engine.open(path, background=True).result(_WAIT)
    except (ReaderError, OSError):
        return None


def _labels(engine: Engine, document: Document) -> PageLabels:
    try:
        return engine.labels(document).result(_WAIT)
    except ReaderError:
        return PageLabels()


def _picture(engine: Engine, document: Document, one: Annotation) -> bytes:
    if one.kind is not Kind.AREA or not one.placed:
        return b""
    try:
        return draw(engine, document, one)
    except ReaderError:
        return b""


def quotation(one: Annotation, label: str, link: str, picture: str = "") -> str:
    """An annotation in Markdown: its picture or its words, the link to its page, its comment."""
    words = " ".join(one.quote.split())
    sign = "p." if len(one.parts) == 1 else "pp."
    where = f"([{sign} {escape(one_line(label))}]({link}))"
    if picture:
        lines = [picture, where]
    else:
        lines = [f"> {words} {where}"] if words else [where]
    if one.comment.strip():
        lines += ["", one.comment.strip()]
    return "\n".join(lines)


def written(writer: Writer, paper: str, note: str, found: Sequence[Quoted]) -> tuple[str, Changes]:
    """Keep the pictures with a note (`paper` is "" for a free one); (its new text, what changed)."""
    pieces: list[str] = []
    changes = Changes()
    for it in found:
        picture = ""
        if it.picture:
            name, kept = note_pictures.keep(writer, paper, note, it.picture, ".png")
            picture = note_pictures.named(name)
            changes |= kept
        link = address(Place("annotation", it.annotation.uid))
        pieces.append(quotation(it.annotation, it.label, link, picture))
    return "\n\n".join(pieces), changes
