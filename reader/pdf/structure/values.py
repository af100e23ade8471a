"""What is found in a paper's text: mentions, what they lead to, and the lists of those.

Pages are 0-based, rects are view space points (see `reader.domain.annotation`).
"""

from __future__ import annotations

from typing import Literal

from reader.domain.annotation import Rect
from reader.domain.value import dataclass

Kind = Literal["citation", "figure", "table", "equation", "section"]
Source = Literal["link", "text"]
CaptionKind = Literal["figure", "table", "algorithm"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a mention leads to: the whole figure, the entry, the heading, the equation."""

    page: int
    rect: Rect
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in running text that names another place of the document.

    `start` and `end` are indices of the page's characters; `rects` has one
    rectangle for each line it touches, the one with the number last.  An
    algorithm counts as a figure.  `target` is None where a link leads to
    another place than the text could be found at.
    """

    page: int
    rects: tuple[Rect, ...]
    start: int
    end: int
    text: str
    kind: Kind
    target: Target | None
    source: Source


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the bibliography; what could not be told is "" or empty.

    `number` counts from 1; `label` is what the text cites it by ("12", "KB15"),
    "" where it is cited by author and year.  `year` keeps its letter ("2019a").
    `rects` are those on `page`, where the entry begins, one for each column.
    """

    number: int
    label: str
    text: str
    title: str
    authors: tuple[str, ...]
    year: str
    doi: str
    arxiv_id: str
    page: int
    rects: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption: `rect` is its own, `whole` that of the figure or table together with it."""

    kind: CaptionKind
    number: str
    page: int
    rect: Rect
    whole: Rect
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; `number` as one refers to it ("4.2", "IV-A", "B"), "" without one."""

    level: int
    number: str
    title: str
    page: int
    rect: Rect

    @property
    def text(self) -> str:
        """The heading as it stands."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Equation:
    """A displayed equation with a number at the margin."""

    number: str
    page: int
    rect: Rect
    text: str
