"""A paper's text as one column: headings, paragraphs over columns and pages, pictures.

Made page by page from the characters and their looks; what cannot be set as
text (figures, tables, displayed formulas) stays a region of its page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Literal

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.displayed import around, is_mathematics, pieces
from reader.pdf.text import PageText, Span

Kind = Literal["heading", "paragraph", "picture"]

_APART = 0.7  # line heights between two lines of different paragraphs
_PUSHED = 1.2  # line heights that formulas within the text push two lines of it apart
_LEAP = 1.3  # times the way from line to line
_INDENT = 0.7  # em a first line is moved to the right by
_SHORT = 2.0  # em a last line ends before the column does
_SET_APART = 1.4  # em a displayed formula begins to the right of the text
_RAISED = 0.9  # of the line's largest letters: smaller ones may be raised
_HANGING, _LEVEL = 1.0, 0.4  # em, and of their height: what goes on beside, and how level
_SCRAP = 20  # characters that may belong to a formula without being mathematics
_AIR = 3.0  # points around a picture
_MARKER = re.compile(r"[•◦‣▪–—*]\s|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s")
_ENTRY = re.compile(r"\[\d{1,3}\]\s*[A-Z]")
_ENDS = '.!?:;"”’)'
_WITHIN = re.compile(r"[a-z]{2}|a ")  # a word within a sentence


@dataclass(frozen=True, slots=True)
class Run:
    """Text that looks the same throughout."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False

    @property
    def look(self) -> tuple[bool, bool, bool]:
        return self.bold, self.italic, self.raised


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the column; `rect` (view space of `page`) is where it stands, or begins.

    `level` is a heading's, from 1.  A picture has no runs.
    """

    kind: Kind
    page: int
    rect: Rect
    runs: tuple[Run, ...] = ()
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What is known of a page besides its text, all in view space.

    `headings` come with their level; `pictures` are figures and tables with or
    without their captions, `formulas` lines of displayed ones; `left_out` is what belongs to the page and not to
    the text: running heads, page numbers, stamps in the margin.
    """

    headings: tuple[tuple[Rect, int], ...] = ()
    pictures: tuple[Rect, ...] = ()
    left_out: tuple[Rect, ...] = ()
    formulas: tuple[Rect, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    box: Rect
    block: int
    left: float  # of its block
    right: float
    size: float
    start: str  # its first characters

    @property
    def height(self) -> float:
        return max(self.box[3] - self.box[1], 1.0)


class Flow:
    """Takes the pages of a document in order; `add` gives what a page completes."""

    def __init__(self) -> None:
        self._open: list[Run] = []  # a paragraph that may go on
        self._first: tuple[int, Rect] | None = None
        self._last: _Line | None = None
        self._indented = self._plain = 0  # paragraphs whose first line stands in, or does not
        self._leading = 0.0  # from line to line of the open paragraph
        self._bridged = False  # a picture stands between the last line and the next

    def add(self, page: int, text: PageText, plan: PagePlan) -> list[Item]:
        """The items that end on this page; a paragraph at its end may go on to the next."""
        done: list[Item] = []
        shown: set[Rect] = set()
        formula: Rect | None = None
        lines = list(_lines(text))
        in_pieces = pieces(text, lines)
        for number, line in enumerate(lines):
            region = next((rect for rect in plan.pictures if _inside(line.box, rect)), None)
            if any(_inside(line.box, rect) for rect in plan.left_out):
                continue
            displayed = number in in_pieces
            displayed = displayed or any(_inside(line.box, rect) for rect in plan.formulas)
            displayed = displayed or _touches(formula, line) or self._is_formula(text, line)
            if region is None and displayed:
                formula = around(formula, line.box) if formula else line.box
                continue
            if formula is not None:
                done += [*self._close(), Item("picture", page, _aired(formula))]
                formula = None
            if region is not None:
                if region not in shown:  # the paragraph around it goes on after it
                    shown.add(region)
                    done.append(Item("picture", page, region))
                    self._bridged = True
                continue
            level = next((level for rect, level in plan.headings if _inside(line.box, rect)), 0)
            if level:
                done += self._heading(page, text, line, level, done)
            else:
                done += self._text(page, text, line)
        if formula is not None:
            done += [*self._close(), Item("picture", page, _aired(formula))]
        done += [Item("picture", page, rect) for rect in plan.pictures if rect not in shown]
        return done

    def end(self) -> list[Item]:
        """What was still open at the end of the document."""
        return self._close()

    def _close(self) -> list[Item]:
        runs, first = tuple(self._open), self._first
        self._open, self._first, self._last = [], None, None
        self._leading = 0.0
        if first is None or not "".join(run.text for run in runs).strip():
            return []
        return [Item("paragraph", first[0], first[1], runs)]

    def _is_formula(self, text: PageText, line: _Line) -> bool:
        """Whether a line is mostly mathematics, and set apart from the text before it."""
        last = self._last
        if last is not None and _goes_on_beside(last, line):
            return False
        near = last is not None and abs(line.box[0] - last.left) < 25 * line.size
        if last is not None and near and line.box[0] - last.left < _SET_APART * line.size:
            return False
        return is_mathematics(text, line.span)

    def _heading(
        self, page: int, text: PageText, line: _Line, level: int, done: list[Item]
    ) -> list[Item]:
        runs = [replace(run, bold=False) for run in _runs(text, line.span)]
        closed = self._close()
        before = done[-1] if done and not closed else None
        near = before is not None and line.box[1] - before.rect[3] < line.height
        if before is not None and before.kind == "heading" and before.level == level and near:
            done.pop()  # a title that goes on in a second line
            whole = _joined(list(before.runs), runs, text)
            return [Item("heading", page, around(before.rect, line.box), tuple(whole), level)]
        return [*closed, Item("heading", page, line.box, tuple(runs), level)]

    def _text(self, page: int, text: PageText, line: _Line) -> list[Item]:
        done: list[Item] = []
        if self._last is not None and self._begins(line):
            if line.box[0] - line.left > _INDENT * line.size:
                self._indented += 1
            else:
                self._plain += 1
            done = self._close()
        self._first = self._first or (page, line.box)
        self._open = _joined(self._open, _runs(text, line.span), text)
        beside = self._last is not None and _goes_on_beside(self._last, line)
        if self._last is not None and line.box[1] > self._last.box[1] and not beside:
            down = line.box[1] - self._last.box[1]
            self._leading = min(self._leading or down, down)
        self._last, self._bridged = line, False
        return done

    def _leaps(self, line: _Line) -> bool:
        """Whether a line stands lower below the last one than the paragraph's lines do."""
        assert self._last is not None
        down = line.box[1] - self._last.box[1]
        return self._leading > 0 and down > _LEAP * self._leading

    def _begins(self, line: _Line) -> bool:
        """Whether a line begins a paragraph after the last one."""
        last = self._last
        assert last is not None
        tail = "".join(run.text for run in self._open[-2:]).rstrip()
        if _goes_on_beside(last, line):
            return False
        if abs(last.size - line.size) > 1.2:
            return True
        below = line.box[1] - last.box[3]
        same_column = abs(line.left - last.left) < 4 * line.size and below > -line.height
        same_column = same_column and not self._bridged
        short = last.right - last.box[2] > _SHORT * last.size
        if same_column and (below > _APART * line.height or self._leaps(line)):
            # Raised letters and fractions push lines apart: a sentence goes on over that.
            flush = line.box[0] - line.left <= _INDENT * line.size
            goes_on = flush and not short and tail[-1:].isalpha() and _WITHIN.match(line.start)
            if not goes_on or below > _PUSHED * line.height:
                return True
        if _MARKER.match(line.start) or (_ENTRY.match(line.start) and tail[-1:] in _ENDS):
            return True
        step = line.box[0] - last.box[0] if same_column else line.box[0] - line.left
        listed = bool(_MARKER.match("".join(run.text for run in self._open[:2])))
        if same_column and listed:
            # An entry hangs from its bullet; what stands left of its text is no part of it.
            if _MARKER.match(last.start):
                return short and abs(step) < _INDENT * line.size
            return step < -_INDENT * line.size
        indented = step > _INDENT * line.size
        if not same_column:
            # The next column or page: a sentence that has not ended goes on there.
            # Where paragraphs are not indented, the end of a sentence is all there is to go by.
            plain = self._plain > self._indented
            return indented or (tail[-1:] in _ENDS and (short or plain))
        return (
            indented
            or (line.block != last.block and (short or tail[-1:] in _ENDS))
            or (short and tail[-1:] in _ENDS)
        )


def _lines(text: PageText) -> Iterator[_Line]:
    boxes = [text.rects(*span)[0] for span in text.lines]
    number = 0
    for block, (_, end) in enumerate(text.blocks):
        first = number
        while number < len(text.lines) and text.lines[number][1] <= end:
            number += 1
        inside = boxes[first:number]
        if not inside:
            continue
        left, right = min(box[0] for box in inside), max(box[2] for box in inside)
        for place in range(first, number):
            low, high = text.lines[place]
            if text.chars[low:high].strip() and not _is_upright(boxes[place], high - low):
                edges = _edges(text, low, high)
                size = _size(text, edges) or median(box[3] - box[1] for box in inside)
                start = text.chars[low : min(high, low + 8)].lstrip()
                yield _Line((low, high), boxes[place], block, left, right, size, start)


def _edges(text: PageText, low: int, high: int) -> list[int]:
    """Where the look of a span changes, with its two ends."""
    first = bisect_right(text.styles, low, key=lambda style: style.start)
    last = bisect_left(text.styles, high, key=lambda style: style.start)
    return [low, *(style.start for style in text.styles[first:last]), high]


def _size(text: PageText, edges: Sequence[int]) -> float:
    """The size most of a line's letters have: an index in its middle is no measure.

    `edges` are where its look changes, with its two ends.
    """
    letters: dict[float, int] = {}
    for begin, end in pairwise(edges):
        size = text.style_at(begin).size
        letters[size] = letters.get(size, 0) + end - begin
    return max(letters, key=lambda size: letters[size])


def _goes_on_beside(last: _Line, line: _Line) -> bool:
    """Whether two lines are one to the eye: an index hangs so low that it begins a new one."""
    overlap = min(last.box[3], line.box[3]) - max(last.box[1], line.box[1])
    beside = -_HANGING < (line.box[0] - last.box[2]) / line.size < _HANGING
    return beside and overlap > _LEVEL * min(last.height, line.height)


def _is_upright(box: Rect, letters: int) -> bool:
    """Whether a line runs up or down the page: a stamp in the margin, an axis."""
    return letters > 3 and box[3] - box[1] > 3 * (box[2] - box[0])


def _touches(formula: Rect | None, line: _Line) -> bool:
    """Whether a line is a limit, a big bracket or the number of a formula beside it."""
    if formula is None or line.span[1] - line.span[0] > _SCRAP:
        return False
    overlap = min(formula[3], line.box[3]) - max(formula[1], line.box[1])
    return overlap > -0.6 * line.height and line.box[0] > formula[0] - 4 * line.size


def _runs(text: PageText, span: Span) -> list[Run]:
    """The text of a line, cut where its look changes."""
    low, high = span
    edges = _edges(text, low, high)
    runs: list[Run] = []
    largest = max(text.style_at(begin).size for begin in edges[:-1])
    for begin, end in pairwise(edges):
        style = text.style_at(begin)
        # What follows an index is raised against it and stands on the line all the same.
        raised = style.raised and style.size < _RAISED * largest
        piece = text.chars[begin:end].replace("\u00ad", "\u00ad" if end == high else "")
        runs = _appended(runs, Run(piece, style.bold, style.italic, raised))
    return runs


def _appended(runs: list[Run], run: Run) -> list[Run]:
    if runs and runs[-1].look == run.look:
        return [*runs[:-1], replace(run, text=runs[-1].text + run.text)]
    return [*runs, run]


def _joined(before: list[Run], after: list[Run], text: PageText) -> list[Run]:
    """A line put behind what came before it: hyphens joined, else a space between.

    Whether a hyphen is the word's own is told by the words of the document.
    """
    if not before or not after:
        return [*before, *after]
    last = before[-1]
    head, glue = text.joined(last.text, "".join(run.text for run in after))
    joined = [*before[:-1], replace(last, text=head + glue)]
    for run in after:
        joined = _appended(joined, run)
    return joined


def _inside(box: Rect, rect: Rect) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _aired(rect: Rect) -> Rect:
    return rect[0] - _AIR, rect[1] - _AIR, rect[2] + _AIR, rect[3] + _AIR


def items(pages: Iterable[tuple[int, PageText, PagePlan]]) -> list[Item]:
    """The whole column of a document."""
    flow, found = Flow(), list[Item]()
    for page, text, plan in pages:
        found += flow.add(page, text, plan)
    return [*found, *flow.end()]
