"""What is written down of a place so that it is found again in another file.

Of what covers words: the words, and 32 characters on either side as they are
read, also from the page before or after.  Of everything else (notes, free text,
areas, ink, shapes): `before` and `after` are the characters on either side of
the words inside its box, or, where none are, of the place in the text nearest
to its left edge; `quote` has the words inside what encloses some (area,
rectangle, ellipse, ink), "" for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.domain.marking import CONTEXT, LONGEST_QUOTE, Kind, Part, clean_text
from reader.pdf.anchor.places import FrameOf, PageOf, covered_chars, rects_of
from reader.pdf.folding import Span
from reader.pdf.text import PageText

_ENCLOSES = frozenset({Kind.AREA, Kind.RECTANGLE, Kind.ELLIPSE, Kind.INK})
_MORE = 4 * CONTEXT  # characters looked at for a context: line ends and hyphens fall away


@dataclass(frozen=True, slots=True)
class Evidence:
    """Texts as an annotation keeps them."""

    quote: str = ""
    before: str = ""
    after: str = ""


def evidence(page_of: PageOf, frame_of: FrameOf, kind: Kind, parts: Sequence[Part]) -> Evidence:
    """The evidence of an annotation's place; all "" where its pages have no text.

    `page_of` and `frame_of` give text and geometry of a page, also of the ones
    before and after; `page_of` gives None for pages there are not.
    """
    runs: list[tuple[int, PageText, Span]] = []
    for part in parts:
        if (text := page_of(part.page)) is not None and text.chars:
            rects = rects_of(part, frame_of(part.page))
            found = covered_chars(text, rects)
            if not found and not kind.on_text:
                at = text.caret_at(rects[0][0], (rects[0][1] + rects[0][3]) / 2)
                found = [(at, at)]
            runs += ((part.page, text, run) for run in found)
    if not runs:
        return Evidence()
    quote = quote_of(runs) if kind.on_text or kind in _ENCLOSES else ""
    return Evidence(quote, _before(page_of, *runs[0]), _after(page_of, *runs[-1]))


def quote_of(runs: Iterable[tuple[int, PageText, Span]]) -> str:
    """The words of (page, its text, span of characters), as they are copied."""
    whole: list[tuple[PageText, list[int]]] = []
    for _, text, (start, end) in runs:
        # Lines of one stretch are copied together, for their hyphens.
        if whole and whole[-1][0] is text and not text.chars[whole[-1][1][1] : start].strip():
            whole[-1][1][1] = end
        else:
            whole.append((text, [start, end]))
    joined = "\n".join(text.copy(start, end) for text, (start, end) in whole if start < end)
    return clean_text(joined)[:LONGEST_QUOTE].strip()


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
