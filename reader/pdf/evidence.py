"""What is written down of a place so that it is found again in another file.

Of what covers words: the words, and 32 characters on either side as they are
read, also from the page before or after.  Of everything else (notes, free text,
areas, ink, shapes): `before` and `after` are the characters on either side of
the words inside its box, or, where none are, of the place in the text nearest
to its left edge; `quote` has the words inside what encloses some (area,
rectangle, ellipse, ink), "" for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reader.domain.annotation import PageGeometry, Rect
from reader.domain.marking import CONTEXT, LONGEST_QUOTE, Annotation, Kind, Part, clean, clean_text
from reader.domain.value import dataclass
from reader.pdf.folding import HYPHENS, Span
from reader.pdf.text import PageText

PageOf = Callable[[int], PageText | None]
FrameOf = Callable[[int], PageGeometry]
Run = tuple[int, PageText, Span]  # a page, its text, characters of it

_ENCLOSES = frozenset({Kind.AREA, Kind.RECTANGLE, Kind.ELLIPSE, Kind.INK})
_MORE = 4 * CONTEXT  # characters looked at for a context: line ends and hyphens fall away


@dataclass(frozen=True, slots=True)
class Evidence:
    """Texts as an annotation keeps them, and where on each page its first character is."""

    quote: str = ""
    before: str = ""
    after: str = ""
    starts: tuple[tuple[int, int], ...] = ()  # page, character

    def kept_by(self, annotation: Annotation) -> Annotation:
        """The annotation with this evidence in place of its own."""
        starts = dict(self.starts)
        parts = tuple(replace(part, at=starts.get(part.page, -1)) for part in annotation.parts)
        return clean(
            replace(annotation, parts=parts, quote=self.quote, before=self.before, after=self.after)
        )


def evidence(page_of: PageOf, frame_of: FrameOf, kind: Kind, parts: Sequence[Part]) -> Evidence:
    """The evidence of an annotation's place; all "" where its pages have no text.

    `page_of` and `frame_of` give text and geometry of a page, also of the ones
    before and after; `page_of` gives None for pages there are not.
    """
    runs: list[Run] = []
    for part in parts:
        if (text := page_of(part.page)) is not None and text.chars:
            rects = rects_of(part, frame_of(part.page))
            found = text.under(rects)
            if not found and not kind.on_text:
                at = text.caret_at(rects[0][0], (rects[0][1] + rects[0][3]) / 2)
                found = [(at, at)]
            runs += ((part.page, text, run) for run in found)
    return evidence_of(page_of, runs, quoted=kind.on_text or kind in _ENCLOSES)


def evidence_of(page_of: PageOf, runs: Sequence[Run], *, quoted: bool = True) -> Evidence:
    """The evidence of stretches of text, which are in the order of the document."""
    if not runs:
        return Evidence()
    starts = {page: span[0] for page, _, span in reversed(runs)}
    return Evidence(
        quote_of(runs) if quoted else "",
        _before(page_of, *runs[0]),
        _after(page_of, *runs[-1]),
        tuple(sorted(starts.items())),
    )


def rects_of(part: Part, frame: PageGeometry) -> list[Rect]:
    """A part's quads in view space; the box where it has none."""
    quads = part.quads
    if not quads:
        x0, y0, x1, y1 = part.box
        quads = ((x0, y1, x1, y1, x0, y0, x1, y0),)
    return [frame.quad_to_view(quad) for quad in quads]


def quote_of(runs: Iterable[Run]) -> str:
    """The words of (page, its text, span of characters), as they are copied."""
    whole: list[tuple[PageText, list[int]]] = []
    for _, text, (start, end) in runs:
        # Lines of one stretch are copied together, for their hyphens.
        if whole and whole[-1][0] is text and not text.chars[whole[-1][1][1] : start].strip():
            whole[-1][1][1] = end
        else:
            whole.append((text, [start, end]))
    return clean_text(_in_one(whole))[:LONGEST_QUOTE].strip()


def _in_one(stretches: Iterable[tuple[PageText, Sequence[int]]]) -> str:
    """The words of stretches of text; one that runs over a column or page is whole again."""
    pieces: list[str] = []
    for text, (start, end) in stretches:
        for line in text.copy(start, end).split("\n") if start < end else ():
            if pieces and pieces[-1][-1:] in HYPHENS and line[:1].islower():
                head, glue = text.joined(pieces.pop(), line)
                pieces += [head, line] if glue else [head + line]
            else:
                pieces.append(line)
    return "\n".join(pieces)


def _before(page_of: PageOf, page: int, text: PageText, span: Span) -> str:
    piece = text.copy(max(span[0] - _MORE, 0), span[0])
    gap = " " if text.chars[span[0] - 1 : span[0]].isspace() else ""
    found = _line(piece + gap)
    if len(found) < CONTEXT and page > 0 and (other := page_of(page - 1)) is not None:
        end = len(other.chars)
        found = _line(other.copy(max(end - _MORE, 0), end) + " " + found)
    return found[-CONTEXT:]


def _after(page_of: PageOf, page: int, text: PageText, span: Span) -> str:
    gap = " " if text.chars[span[1] : span[1] + 1].isspace() else ""
    found = _line(gap + text.copy(span[1], min(span[1] + _MORE, len(text.chars))))
    if len(found) < CONTEXT and (other := page_of(page + 1)) is not None:
        found = _line(found + " " + other.copy(0, min(_MORE, len(other.chars))))
    return found[:CONTEXT]


def _line(text: str) -> str:
    """Clean text in one line; a space at an end stays, as it parts words."""
    clean = clean_text(text)
    inside = " ".join(clean.split())
    first = " " if inside and clean[:1].isspace() else ""
    return first + inside + (" " if inside and clean[-1:].isspace() else "")
