"""A document as one string of letters: no spaces, hyphens, line ends, running heads.

What re-typesetting changes is just what is left out, so a quote mostly stands
in the string as it is, however the lines are broken.  Ligatures are spelt out
and accents stand behind their letters; case and accents are kept.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from reader.pdf.folding import HYPHENS, Span, fold_char
from reader.pdf.structure.line import Line
from reader.pdf.structure.lines import Lines
from reader.pdf.text import PageText

_PLAIN = re.compile(r"[!-,./-~]+")  # runs of ASCII that stay as they are
_ALIKE = {
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u2012": "\u2013", "\u2014": "\u2013", "\u2015": "\u2013",
    "\u2212": "\u2013", "\u2011": "", "\ufffd": "",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_NUMBERED = re.compile(r"\d{1,5}")
_NUMBERS = 8  # lines of a page that are nothing but a number in one column: they are numbered


@lru_cache(maxsize=8192)
def _bare(char: str) -> str:
    """A character as it stands among the letters; "" for one that says nothing."""
    if char in HYPHENS or char.isspace():
        return ""
    if (alike := _ALIKE.get(char)) is not None:
        return alike
    pieces = (
        part
        for part in unicodedata.normalize("NFKD", char)
        if not part.isspace() and unicodedata.category(part) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )
    return "".join(_ALIKE.get(part, part) for part in pieces)


def squeeze(text: str) -> str:
    """The letters of any text, as they would stand in a document's."""
    return "".join(_bare(char) for char in text)


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """A letter without case and accent, always of length 1; an accent by itself becomes NUL."""
    return (fold_char(char).lower() or "\0")[:1]


class Letters:
    """The letters of a document with the way back to the characters of its pages.

    `text[i]` is of the character `chars[i]` of the page that `page_at(i)` names;
    `breaks[i]` is 1 where a space or line end stands before it.
    """

    def __init__(self) -> None:
        self.text = ""
        self._pieces: list[str] = []
        self.chars = array("I")
        self.breaks = bytearray()
        self.starts = array("L", [0])  # where each page begins, and the end
        self._alike: tuple[str, array[int]] | None = None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.starts) - 1

    def page_at(self, offset: int) -> int:
        """The page on which a letter stands."""
        return min(bisect_right(self.starts, offset) - 1, self.pages - 1)

    def on_page(self, page: int) -> Span:
        """The letters of a page."""
        return self.starts[page], self.starts[page + 1]

    def offset_of(self, page: int, char: int) -> int:
        """The first letter that is of a page's character, or of one behind it."""
        low, high = self.on_page(page)
        while low < high:
            middle = (low + high) // 2
            if self.chars[middle] < char:
                low = middle + 1
            else:
                high = middle
        return low

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(page, first character, end) of a stretch of letters; one for each page."""
        while start < end:
            page = self.page_at(start)
            stop = min(end, self.starts[page + 1])
            yield page, self.chars[start], self.chars[stop - 1] + 1
            start = stop

    def folded(self) -> tuple[str, array[int]]:
        """The letters without case and accents, and for each the letter it is of."""
        if self._alike is None:
            self._alike = _fold(self.text)
        return self._alike

    def add_page(self, text: PageText | None, skipped: frozenset[int]) -> None:
        """Put a page's letters behind the others; `skipped` are numbers of its lines."""
        if text is not None:
            apart = True
            for number, (low, high) in enumerate(text.lines):
                if number not in skipped:
                    apart = self._add_line(text.chars[low:high], low, apart)
        self.starts.append(len(self.chars))

    def finish(self) -> Letters:
        """All pages are there: the string is made."""
        self.text = "".join(self._pieces)
        self._pieces.clear()
        return self

    def _add_line(self, line: str, low: int, apart: bool) -> bool:
        """Add a line; whether what follows stands apart from it."""
        if line.isascii():
            end = 0
            for run in _PLAIN.finditer(line):
                start, stop = run.span()
                between = line[end:start]
                apart = apart or (bool(between) and "-" not in between)
                self._put(run.group(), range(low + start, low + stop), apart)
                apart, end = False, stop
            tail = line[end:]
        else:
            for index, char in enumerate(line):
                if bare := _bare(char):
                    self._put(bare, [low + index] * len(bare), apart)
                    apart = False
                else:
                    apart = apart or char.isspace()
            tail = line
        stripped = tail.rstrip()
        return not (stripped and stripped[-1] in HYPHENS)

    def _put(self, piece: str, chars: range | list[int], apart: bool) -> None:
        self._pieces.append(piece)
        self.chars.extend(chars)
        self.breaks.append(apart)
        self.breaks.extend(bytes(len(piece) - 1))


def fold(text: str) -> str:
    """Letters without case and accents."""
    return _fold(text)[0]


def _fold(text: str) -> tuple[str, array[int]]:
    if text.isascii():
        return text.lower(), array("I", range(len(text)))
    whole = "".join(map(_folded, text))
    kept = array("I", (at for at, char in enumerate(whole) if char != "\0"))
    return whole.replace("\0", ""), kept


def letters_of(
    pages: int, page_of: Callable[[int], PageText | None]
) -> Generator[int, None, Letters]:
    """The letters of a document; on the way, how many pages have been taken.

    `page_of` gives the text of a page and is asked twice for each: the texts of
    a book with all their boxes are never held at once.
    """
    found = Letters()
    skipped = skipped_lines(Lines(_Pages(pages, page_of)))
    for page in range(pages):
        found.add_page(page_of(page), skipped.get(page, frozenset()))
        yield page + 1
    return found.finish()


class _Pages(Sequence[PageText | None]):
    """Texts that are fetched when they are asked for."""

    def __init__(self, pages: int, page_of: Callable[[int], PageText | None]) -> None:
        self._pages = pages
        self._page_of = page_of

    def __len__(self) -> int:
        return self._pages

    def __getitem__(self, page: Any) -> Any:
        if not 0 <= page < self._pages:
            raise IndexError(page)
        return self._page_of(page)


def skipped_lines(lines: Lines) -> dict[int, frozenset[int]]:
    """Page to the numbers of its lines that are no text: running heads, line numbers."""
    found: dict[int, set[int]] = {}
    for page, number in lines.furniture:
        found.setdefault(page, set()).add(number)
    for page, rows in enumerate(lines.pages):
        if numbers := _line_numbers((*rows, *lines.counts[page])):
            found.setdefault(page, set()).update(numbers)
    return {page: frozenset(numbers) for page, numbers in found.items()}


def _line_numbers(rows: tuple[Line, ...]) -> list[int]:
    """The lines that number the others: one below the other at one edge, counting up."""
    edges: dict[tuple[int, int], list[Line]] = {}
    for line in rows:
        if _NUMBERED.fullmatch(line.text):
            for side in (0, 2):
                edges.setdefault((side, round(line.box[side] / 3)), []).append(line)
    found: list[int] = []
    for column in edges.values():
        values = [int(line.text) for line in sorted(column, key=lambda line: line.box[1])]
        steps = [after - before for before, after in pairwise(values)]
        if len(column) >= _NUMBERS and steps.count(1) + steps.count(5) > 0.9 * len(steps):
            found += (line.number for line in column)
    return found
