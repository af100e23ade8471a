"""Captions of figures, tables and algorithms, and the places of what they describe."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.structure import words
from reader.pdf.structure.line import Line, is_bold
from reader.pdf.structure.lines import Lines, union
from reader.pdf.structure.numbers import keys, supplement
from reader.pdf.structure.values import Caption, CaptionKind
from reader.pdf.text import PageText

_LABEL = re.compile(
    r"(?:(?:(?P<extended>Extended Data)|(?P<aside>Suppl(?:ementa(?:ry|l)|\.)))\s+)?"
    rf"(?P<word>{words.CAPTION})\s?"
    r"(?P<number>(?:[A-Z]\.?)?\d{1,3}(?:[.\u2013-]\d{1,3}){0,2}[a-z]?|[IVXLC]{1,7}(?![A-Za-z]))"
    r"(?P<end>\s?[:.|\u2014\u2013](?:\s|$)|\)?\s*$|\s+)"
)
_RISE = 6.0  # points above the first line of a page, where its letters still reach
_LEAST = 3
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class _Found:
    """A line that begins a caption, with how sure that is."""

    kind: CaptionKind
    number: str
    lines: tuple[Line, ...]
    label_end: int  # index of the character behind the number
    score: int


class Captions:
    """The captions of a document, and the lines that are theirs."""

    def __init__(self, lines: Lines, texts: Sequence[PageText | None]) -> None:
        self._lines = lines
        self._texts = texts
        best: dict[tuple[str, str], _Found] = {}
        for rows in lines.pages:
            for at, line in enumerate(rows):
                found = self._candidate(rows, at) if line.text[:1].isupper() else None
                if found is None:
                    continue
                key = found.kind, keys(found.number)[0]
                if key not in best or best[key].score < found.score:
                    best[key] = found
        chosen = sorted(best.values(), key=lambda item: (item.lines[0].page, item.lines[0].number))
        self.lines = frozenset((line.page, line.number) for item in chosen for line in item.lines)
        self.all: tuple[Caption, ...] = ()
        self._by_key: dict[tuple[str, str], Caption] = {}
        self._chosen = chosen
        self._on: dict[int, list[tuple[tuple[Line, ...], int]]] = {}
        for item in chosen:
            self._on.setdefault(item.lines[0].page, []).append((item.lines, item.label_end))

    def on(self, page: int) -> list[tuple[tuple[Line, ...], int]]:
        """A page's captions as lines, with the index behind the label."""
        return self._on.get(page, [])

    def place(self, headings: frozenset[tuple[int, int]]) -> None:
        """Find what each caption belongs to; `headings` are lines that end its room."""
        placed: list[Caption] = []
        grounds: dict[int, _Ground] = {}
        for item in self._chosen:
            page = item.lines[0].page
            if page not in grounds:
                grounds[page] = _Ground(self._lines, page, self.lines, headings)
            rect = union(line.box for line in item.lines)
            whole = grounds[page].whole(item.kind, rect, item.lines)
            text = _joined(item.lines)
            placed.append(Caption(item.kind, item.number, page, rect, whole, text))
        self.all = tuple(placed)
        for caption in placed:
            for key in reversed(keys(caption.number)):
                self._by_key.setdefault((caption.kind, key), caption)

    def find(self, kind: CaptionKind, number: str) -> Caption | None:
        """The caption with that number; "3b" is a part of 3 where it is none of its own."""
        for form in (number, number.rstrip("abcdefghijklmnopqrstuvwxyz")):
            for key in keys(form):
                if (kind, key) in self._by_key:
                    return self._by_key[kind, key]
        return None

    def _candidate(self, rows: Sequence[Line], at: int) -> _Found | None:
        line = rows[at]
        match = _LABEL.match(line.text)
        if match is None:
            return None
        score = self._score(rows, at, match)
        if score < _LEAST:
            return None
        kind, number = words.caption_kind(match["word"]), match["number"]
        if match["extended"] or match["aside"]:
            number = supplement(number, match["extended"])
        end = line.start + _offset(self._texts[line.page], line) + match.end("number")
        return _Found(kind, number, self._extent(rows, at), end, score)

    def _score(self, rows: Sequence[Line], at: int, match: re.Match[str]) -> int:
        line = rows[at]
        before = rows[at - 1] if at else None
        separator = match["end"].strip()
        score = {":": 3, "|": 3, "\u2014": 3, "\u2013": 2, ".": 2}.get(separator, 0)
        alone = match.end() == len(line.text) and not separator
        score += 2 if alone else 0
        score += 1 if line.first else 0
        score += 1 if line.size < self._lines.body - 0.35 else 0
        score += 1 if match["word"].isupper() else 0
        differs = self._label_differs(line, match)
        score += 2 if differs else 0
        opens = _opens(line.text[match.end() :])
        if not separator and not alone and not ((differs or line.first) and opens):
            return 0
        # "Figure 3 The picture": a sentence would go on in small letters.
        score += 2 if line.first and opens and not separator and not differs else 0
        if before is not None and before.block == line.block:
            close = line.box[1] - before.box[3] < 0.5 * line.size
            alike = abs(before.size - line.size) < 0.3
            if close and alike and abs(before.box[0] - line.box[0]) < 15 and not alone:
                score -= 3
        after = rows[at + 1] if at + 1 < len(rows) else None
        if alone and after is not None and after.block == line.block and after.text[0].islower():
            score -= 2
        return score

    def _label_differs(self, line: Line, match: re.Match[str]) -> bool:
        """Whether the label is set in another way than what follows, as "**Figure 3.** The"."""
        page = self._texts[line.page]
        if page is None:
            return False
        offset = line.start + _offset(page, line)
        label = page.style_at(offset)
        rest = page.style_at(min(offset + match.end() + 1, line.end - 1))
        return (label.font, label.size) != (rest.font, rest.size) or (
            is_bold(label) and line.size < self._lines.body + 0.5
        )

    def _extent(self, rows: Sequence[Line], at: int) -> tuple[Line, ...]:
        """The caption's lines: below one another, alike, up to a gap."""
        taken = [rows[at]]
        for line in rows[at + 1 : at + _MOST_ROWS]:
            last = taken[-1]
            gap = line.box[1] - last.box[3]
            beside = line.box[0] < last.box[2] + 2 and line.box[2] > taken[0].box[0] - 2
            alike = abs(line.size - last.size) < 0.35 or (
                len(taken) == 1 and line.size < last.size + 0.35 and line.size > 0.7 * last.size
            )
            small = len(line.text) < 12 and line.size < last.size
            if gap > 0.65 * max(last.size, 1) or _LABEL.match(line.text) is not None:
                break
            if not beside or line.box[3] < taken[0].box[1] or not (alike or small):
                break
            if line.first and not alike:
                break
            taken.append(line)
        return tuple(taken)


def _opens(text: str) -> bool:
    """Whether what follows a label begins as a title does."""
    return text[:1].isupper() or text[:1] in '(\u201c"$'


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        if text.endswith("-") and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}".strip()
    return text


def _offset(page: PageText | None, line: Line) -> int:
    """How many spaces a line begins with."""
    if page is None:
        return 0
    raw = page.chars[line.start : line.end]
    return len(raw) - len(raw.lstrip())


class _Ground:
    """The free places of a page: where its paragraphs, headings and captions leave room."""

    def __init__(
        self,
        lines: Lines,
        page: int,
        captions: frozenset[tuple[int, int]],
        headings: frozenset[tuple[int, int]],
    ) -> None:
        rows = [line for line in lines.pages[page] if (page, line.number) not in lines.furniture]
        self._lines = lines
        self._columns = lines.columns[page]
        self._rows = rows
        self._top = max(min([lines.top, *(line.box[1] for line in rows)]) - _RISE, 0.0)
        self._bottom = max([lines.bottom, *(line.box[3] for line in rows)])
        walls = [
            line
            for line in rows
            if (page, line.number) in captions
            or (page, line.number) in headings
            or lines.is_paragraph(line)
        ]
        # By column, so that a caption looks only at what can be above or below it.
        self._walls = {
            column: sorted(
                (line.box for line in walls if self._reaches(line, column)),
                key=lambda box: box[1],
            )
            for column in (-1, 0, 1)
        }

    def whole(self, kind: CaptionKind, rect: Rect, own: Sequence[Line]) -> Rect:
        """The caption together with the figure, table or algorithm it belongs to."""
        column = self._columns.of(rect)
        x0, x1 = self._columns.range(column)
        if len(self._columns.edges) == 2 and column >= 0 and self._is_wide(rect):
            column, (x0, x1) = -1, self._columns.range(-1)
        above, below = self._room(rect, column)
        content_above = self._content((x0, above, x1, rect[1]), own)
        content_below = self._content((x0, rect[3], x1, below), own)
        if kind == "figure":
            up = rect[1] - above >= 18 or below - rect[3] < 18
        else:
            up = self._nearer(rect, content_above, content_below, below - rect[3])
        low, high = (above, rect[1]) if up else (rect[3], below)
        inside = content_above if up else content_below
        edges = [rect, (x0, low + 1, x1, high - 1)] if high - low > 4 else [rect]
        if not up and inside:
            edges = [rect, *inside]
            edges.append((x0, rect[1], x1, rect[3]))
        return union(edges)

    def _is_wide(self, rect: Rect) -> bool:
        """Whether a narrow caption stands under something as wide as the page: centred."""
        middle = (rect[0] + rect[2]) / 2
        x0, x1 = self._columns.range(-1)
        return abs(middle - (x0 + x1) / 2) < 0.06 * (x1 - x0)

    def _reaches(self, line: Line, column: int) -> bool:
        mine = self._columns.of(line.box)
        return column < 0 or mine < 0 or mine == column

    def _room(self, rect: Rect, column: int) -> tuple[float, float]:
        """Where the nearest walls above and below the caption are."""
        walls = self._walls[column]
        at = bisect_left(walls, rect[1] - 1, key=lambda box: box[1])
        above = max((box[3] for box in walls[max(at - 3, 0) : at]), default=self._top)
        below = self._bottom
        for box in walls[at:]:
            if box[1] > rect[3] - 1:
                below = box[1]
                break
        return min(above, rect[1]), max(below, rect[3])

    def _content(self, room: Rect, own: Sequence[Line]) -> list[Rect]:
        """Boxes of the lines in a room, those far behind a gap left out."""
        numbers = {line.number for line in own}
        inside = [
            line.box
            for line in self._rows
            if line.number not in numbers
            and line.box[1] >= room[1] - 1
            and line.box[3] <= room[3] + 1
            and line.box[0] >= room[0] - 12
            and line.box[2] <= room[2] + 12
        ]
        return sorted(inside, key=lambda box: box[1])

    def _nearer(self, rect: Rect, above: list[Rect], below: list[Rect], free: float) -> bool:
        """Whether a table stands above its caption."""
        if not below:
            return bool(above) or free < 18
        if not above:
            return False
        return rect[1] - max(box[3] for box in above) < 0.4 * (below[0][1] - rect[3])
