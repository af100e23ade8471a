"""What a document's text leads to: mentions and their targets, as the window asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from reader.domain.annotation import Rect
from reader.domain.value import dataclass
from reader.pdf.flow import PagePlan
from reader.pdf.protocol import OutlineItem, PageText, PdfLink
from reader.pdf.structure.structure import Structure
from reader.pdf.structure.values import Caption, Equation, Heading, Mention, Reference, Target

__all__ = ["Caption", "Equation", "Findings", "Heading", "Mention", "Reference", "Target", "study"]

_TALL = 190.0  # points of a section that are shown of its beginning
_PAD = 8.0


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a document's text.

    `mentions` are by page.  `columns` are the left and right edges of each
    page's columns of text, view space.  `outline` is made of the headings.
    `plans` say what of a page is no running text.  `whole` says that all pages were read, and not only as many as a budget allows.
    """

    mentions: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    captions: tuple[Caption, ...] = ()
    headings: tuple[Heading, ...] = ()
    equations: tuple[Equation, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    columns: tuple[tuple[tuple[float, float], ...], ...] = ()
    whole: bool = True
    plans: Mapping[int, PagePlan] = field(default_factory=dict)

    def mention_at(self, page: int, x: float, y: float) -> Mention | None:
        """The mention under a point of a page, the shortest where several lie there."""
        found = [
            mention
            for mention in self.mentions.get(page, ())
            if any(_holds(rect, x, y) for rect in mention.rects)
        ]
        return min(found, key=lambda mention: mention.end - mention.start, default=None)

    def reference_of(self, target: Target) -> Reference | None:
        """The entry of the bibliography that a citation leads to."""
        for reference in self.references:
            if reference.page == target.page and target.rect in reference.rects:
                return reference
        return None

    def column_of(self, page: int, x: float) -> int:
        """Which column of a page a place stands in, counted from the left; 0 where it has one."""
        edges = self.columns[page] if 0 <= page < len(self.columns) else ()
        return max(sum(x >= left - 6 for left, _ in edges) - 1, 0)

    def beginning(self, page: int, x: float, y: float, size: tuple[float, float]) -> Rect:
        """What is shown of a place of a page (`size` in points): its column, some lines high."""
        width, height = size
        top = min(max(y - _PAD, 0.0), max(height - _TALL, 0.0))
        edges = self.columns[page] if 0 <= page < len(self.columns) else ()
        inside = [edge for edge in edges if edge[0] - 30 <= x < edge[1]]
        left, right = inside[0] if inside else (0.0, width)
        return max(left - _PAD, 0.0), top, min(right + _PAD, width), min(top + _TALL, height)


def study(
    texts: Sequence[PageText | None],
    links: Sequence[Sequence[PdfLink]],
    outline: Sequence[OutlineItem] = (),
    *,
    whole: bool = True,
) -> Findings:
    """Look through a document; `texts` and `links` are its pages in order.

    Takes about 1 ms a page, and belongs on a lane.
    """
    structure = Structure(texts, outline)
    found = {page: structure.mentions(page, links[page]) for page in range(len(texts))}
    return Findings(
        {page: mentions for page, mentions in found.items() if mentions},
        structure.references,
        structure.captions,
        structure.headings,
        structure.equations,
        structure.outline(),
        tuple(columns.edges for columns in structure.lines.columns),
        whole,
        {page: _plan(structure, page) for page in range(len(texts))},
    )


def _plan(structure: Structure, page: int) -> PagePlan:
    """What of a page is no paragraph: for the reading view."""
    lines = structure.lines
    return PagePlan(
        tuple((head.rect, head.level) for head in structure.headings if head.page == page),
        tuple(caption.whole for caption in structure.captions if caption.page == page),
        (
            *(line.box for line in lines.pages[page] if (page, line.number) in lines.furniture),
            *(line.box for line in lines.counts[page]),
        ),
        tuple(equation.rect for equation in structure.equations if equation.page == page),
    )


def _holds(rect: Rect, x: float, y: float) -> bool:
    return rect[0] - 1 <= x <= rect[2] + 1 and rect[1] <= y <= rect[3]
