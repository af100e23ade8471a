"""Which lines are titles, which are abstracts, and which belong together.

A page in plain text says nothing of its structure, so this is a judgement.
Hard-wrapped lines are joined first (a line break is soft where the next word
would not have fitted).  Then each paragraph gets a score for running text, and
the cheapest sequence of title, continued title, abstract and further abstract
paragraph is found for all paragraphs together: one odd title between two
certain abstracts is still seen as a title.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import field, replace
from enum import IntEnum

from reader.domain.value import dataclass
from reader.formats.trending_page.lines import Kind, Line, is_strong_banner

_WRAPPED = 130  # no longer line: the file was wrapped by a person or a tool
_RAGGED = 15  # characters some tools leave free at a line's end
_NARROW = 50  # shorter lines are not wrapped text


class Role(IntEnum):
    TITLE = 0
    TITLE_MORE = 1
    ABSTRACT = 2
    ABSTRACT_MORE = 3


@dataclass(slots=True)
class Entry:
    """A title and the paragraphs under it, in pieces; no title when text stands without one."""

    line: int
    titles: list[str] = field(default_factory=list)
    paragraphs: list[list[str]] = field(default_factory=list)
    address: str = ""

    @property
    def title(self) -> str:
        return "".join(self.titles)

    @property
    def abstract(self) -> str:
        return "\n\n".join("".join(pieces) for pieces in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a whole page is set.

    `width` is the width its text was wrapped at, 0 when it was not; `separated`
    says that empty lines part its paragraphs.
    """

    width: int = 0
    separated: bool = False


def layout_of(lines: Sequence[Line]) -> Layout:
    """The layout of a page's lines."""
    width = _width([line for line in lines if line.kind is Kind.TEXT], least=6)
    runs = _runs(lines)
    hard = sum(
        not (width and _is_soft(above.text, line, width - _RAGGED))
        for run in runs
        for above, line in itertools.pairwise(run)
    )
    return Layout(width, len(runs) > 2 and hard * 3 <= len(runs))


def settle(lines: Sequence[Line], layout: Layout) -> list[Line]:
    """The lines; where empty lines part paragraphs, a word of the site's menus right
    under text ("Models") is the end of that text."""
    settled: list[Line] = []
    for line in lines:
        above = settled[-1] if settled else None
        continues = above is not None and above.kind is Kind.TEXT and not line.gap
        if (
            layout.separated
            and continues
            and line.kind is Kind.BANNER
            and not is_strong_banner(line)
        ):
            line = replace(line, kind=Kind.TEXT)
        settled.append(line)
    return settled


def unwrap(lines: Sequence[Line], layout: Layout) -> list[Line]:
    """The lines with hard-wrapped paragraphs joined.

    Where the page as a whole is not wrapped, each run of lines without gaps is
    measured by itself: old abstracts are wrapped on pages that are not.
    """
    joined: list[tuple[Line, list[str]]] = []
    for run in _runs(lines):
        limit = layout.width or _width(run, least=2)
        above = ""
        for index, line in enumerate(run):
            whole_run = layout.width and layout.separated and not line.heading
            if index and limit and (whole_run or _is_soft(above, line, limit)):
                joined[-1][1].extend((between(above, line.text), line.text))
            else:
                joined.append((line, [line.text]))
            above = line.text
    return [replace(line, text="".join(pieces)) for line, pieces in joined]


def _width(lines: Sequence[Line], least: int) -> int:
    """The width at which the lines are wrapped: most, and at least so many, are filled; else 0."""
    lengths = sorted(len(line.text) for line in lines)
    # Long addresses stick out of wrapped text.
    longest = lengths[-1 - len(lengths) // 50] if lengths else 0
    if not _NARROW < longest <= _WRAPPED:
        return 0
    filled = sum(length > longest - _RAGGED for length in lengths)
    return longest if filled >= max(least, len(lengths) * 0.5) and len(lengths) > 2 else 0


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        if runs and not line.gap:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _is_soft(above: str, line: Line, width: int) -> bool:
    """Whether the first word of the line would not have fitted on the line above."""
    if line.heading:
        return False
    word = re.split(r"(?<=[^\s-]-)(?=\S)|\s", line.text, maxsplit=1)[0]
    space = 0 if above.endswith("-") else 1
    return len(above) + space + len(word) > width


def between(above: str, below: str) -> str:
    """What joins two pieces of a broken line: nothing where a word broke at its hyphen."""
    if re.match(r"[^\s-]-$", above[-2:]) and not re.match(r"(?:and|or|to|nor|vs\.?|und)\s", below):
        return ""
    return " "


_ENDS = frozenset(".?!:;)]\"'")  # a line that ends so ends its paragraph
_SENTENCES = re.compile(r"[.?!][\"')\]]*\s+[A-Z\"(\[]")
_OPENING = re.compile(
    r"^(?:we|this|these|in|our|there|it|recent|recently|although|while|despite|existing)\b",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(
    r"(?:[:,–-]|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|the|to|via|with|without|using))$",
    re.IGNORECASE,
)


def score(text: str) -> float:
    """How much a paragraph looks like running text (> 0) rather than a title (< 0)."""
    length = len(text)
    value = next((points for least, points in _LENGTH_POINTS if length >= least), -3.0)
    value += 1.5 * min(len(_SENTENCES.findall(text[:2000])), 3)
    words = [word for word in text[:2000].split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words) / len(words) if words else 0.5
    value += -2.0 if capitals > 0.6 else (1.0 if capitals < 0.3 else 0.0)
    if text.endswith("."):
        value += 2.5 if capitals < 0.3 else 1.5
    elif text[-1:].isalnum():
        value -= 1.5
    value += 1.0 if _OPENING.match(text) else 0.0
    value += 5.0 if re.search(r"https?://", text) else 0.0
    return value


_LENGTH_POINTS = ((400, 6.0), (250, 3.0), (160, 1.0), (120, 0.0), (60, -1.5))
_NEVER = -1e9


def _step(before: Role, after: Role, above: Line, line: Line) -> float:
    """What it costs (below zero) that `after` follows `before`."""
    blank = line.gap
    match before, after:
        case Role.ABSTRACT | Role.ABSTRACT_MORE, Role.TITLE:
            return 0.0 if blank else -0.5
        case Role.ABSTRACT | Role.ABSTRACT_MORE, Role.ABSTRACT_MORE:
            # A short first paragraph without a full stop is more likely a title.
            odd = before is Role.ABSTRACT and len(above.text) < 200 and above.text[-1:].isalnum()
            return (-2.5 if blank else -1.5) - (1.5 if odd else 0.0)
        case Role.TITLE | Role.TITLE_MORE, Role.ABSTRACT:
            return 0.0
        case Role.TITLE | Role.TITLE_MORE, Role.TITLE:
            return -3.0 if blank else -5.0
        case Role.TITLE | Role.TITLE_MORE, Role.TITLE_MORE:
            loose = _goes_on(above, line)
            if above.heading and blank:
                return -20.0  # the heading is the whole title
            cost = (-5.0 if blank else -0.5) - (1.5 if line.text.endswith(".") else 0.0)
            return cost + (4.0 if loose else 0.0) - (1.0 if before is Role.TITLE_MORE else 0.0)
        case _:
            return _NEVER


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a title's line surely goes on in the next."""
    return bool(_LOOSE_END.search(above.text)) or line.text.split()[0].islower()


def label(lines: Sequence[Line]) -> list[Role]:
    """The most likely role of each paragraph, judged over the whole sequence."""
    if not lines:
        return []
    best: list[list[float]] = []
    back: list[list[int]] = []
    for index, line in enumerate(lines):
        own = _own_scores(line)
        if index == 0:
            best.append([own[0], _NEVER, own[2] - 6.0, _NEVER])
            back.append([0, 0, 0, 0])
            continue
        row: list[float] = []
        origins: list[int] = []
        for role in Role:
            options = [
                best[-1][before] + _step(before, role, lines[index - 1], line) for before in Role
            ]
            origin = max(range(4), key=options.__getitem__)
            row.append(options[origin] + own[role])
            origins.append(origin)
        best.append(row)
        back.append(origins)
    role = max(range(4), key=best[-1].__getitem__)
    roles = [Role(role)]
    for origins in reversed(back[1:]):
        role = origins[role]
        roles.append(Role(role))
    return roles[::-1]


def _own_scores(line: Line) -> tuple[float, float, float, float]:
    if line.heading:
        return 50.0, -50.0, -50.0, -50.0
    prose = score(line.text)
    return -prose, -prose, prose, prose


def entries(lines: Sequence[Line], *, one: bool = False) -> list[Entry]:
    """Titles with their abstracts, in order; text before the first title has title "".

    `one`: the lines are of one paper with some text, however short or like a title that is.
    """
    found: list[Entry] = []
    last = ""
    if one and len(lines) == 2 and not _goes_on(*lines):
        roles = [Role.TITLE, Role.ABSTRACT]
    else:
        roles = label(lines)
    for line, role in zip(lines, roles, strict=True):
        if role is Role.TITLE or not found:
            found.append(Entry(line.number, address=line.address))
        entry = found[-1]
        entry.address = entry.address or line.address
        match role:
            case Role.TITLE | Role.TITLE_MORE if not entry.paragraphs:
                entry.titles += [between(last, line.text)] if entry.titles else []
                entry.titles.append(line.text)
            case _ if entry.paragraphs and not line.gap and last[-1:] not in _ENDS:
                entry.paragraphs[-1] += [between(last, line.text), line.text]
            case _:
                entry.paragraphs.append([line.text])
        last = line.text
    return found
