"""Annotations placed by words: a quote on a page, and what the reader puts in its place by hand."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from reader.domain.annotation import PageGeometry
from reader.domain.errors import NotFoundError
from reader.domain.marking import Annotation, Kind, Part
from reader.domain.paper import Attachment, Changes
from reader.domain.value import dataclass
from reader.library import slots
from reader.library.annotations import load
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.pdf.anchor import Candidate, Letters, Replacer, Side, occurrences, squeeze
from reader.pdf.anchor.boxes import moved_to
from reader.pdf.anchor.letters import fold
from reader.pdf.anchor.places import parts_of
from reader.pdf.engine import Engine
from reader.pdf.evidence import evidence
from reader.pdf.hyphens import Words
from reader.pdf.protocol import PageText
from reader.services.import_plan import Progress
from reader.services.sides import Opened
from reader.services.texts import Texts

_WAIT = 60.0
_NOTE = 18.0  # points; the side of a sticky note
_MOST = 1_000
_NAMED = 5  # pages named where a quote is elsewhere


@dataclass(frozen=True, slots=True)
class Quoted:
    """A draft over a quote, and how often the quote stands on its page."""

    draft: Annotation
    times: int


def on_quote(
    engine: Engine, texts: Texts, path: Path, page: int, wanted: Annotation, slot: Attachment
) -> Quoted:
    """Put a draft over the first place of its quote that begins on a page (0-based).

    `path` is the file that the slot holds.  Line ends, hyphens and ligatures do not
    matter; case and accents only where the quote stands with them.  NotFoundError
    says on which other pages it is.
    """
    opened = Opened(engine, path)
    try:
        pages = opened.doc.info.pages
        if not 0 <= page < pages:
            raise NotFoundError(
                f"There is no page {page}, counted from 0: the document has {pages}."
            )
        around = _Around(engine, opened, page)
        side = Side(around.letters, around.text_of, opened.frame_of)
        places = _places(around.letters, squeeze(wanted.quote), page)
        if not places:
            raise _elsewhere(texts, opened, wanted.quote)
        words = parts_of(side, places[:1])
        parts = _of_kind(wanted.kind, words, opened.frame_of)
        covered = evidence(around.text_of, opened.frame_of, Kind.HIGHLIGHT, words)
        found = evidence(around.text_of, opened.frame_of, wanted.kind, parts)
        draft = replace(wanted, parts=parts, attachment=slot.uid, sha256=slot.sha256)
        draft = replace(found, quote=covered.quote).kept_by(draft)
        return Quoted(draft, len(places))
    finally:
        opened.close()


class _Around:
    """A page with its neighbours: a quote may run on, and its context is read from them."""

    def __init__(self, engine: Engine, opened: Opened, page: int) -> None:
        pages = opened.doc.info.pages
        words = Words()
        self._texts = {
            number: engine.text(opened.doc, number).result(_WAIT).share(words, number)
            for number in range(max(page - 1, 0), min(page + 2, pages))
        }
        self.letters = Letters()
        for number in range(min(page + 2, pages)):
            self.letters.add_page(self._texts.get(number), frozenset())
        self.letters.finish()

    def text_of(self, page: int) -> PageText | None:
        return self._texts.get(page)


def _places(letters: Letters, quote: str, page: int) -> list[tuple[int, int]]:
    """The stretches of letters that are the quote and begin on a page."""
    first, end = letters.on_page(page)

    def here(at: int) -> bool:
        return first <= at < end

    exact = islice(filter(here, occurrences(letters.text, quote)), _MOST)
    if found := [(at, at + len(quote)) for at in exact]:
        return found
    text, way = letters.folded()
    alike = fold(quote)
    near = islice(occurrences(text, alike), _MOST) if alike else ()
    return [(way[at], way[at + len(alike) - 1] + 1) for at in near if here(way[at])]


def _elsewhere(texts: Texts, opened: Opened, quote: str) -> NotFoundError:
    """What to say of a quote that is not on its page."""
    text = texts.read(opened.doc).result()
    letters = Letters()
    for number in range(opened.doc.info.pages):
        letters.add_page(text.layout(number), frozenset())
    letters.finish()
    wanted = squeeze(quote)
    found = (letters.page_at(at) for at in islice(occurrences(letters.text, wanted), _MOST))
    pages = sorted(set(found)) if wanted else []
    shown = ", ".join(map(str, pages[:_NAMED])) + (", …" if len(pages) > _NAMED else "")
    hint = f"It is on page {shown}, counted from 0." if pages else "It is on no other page either."
    return NotFoundError("There is no such text on that page; nothing was changed.", hint)


def _of_kind(
    kind: Kind, parts: tuple[Part, ...], frame_of: Callable[[int], PageGeometry]
) -> tuple[Part, ...]:
    """The place of words as the place of a kind: quads, a box, a small note, lines below."""
    if kind.on_text:
        return parts
    first = parts[0]
    frame = frame_of(first.page)
    rects = [frame.quad_to_view(quad) for quad in first.quads]
    if kind is Kind.NOTE:
        x, y = max(rects[0][0] - _NOTE - 2, 0.0), rects[0][1]
        return (Part(first.page, (frame.rect_to_quad((x, y, x + _NOTE, y + _NOTE)),)),)
    if kind in (Kind.INK, Kind.LINE, Kind.ARROW):
        below = [
            tuple((*frame.to_user(x, rect[3]), 1.0) for x in (rect[0], rect[2])) for rect in rects
        ]
        return (Part(first.page, strokes=tuple(below if kind is Kind.INK else below[:1])),)
    x0, y0, x1, y1 = zip(*rects, strict=True)
    return (Part(first.page, (frame.rect_to_quad((min(x0), min(y0), max(x1), max(y1))),)),)


Offer = Candidate  # a place to choose


class Hand:
    """The unplaced annotations of a slot, and where they may belong, for the reader to choose."""

    def __init__(self, replacer: Replacer, frame_of: Callable[[int], PageGeometry]) -> None:
        self._replacer = replacer
        self._frame_of = frame_of

    def candidates(self, annotation: Annotation) -> list[Offer]:
        """The likeliest places first; none where nothing is alike."""
        return self._replacer.candidates(annotation)

    def at(self, annotation: Annotation, parts: tuple[Part, ...]) -> Annotation:
        """The annotation over words the reader chose, with the evidence of the present file.

        What covers no words comes to stand with its upper left corner where these begin.
        """
        if annotation.kind.on_text:
            return self._replacer.placed_at(annotation, parts, "")
        frame = self._frame_of(parts[0].page)
        x, y, _, _ = frame.quad_to_view(parts[0].quads[0])
        moved = moved_to(annotation.parts[0], frame, parts[0].page, x, y)
        return self._replacer.placed_at(annotation, (moved,), annotation.quote)


def hand(
    reader: Reader, engine: Engine, texts: Texts, attachment: str
) -> Generator[Progress, None, Hand]:
    """Read a slot's present file, so that places can be offered."""
    _, slot = reader.slot(attachment)
    opened = Opened(engine, reader.file_of(slot.path))
    try:
        side = yield from opened.side(texts)
        # The boxes of all pages, as the document is closed before they are asked for.
        frames = [opened.frame_of(page) for page in range(opened.doc.info.pages)]
    finally:
        opened.close()

    def frame_of(page: int) -> PageGeometry:
        return frames[page] if 0 <= page < len(frames) else PageGeometry()

    replacer = Replacer(replace(side, frame_of=frame_of), None, slot.sha256)
    return Hand(replacer, frame_of)


def put(writer: Writer, placed: Annotation) -> Changes:
    """Put an annotation where the reader wants it, as an undo step."""
    with writer.edit("Place annotation") as edit:
        load(edit.connection, placed.uid)
        slots.put_place(edit, placed)
    return edit.changes()


def let_be(writer: Writer, annotation: Annotation) -> Changes:
    """Keep an annotation without a place: it was looked at in the present file and has none there.

    Its hash says so; the next file is searched for it again.
    """
    with writer.edit("Keep without a place") as edit:
        slot = slots.load(edit.connection, annotation.attachment)
        edit.set("annotation", annotation.uid, "sha256", slot.sha256)
    return edit.changes()
