"""Selected text as an annotation: where it lies, what it says, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable

from reader.domain.annotation import PageGeometry, Rect
from reader.domain.marking import Annotation, Kind, Part
from reader.pdf.protocol import PageText
from reader.services.witnessing import Run, evidence, evidence_of
from reader.ui.viewer import selection as selecting
from reader.ui.viewer.selection import Chosen, Span

GeometryOf = Callable[[int], PageGeometry | None]
MOST_PAGES = 100  # that one annotation may run over


def missing(chosen: Chosen, text_of: selecting.TextOf) -> list[int]:
    """The pages of a selection whose text is not here."""
    return [page for page in chosen.pages if text_of(page) is None]


def draft(
    chosen: Chosen,
    text_of: selecting.TextOf,
    geometry_of: GeometryOf,
    kind: Kind = Kind.HIGHLIGHT,
    color: str = "yellow",
    aside: selecting.AsideOf = lambda _: (),
) -> Annotation | None:
    """The annotation of a selection, whose pages must be here; None where it holds no words.

    `aside` is as in `selecting.running`.
    """
    parts: list[Part] = []
    runs: list[Run] = []
    for page in chosen.pages:
        text, geometry = text_of(page), geometry_of(page)
        if text is None or geometry is None:
            continue
        chars = selecting.running(chosen, page, text, aside(page))
        spans = [span for span in (_trimmed(text, span) for span in chars) if span]
        rects = [rect for span in spans for rect in lines(text, span)]
        if not rects:
            continue
        parts.append(Part(page, tuple(geometry.rect_to_quad(rect) for rect in rects)))
        runs += ((page, text, span) for span in spans)
    if not runs:
        return None
    return evidence_of(text_of, runs).kept_by(Annotation(kind, tuple(parts), color=color))


def witnessed(one: Annotation, text_of: selecting.TextOf, geometry_of: GeometryOf) -> Annotation:
    """An annotation on a place of its own with the evidence of that place, where its text is here."""
    if any(text_of(part.page) is None for part in one.parts):
        return one
    found = evidence(text_of, lambda page: geometry_of(page) or PageGeometry(), one.kind, one.parts)
    return found.kept_by(one)


def lines(text: PageText, span: Span) -> list[Rect]:
    """The boxes of the words of a span, line by line; where lines touch they share the border."""
    found: list[Rect] = []
    for low, high in _by_line(text, span):
        part = _trimmed(text, (low, high))
        if part is None:
            continue
        x0, y0, x1, y1 = text.rects(*part)[0]
        if x1 - x0 > 0.1 and y1 - y0 > 0.1:
            found.append((x0, y0, x1, y1))
    return found


def _by_line(text: PageText, span: Span) -> list[Span]:
    parts: list[Span] = []
    at = span[0]
    while at < span[1]:
        _, end = text.line_at(at)
        high = min(end, span[1]) if end > at else span[1]
        parts.append((at, high))
        at = high
    return parts


def _trimmed(text: PageText, span: Span) -> Span | None:
    """A span without the spaces at its ends; None when nothing else is in it."""
    words = text.chars[slice(*span)]
    low = span[0] + len(words) - len(words.lstrip())
    high = span[1] - (len(words) - len(words.rstrip()))
    return (low, high) if low < high else None
