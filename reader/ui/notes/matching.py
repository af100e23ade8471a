"""Finding and replacing in the text of a note, without hanging the window.

The `regex` module takes a time limit, which the standard library's does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from reader.domain.errors import InputError
from reader.domain.value import dataclass
from reader.ui.notes.patching import qt_length

_SECONDS = 2.0  # a worker spends so long and no longer
_LONGEST = 1_000  # characters of an expression
_MOST = 100_000  # places


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    text: str
    case: bool = False
    words: bool = False
    regex: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text, counted in characters, and the match itself for its groups."""

    start: int
    end: int
    match: regex.Match[str]


def find(text: str, wanted: Wanted) -> list[Hit]:
    """All places that are not empty.  InputError for a pattern that is wrong or takes too long.

    The window's thread goes on meanwhile: `regex` lets go of the interpreter.
    """
    if not wanted.text:
        return []
    pattern = _compiled(wanted)
    try:
        found = [
            Hit(*match.span(), match)
            for match in pattern.finditer(text, timeout=_SECONDS, concurrent=True)
            if match.end() > match.start()
        ]
    except TimeoutError:
        raise InputError("This takes too long in this note.", "Make it more exact.") from None
    except (RecursionError, MemoryError) as error:
        raise InputError("This takes too much memory.", "Make it more exact.") from error
    if len(found) > _MOST:
        raise InputError("This is in too many places.", "Make it more exact.")
    return found


def _compiled(wanted: Wanted) -> regex.Pattern[str]:
    if len(wanted.text) > _LONGEST:
        raise InputError("This is too long to be looked for.", f"The limit is {_LONGEST}.")
    source = wanted.text if wanted.regex else regex.escape(wanted.text, special_only=True)
    if wanted.words:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    flags = regex.VERSION0 | regex.MULTILINE | (0 if wanted.case else regex.IGNORECASE)
    try:
        return regex.compile(source, flags)
    except (regex.error, RecursionError, OverflowError, MemoryError, ValueError) as error:
        what = getattr(error, "msg", str(error))
        raise InputError(f"This is no regular expression: {what}.") from error


def replacement(hit: Hit, template: str, wanted: Wanted) -> str:
    r"""What a place becomes; \1 and \g<name> are groups of a regular expression.

    InputError for a group that is not there.
    """
    if not wanted.regex:
        return template
    try:
        return hit.match.expand(template)
    except (regex.error, IndexError, KeyError, ValueError) as error:
        raise InputError(f"This cannot be put in: {error}.") from error


def all_replaced(text: str, hits: Sequence[Hit], template: str, wanted: Wanted) -> str:
    """A text with every place replaced."""
    parts: list[str] = []
    at = 0
    for hit in hits:
        parts += [text[at : hit.start], replacement(hit, template, wanted)]
        at = hit.end
    return "".join([*parts, text[at:]])


def qt_places(text: str, hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """The places as Qt counts them, in UTF-16."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return [(hit.start, hit.end) for hit in hits]
    found: list[tuple[int, int]] = []
    at = place = 0
    for hit in hits:
        start = place + qt_length(text[at : hit.start])
        place = start + qt_length(text[hit.start : hit.end])
        at = hit.end
        found.append((start, place))
    return found


@dataclass(frozen=True, slots=True)
class Places:
    """What was found in a text: the matches, where Qt has them, and why there may be none."""

    text: str = ""
    hits: Sequence[Hit] = ()
    places: Sequence[tuple[int, int]] = ()
    error: InputError | None = None


def places(text: str, wanted: Wanted) -> Places:
    """Find all places; a pattern that cannot be looked for is no exception here."""
    try:
        hits = find(text, wanted)
    except InputError as error:
        return Places(text, error=error)
    return Places(text, hits, qt_places(text, hits))
