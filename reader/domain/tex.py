"""Where a text holds TeX between dollars, and where a dollar is a price.

The rules are those of the dollarmath plugin of mdit-py-plugins with spaces and
digits off: "$x$" and "$$x$$" are math; "$5 and $10", "$ x $" and "\\$x$" are text.
The plugin itself looks at the text's last character when the first is a dollar,
so that "$x$ is 5" is no math to it; here it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class MathSpan:
    """text[start:end] is `tex` with its dollars; `display` for two on either side."""

    start: int
    end: int
    tex: str
    display: bool


@dataclass(frozen=True, slots=True)
class Formula:
    """Math that is set: black on nothing, lengths in units of the font's size.

    `ascent` is what stands above the baseline, the rest of `height` below it.
    """

    svg: bytes
    width: float
    height: float
    ascent: float


def math_at(text: str, at: int) -> MathSpan | None:
    """The math that begins with the dollar at a place; None when it is a dollar."""
    if text[at] != "$" or at + 1 >= len(text):
        return None
    if text[at + 1].isspace() or (at and text[at - 1].isdigit()) or _escaped(text, at):
        return None
    display = text[at + 1] == "$"
    begin = at + 1 + display
    end = _closing(text, begin, double=display)
    if end < 0 or (not display and text[end - 1].isspace()):
        return None
    after = end + 1 + display
    if after < len(text) and text[after].isdigit():
        return None
    tex = text[begin:end]
    return MathSpan(at, after, tex, display) if tex.strip() else None


def math_spans(text: str) -> Iterator[MathSpan]:
    """All math of a text, in its order."""
    at = text.find("$")
    while at >= 0:
        found = math_at(text, at)
        if found is not None:
            yield found
        at = text.find("$", found.end if found else at + 1)


def _closing(text: str, begin: int, *, double: bool) -> int:
    """Where the dollars that end the math are; -1 when there are none."""
    end = text.find("$", begin)
    while end >= 0:
        if not _escaped(text, end) and (not double or text[end + 1 : end + 2] == "$"):
            return end
        end = text.find("$", end + 1)
    return -1


def _escaped(text: str, at: int) -> bool:
    slashes = 0
    while at - slashes and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1
