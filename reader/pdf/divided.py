"""A pattern's places in a page's second reading, the one with hyphens at line ends.

Both readings differ in these hyphens alone.  So only places are looked for that can see
one; all others are those of the first reading, which are known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol

from reader.domain.value import dataclass
from reader.pdf.folding import Span


class Expression(Protocol):
    """A compiled pattern that takes at least one character."""

    def finditer(self, string: str, pos: int, endpos: int, /) -> Iterator[Place]: ...
    def search(self, string: str, pos: int, /) -> Place | None: ...


class Place(Protocol):
    def span(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class Sight:
    """How far a pattern sees from where it is tried.

    Not over the end of what it may take, which has `most` characters or `spaces` spaces,
    by more than one character; and `behind` characters back.
    """

    most: int | None
    spaces: int | None
    behind: int

    def windows(self, text: str, hyphens: Sequence[int]) -> list[Span]:
        """For each hyphen the first place at which a try can see it, and what the last ones see."""
        return [(self._begin(text, at), self._end(text, at + self.behind)) for at in hyphens]

    def _begin(self, text: str, hyphen: int) -> int:
        begin = 0
        if self.spaces is not None:
            at = hyphen
            for _ in range(self.spaces + 1):
                at = text.rfind(" ", 0, at)
                if at < 0:
                    break
            begin = at + 1
        return begin if self.most is None else max(begin, hyphen - self.most)

    def _end(self, text: str, last: int) -> int:
        end = len(text)
        if self.spaces is not None:
            at = last - 1
            for _ in range(self.spaces + 1):
                at = text.find(" ", at + 1)
                if at < 0:
                    break
            end = at + 1 if at >= 0 else end
        return end if self.most is None else min(end, last + self.most + 1)


def divided_places(
    expression: Expression,
    text: str,
    hyphens: Sequence[int],
    starts: Sequence[int],
    ends: Sequence[int],
    windows: Sequence[Span],
    behind: int,
) -> list[Span]:
    """Every place in `text` that the reading without `hyphens` may lack, in order.

    `starts` and `ends` are that reading's places; `windows` and `behind` those of a Sight.
    """
    found: list[Span] = []
    finditer, last = expression.finditer, len(hyphens) - 1
    at = 0  # where the search stands
    for number, hyphen in enumerate(hyphens):
        begin, end = windows[number]
        if begin > at:  # what the other reading has until there stands here too
            at = begin
            before = bisect_left(starts, at - number) - 1
            if before >= 0:
                at = max(at, ends[before] + number)
        stop = hyphen + 1 + behind  # from there on no try sees this hyphen
        if at < stop:
            for match in finditer(text, at, end):
                span = match.span()
                if span[0] >= stop:
                    break
                found.append(span)
                at = span[1]
            at = max(at, stop)
        then = windows[number + 1][0] if number < last else len(text) + 1
        # Until both readings are searched from the same place again, each place may be new.
        while at < then and _within(at - number - 1, starts, ends):
            match = expression.search(text, at)
            if match is None:
                return found
            span = match.span()
            if span[0] >= then:
                at = then
            else:
                found.append(span)
                at = span[1]
    return found


def _within(offset: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a place goes over an offset."""
    before = bisect_left(starts, offset) - 1
    return before >= 0 and ends[before] > offset
