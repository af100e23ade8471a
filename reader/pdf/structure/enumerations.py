"""Lists within running text: "we (1) do this, (2) do that, and (3) rest" names no equations."""

from __future__ import annotations

import re
from collections.abc import Sequence

_POINT = re.compile(r"\((\d{1,2})\)")
_GOES_ON = re.compile(r"\s?[^\W\d_]")  # behind a point stand words
_PARTED = re.compile(r"(?:[,;.:]|\b(?:and|or))\s?$")  # before all points but the first
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 500  # characters of a point
_WORDS = 2  # of a point at least: "(1) and (2)" has none of its own
# Before the number of an equation as well; a list of two points says too little against them.
_OF_EQUATIONS = re.compile(
    r"\b(?:in|from|by|of|using|into|via|see|with|under|to|through|between|and|as|solve|"
    r"eqs?|equations?)\.?\s?$",
    re.IGNORECASE,
)


def points_of_lists(text: str) -> frozenset[int]:
    """Where the numbers of such lists begin; "(" is at each of these places."""
    found: set[int] = set()
    run: list[re.Match[str]] = []
    for match in _POINT.finditer(text):
        number = int(match[1])
        if run and number == len(run) + 1 and _follows(text, run[-1], match):
            run.append(match)
            continue
        found.update(_places(text, run))
        run = [match] if number == 1 and _GOES_ON.match(text, match.end()) else []
    found.update(_places(text, run))
    return frozenset(found)


def _follows(text: str, before: re.Match[str], match: re.Match[str]) -> bool:
    """Whether a number is that of the next point."""
    point = text[before.end() : match.start()]
    return (
        len(point) < _LONGEST
        and _PARTED.search(point[-8:]) is not None
        and len(set(_WORD.findall(point)) - {"and", "or"}) >= _WORDS
        and _GOES_ON.match(text, match.end()) is not None
    )


def _places(text: str, run: Sequence[re.Match[str]]) -> list[int]:
    if len(run) < 2:
        return []
    before = text[max(run[0].start() - 16, 0) : run[0].start()]
    if len(run) == 2 and _OF_EQUATIONS.search(before):
        return []
    return [match.start() for match in run]
