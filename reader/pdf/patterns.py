"""Regular expressions that cannot hang the program.

The standard library's `re` holds the interpreter's lock while it backtracks and
cannot be stopped; `regex` gives the lock away and takes a time limit.
"""

from __future__ import annotations

import time
from operator import methodcaller

import regex

from reader.domain.errors import InputError
from reader.pdf.finding import Matcher, Query, is_word
from reader.pdf.folding import Span, fold_text

_SECONDS = 2.0  # for a whole document
_MOMENT = 0.004  # seconds of CPU a call may keep the interpreter's lock
_TRIES = 24  # calls of that kind that may be cut off
_LONGEST = 1_000  # characters of a pattern
_MOST = 200_000  # places
_span = methodcaller("span")


def matcher(query: Query, seconds: float = _SECONDS) -> Matcher | None:
    """What finds a query's pattern; None for a query without one.  It may be used once.

    Raises InputError for a pattern that is wrong; the matcher raises one when
    all its uses together take longer than `seconds`, a clock that starts with
    the first.
    """
    if not query.regex:
        return None
    return _Patterned(_compiled(query), seconds, words=query.words)


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


class _Patterned:
    def __init__(self, pattern: regex.Pattern[str], seconds: float, *, words: bool) -> None:
        self._pattern = pattern
        self._seconds = seconds
        self._words = words
        self._due = 0.0
        self._count = 0
        self._tries = _TRIES

    def __call__(self, text: str) -> list[Span]:
        """Every place in a text that is not empty."""
        now = time.monotonic()
        self._due = self._due or now + self._seconds
        if now > self._due:
            raise _too_much("takes too long")
        spans = self._places(text)
        if self._words:
            spans = [span for span in spans if is_word(text, *span)]
        self._count += len(spans)
        if self._count > _MOST:
            raise _too_much("is found in too many places")
        return spans

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


def _next(span: Span) -> int:
    """Where to look for the place after one."""
    return span[1] + (span[0] == span[1])


def _too_much(what: str) -> InputError:
    return InputError(
        f"This regular expression {what} in this document.",
        "Make it more exact; repeats inside of repeats, as in (a+)+, take very long.",
    )
