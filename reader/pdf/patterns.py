"""Regular expressions that cannot hang the program.

The standard library's `re` holds the interpreter's lock while it backtracks and
cannot be stopped; `regex` gives the lock away and takes a time limit.  `re` is two to
ten times as quick, and serves where a pattern's parts tell that it cannot take long.
"""

from __future__ import annotations

import re
import time
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, compress
from operator import methodcaller, or_
from typing import TypeAlias

import regex

from reader.domain.errors import InputError
from reader.pdf.divided import Sight, divided_places
from reader.pdf.finding import Facts, Places, Query, Sheet
from reader.pdf.folding import Span, fold_text
from reader.pdf.pattern_parts import FAR, Runs, sees_behind, size, steps
from reader.pdf.pattern_reading import Understood, understand
from reader.pdf.shelf import is_word

_SECONDS = 2.0  # for a whole document
_MOMENT = 0.004  # seconds of CPU a call may keep the interpreter's lock
_TRIES = 24  # calls of that kind that may be cut off
_LONGEST = 1_000  # characters of a pattern
_MOST = 200_000  # places
_STEPS = 3_000_000  # `re` may take on a page: some 10 ms, in which it keeps the interpreter's lock
_SIGHTS = 4  # of which it is kept where they see hyphens
_SPACES = 20  # between what a pattern sees; with more the second reading is searched as a whole
_INKED = bytes(chr(code).isalnum() or code == ord("_") for code in range(128)) + bytes(128)
_WHOLE = bytes([1]) + bytes(255)  # what is not cut
_span = methodcaller("span")


def matcher(query: Query, seconds: float = _SECONDS) -> Patterned | None:
    """What finds a query's pattern; None for a query without one.  It may look once at a page.

    Raises InputError for a pattern that is wrong; the matcher raises one when
    all its looks together take longer than `seconds`.
    """
    if not query.regex:
        return None
    pattern = _compiled(query)
    return Patterned(pattern, _quick(query), seconds, words=query.words)


def _compiled(query: Query) -> regex.Pattern[str]:
    if len(query.text) > _LONGEST:
        raise InputError("This regular expression is too long.", f"The limit is {_LONGEST}.")
    flags = regex.VERSION0 if query.case else regex.VERSION0 | regex.IGNORECASE
    try:
        return regex.compile(fold_text(query.text), flags)
    except regex.error as error:
        raise InputError(
            f"This is no regular expression: {_what(error)}.",
            r"A sign with a meaning, such as ( [ * + ? . \, is written with \ before it.",
        ) from error
    except (RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise InputError(
            "This regular expression is too intricate.", "Make it simpler.", str(error)
        ) from error


def _what(error: Exception) -> str:
    """What is wrong, and at which character, counted from 1."""
    position = getattr(error, "pos", None)
    where = f" at character {position + 1}" if isinstance(position, int) else ""
    return f"{getattr(error, 'msg', error)}{where}"


Columns: TypeAlias = "tuple[array[int], array[int]]"  # where places begin, and where they end


class _Compiled:
    """An expression for `re`."""

    def __init__(self, source: str) -> None:
        self.expression = re.compile(source)
        self._pieces = None if self.expression.groups else re.compile(f"({source})")

    def columns(self, text: str) -> Columns:
        """Where places begin, and where they end."""
        if self._pieces is None:
            return _columns([match.span() for match in self.expression.finditer(text)])
        # Of what is between the places, and of these, only the lengths are needed.
        marks = array("I", accumulate(map(len, self._pieces.split(text))))
        return marks[:-1:2], marks[1::2]


class _Quick:
    """A pattern whose cost is known, for `re`."""

    def __init__(self, known: Understood, plain: Understood, *, low: bool) -> None:
        part = known.part
        self.low = low
        self._any, self._plain = _Compiled(known.source), _Compiled(plain.source)
        self._part = part
        self._costs: dict[Runs, int] = {}
        self._empty = size(part).least == 0
        self._near = not self._empty and not known.edged
        self._sights: dict[Runs | None, Sight | None] = {}

    def serves(self, sheet: Sheet) -> bool:
        """Whether a page is searched in a moment, and `regex` would find the same."""
        text = sheet.hyphened or sheet.joined
        inked, most = sheet.facts.inked, _STEPS // max(len(text), 1)
        if self._steps(inked, FAR) > most and self._steps(inked, sheet.facts.bare) > most:
            return False
        return not any(map(_odd, sheet.facts.signs))

    def _steps(self, inked: int, bare: int) -> int:
        runs = _about(inked, bare)
        if runs not in self._costs:
            self._costs[runs] = steps(self._part, runs)
        return self._costs[runs]

    def _sight(self, facts: Facts) -> Sight | None:
        """How far the pattern sees on a page; None where that is too far to be of use."""
        if not self._near:
            return None
        sight = self._seen(None)
        return sight or self._seen(_about(facts.inked, facts.bare))

    def _seen(self, runs: Runs | None) -> Sight | None:
        if runs not in self._sights:
            seen = size(self._part, looks=True, runs=runs)
            most = None if seen.most >= FAR else seen.most
            spaces = None if seen.spaces > _SPACES else seen.spaces
            sight = Sight(most, spaces, max(sees_behind(self._part), 1))
            self._sights[runs] = None if most is None and spaces is None else sight
        return self._sights[runs]

    def places(self, text: str) -> Columns:
        """Where the places that are not empty begin and end."""
        starts, ends = self._for(text).columns(text)
        if self._empty:
            spans = zip(starts, ends, strict=True)
            return _columns([span for span in spans if span[0] < span[1]])
        return starts, ends

    def _for(self, text: str) -> _Compiled:
        return self._plain if text.isascii() else self._any

    def divided(self, sheet: Sheet, starts: array[int], ends: array[int]) -> list[Span]:
        """The places in the second reading, of which most that the first has too are left out."""
        text = sheet.low_hyphened if self.low else sheet.hyphened
        if text is None:
            return []
        sight, windows = self._sight(sheet.facts), sheet.facts.windows
        if sight is None or sheet.hyphens is None:
            return list(zip(*self.places(text), strict=True))
        if sight not in windows:
            if len(windows) >= _SIGHTS:
                windows.clear()
            windows[sight] = sight.windows(text, sheet.hyphens)
        return divided_places(
            self._for(text).expression,
            text,
            sheet.hyphens,
            starts,
            ends,
            windows[sight],
            sight.behind,
        )


def _about(inked: int, bare: int) -> Runs:
    """Runs that are a power of two, so that few pages are reckoned anew."""
    return Runs(1 << inked.bit_length(), 1 << bare.bit_length())


def _quick(query: Query) -> _Quick | None:
    text = fold_text(query.text)
    known = understand(text, case=query.case)
    plain = understand(text, case=query.case, plain=True)
    try:
        return _Quick(known, plain, low=not query.case) if known and plain else None
    except (re.error, RecursionError, OverflowError):
        return None


@lru_cache(maxsize=8192)
def _odd(sign: str) -> bool:
    """Whether `re` and `regex` differ about a character, or its lower case is not all its case."""
    classes = (r"\w", r"\d", r"\s")
    if any(bool(re.match(one, sign)) != bool(regex.match(one, sign)) for one in classes):
        return True
    return sign.lower() != sign.casefold()


def _columns(spans: Sequence[Span]) -> Columns:
    return array("I", [low for low, _ in spans]), array("I", [high for _, high in spans])


class Patterned:
    """Finds a pattern on one page after the other."""

    def __init__(
        self,
        pattern: regex.Pattern[str],
        quick: _Quick | None,
        seconds: float,
        *,
        words: bool,
    ) -> None:
        self._pattern = pattern
        self._quick = quick
        self._left = seconds
        self._words = words
        self._due = 0.0
        self._count = 0
        self._tries = _TRIES

    def look(self, sheet: Sheet, /) -> Places:
        """Every place on a page that is not empty; those of the second reading if they are new."""
        if self._left < 0:
            raise _too_much("takes too long")
        self._due = time.monotonic() + self._left
        if self._quick is not None and self._quick.serves(sheet):
            starts, ends = self._quick.places(sheet.low_joined if self._quick.low else sheet.joined)
            more = self._quick.divided(sheet, starts, ends)
        else:
            starts, ends = _columns(self._places(sheet.joined))
            more = self._places(sheet.hyphened) if sheet.hyphened is not None else []
        places = self._chosen(sheet, starts, ends, more)
        self._count += len(places.starts) + len(places.more)
        if self._count > _MOST:
            raise _too_much("is found in too many places")
        self._left = self._due - time.monotonic()
        return places

    def _chosen(
        self, sheet: Sheet, starts: array[int], ends: array[int], more: Sequence[Span]
    ) -> Places:
        """Whole words where these are asked for, and of the second reading what is new."""
        if self._words:
            cuts = _cuts(sheet.joined)
            cut = bytes(map(or_, map(cuts.__getitem__, starts), map(cuts.__getitem__, ends)))
            if any(cut):
                whole = cut.translate(_WHOLE)
                starts, ends = (
                    array("I", compress(starts, whole)),
                    array("I", compress(ends, whole)),
                )
            text = sheet.hyphened or ""
            more = [span for span in more if is_word(text, *span)]
        return Places(starts, ends, _new(more, starts, ends, sheet.hyphens))

    def _places(self, text: str) -> list[Span]:
        """As many as possible by one call; where that takes long, one by one until it does not.

        Other threads' time counts for the first call too, so one that was cut off
        says little about the pattern; only many do.
        """
        found: list[Span] = []
        at = 0
        while at <= len(text):
            if self._tries > 0 and self._at_once(text, at, found):
                break
            at = max(at, _next(found[-1])) if found else at
            match = self._search(text, at)
            if match is None:
                break
            found.append(match.span())
            at = _next(found[-1])
        return [span for span in found if span[0] < span[1]]

    def _at_once(self, text: str, at: int, found: list[Span]) -> bool:
        """The places by one call, which keeps the interpreter's lock; False when it takes long."""
        try:
            found.extend(map(_span, self._pattern.finditer(text, at, timeout=_MOMENT)))
        except (TimeoutError, RecursionError, MemoryError):  # what was found until then is kept
            self._tries -= 1
            return False
        return True

    def _search(self, text: str, at: int) -> regex.Match[str] | None:
        left = self._due - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError
            return self._pattern.search(text, at, concurrent=True, timeout=left)
        except TimeoutError:
            raise _too_much("takes too long") from None
        except (RecursionError, MemoryError) as error:
            raise _too_much("takes too much memory") from error


def _new(
    more: Sequence[Span], starts: Sequence[int], ends: Sequence[int], hyphens: Sequence[int] | None
) -> Sequence[Span]:
    """The places with a hyphen, and those that the text without these hyphens has not."""
    if hyphens is None:
        return more
    found: list[Span] = []
    last, count = len(hyphens), 0
    for low, high in more:
        while count < last and hyphens[count] < low:
            count += 1
        if not (count < last and hyphens[count] < high):
            at = bisect_left(starts, low - count)
            if at < len(starts) and (starts[at], ends[at]) == (low - count, high - count):
                continue
        found.append((low, high))
    return found


def _cuts(text: str) -> bytes:
    """For each place between two characters, and both ends, 1 where it is inside of a word."""
    for sign in set() if text.isascii() else set(text):
        if not sign.isascii():
            text = text.replace(sign, "a" if sign.isalnum() else " ")
    inked = int.from_bytes(text.encode("ascii").translate(_INKED), "little")
    return (inked & (inked << 8)).to_bytes(len(text) + 1, "little")


def _next(span: Span) -> int:
    """Where to look for the place after one."""
    return span[1] + (span[0] == span[1])


def _too_much(what: str) -> InputError:
    return InputError(
        f"This regular expression {what} in this document.",
        "Make it more exact; repeats inside of repeats, as in (a+)+, take very long.",
    )
