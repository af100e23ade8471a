"""The cells of a table: columns from ruling lines and from gaps that run through its rows."""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

import pymupdf
from pymupdf import mupdf

from reader.pdf.text import clean
from reader.pdf.worker.answers import RefusedError
from reader.pdf.worker.files import OpenFile

_THIN = 2.5  # points; a ruling line is no thicker
_WORD_GAP = 0.3  # of the height of the letters
_COLUMN_GAP = 0.55
_BRIDGED = 0.12  # of the rows may reach over a gap between columns, as spanning headings do
_LONG = 0.5  # of the table's height: a line that parts columns
_RULED = 0.4  # bands between lines per line of text: then a band is a row
_MOST_WORDS = 20_000

Limits = dict[str, Any]


class Word(NamedTuple):
    """A word and its box, points."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str


Box = tuple[float, float, float, float]


def table(file: OpenFile, request: dict[str, Any], _limits: Limits) -> tuple[list[list[str]], None]:
    """Rows of cells in an area of a page; [] where there is no text."""
    unit = file.frame(request["page"]).unit
    x0, y0, x1, y1 = (edge * unit for edge in request["clip"])
    options = mupdf.FzStextOptions()
    options.flags = mupdf.FZ_STEXT_CLIP | mupdf.FZ_STEXT_COLLECT_VECTORS
    page = mupdf.FzStextPage(file.page(request["page"]), options)
    words = list(_words(pymupdf.TextPage(page).extractRAWDICT(), (x0, y0, x1, y1)))
    if len(words) > _MOST_WORDS:
        raise RefusedError("There is too much text in that area for a table.")
    return rows_of(words, _rulings(page, (x0, y0, x1, y1))), None


def rows_of(words: list[Word], rulings: list[Box]) -> list[list[str]]:
    """Rows of equal length from words and thin boxes."""
    if not words:
        return []
    lines = _lines(words)
    edges = _edges(lines, rulings)
    rows = [_cells(line, edges) for line in _joined(lines, rulings)]
    kept = [column for column in range(len(edges) + 1) if any(row[column] for row in rows)]
    return [[row[column] for column in kept] for row in rows]


def _words(content: dict[str, Any], clip: Box) -> Iterator[Word]:
    for block in content["blocks"]:
        for line in block.get("lines", ()):
            chars = [char for span in line["spans"] for char in span["chars"]]
            yield from _words_of(chars, clip)


def _words_of(chars: list[dict[str, Any]], clip: Box) -> Iterator[Word]:
    word: list[Any] = []
    for char in chars:
        x0, y0, x1, y1 = char["bbox"]
        inside = clip[0] <= (x0 + x1) / 2 <= clip[2] and clip[1] <= (y0 + y1) / 2 <= clip[3]
        blank = not inside or char["c"].isspace()
        if word and (blank or x0 - word[-1][2] > _WORD_GAP * (y1 - y0)):
            yield _word(word)
            word = []
        if not blank:
            word.append((x0, y0, x1, y1, char["c"]))
    if word:
        yield _word(word)


def _word(chars: list[Any]) -> Word:
    x0s, y0s, x1s, y1s, texts = zip(*chars, strict=True)
    return Word(min(x0s), min(y0s), max(x1s), max(y1s), clean("".join(texts)))


def _rulings(page: mupdf.FzStextPage, clip: Box) -> list[Box]:
    found: list[Box] = []
    for block in page:  # pyright: ignore[reportGeneralTypeIssues]
        if block.m_internal.type != mupdf.FZ_STEXT_BLOCK_VECTOR:
            continue
        box = block.m_internal.bbox
        x0, y0, x1, y1 = (
            max(box.x0, clip[0]), max(box.y0, clip[1]), min(box.x1, clip[2]), min(box.y1, clip[3])
        )  # fmt: skip
        if x0 <= x1 and y0 <= y1 and min(x1 - x0, y1 - y0) < _THIN:
            found.append((x0, y0, x1, y1))
    return found


def _lines(words: list[Word]) -> list[list[Word]]:
    """Words that stand side by side, from the top."""
    lines: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda word: (word.y0 + word.y1, word.x0)):
        middle = (word.y0 + word.y1) / 2
        if lines and top <= middle <= bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
            top, bottom = word.y0, word.y1
    return [sorted(line) for line in lines]


def _edges(lines: list[list[Word]], rulings: list[Box]) -> list[float]:
    """The x of every edge between two columns."""
    words = [word for line in lines for word in line]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    least = _COLUMN_GAP * statistics.median(word.y1 - word.y0 for word in words)
    gaps = [(x0, x1) for x0, x1 in _gaps(lines) if x1 - x0 >= least]
    drawn = [x for x in _upright(lines, rulings) if left < x < right]
    middles = [(x0 + x1) / 2 for x0, x1 in gaps if not any(x0 <= x <= x1 for x in drawn)]
    return sorted(drawn + middles)


def _gaps(lines: list[list[Word]]) -> Iterator[tuple[float, float]]:
    """Stretches of x over which (nearly) no line has a word."""
    bridges = int(_BRIDGED * len(lines))
    steps = sorted(
        step for line in lines for word in line for step in ((word.x0, 1), (word.x1, -1))
    )
    over, since = 0, steps[0][0]
    for x, step in steps:
        if over <= bridges < over + step:
            if x > since:
                yield since, x
        elif over > bridges >= over + step:
            since = x
        over += step


def _upright(lines: list[list[Word]], rulings: list[Box]) -> list[float]:
    """Where lines that part columns stand: drawn in one piece or cell by cell."""
    top = min(word.y0 for line in lines for word in line)
    bottom = max(word.y1 for line in lines for word in line)
    places: list[list[float]] = []  # x, length drawn there
    for x0, y0, x1, y1 in sorted(rulings):
        if x1 - x0 >= _THIN or y1 - y0 <= _THIN:
            continue
        if places and x0 - places[-1][0] < _THIN:
            places[-1][1] += y1 - y0
        else:
            places.append([x0, y1 - y0])
    return [x for x, length in places if length >= _LONG * (bottom - top)]


def _joined(lines: list[list[Word]], rulings: list[Box]) -> list[list[Word]]:
    """Lines put together where horizontal lines are drawn between the rows."""
    levels = sorted(
        (y0 + y1) / 2 for x0, y0, x1, y1 in rulings if y1 - y0 < _THIN and x1 - x0 > _THIN
    )
    bands: dict[int, list[Word]] = {}
    for line in lines:
        middle = (line[0].y0 + line[0].y1) / 2
        bands.setdefault(bisect_right(levels, middle), []).extend(line)
    if len(bands) < max(_RULED * len(lines), 3):
        return lines
    return [bands[number] for number in sorted(bands)]


def _cells(line: list[Word], edges: list[float]) -> list[str]:
    cells: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    for word in line:
        cells[bisect_right(edges, (word.x0 + word.x1) / 2)].append(word.text)
    return [" ".join(cell) for cell in cells]
