"""What a link inside the document leads to: the thing near the point it names.

LaTeX sets the point of a link a bit above the thing, or at the top of the
figure, or at its caption; other programs name the page only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from reader.domain.annotation import Rect
from reader.pdf.protocol import PdfLink
from reader.pdf.structure.captions import Captions
from reader.pdf.structure.equations import Equations
from reader.pdf.structure.headings import Headings
from reader.pdf.structure.lines import Lines
from reader.pdf.structure.naming import Entity
from reader.pdf.structure.references import References
from reader.pdf.structure.values import Caption, Equation, Heading, Kind, Reference, Target

_ABOVE, _BELOW = 42.0, 14.0  # how far the point may be above the thing, and within it


class Places:
    """The figures, tables, equations, headings and entries of a document by place."""

    def __init__(
        self,
        lines: Lines,
        captions: Captions,
        headings: Headings,
        equations: Equations,
        references: References,
    ) -> None:
        self._lines = lines
        self._references = references
        self._things: defaultdict[int, list[tuple[Rect, Entity]]] = defaultdict(list)
        for caption in captions.all:
            self._things[caption.page].append((caption.whole, caption))
        for heading in headings.all:
            self._things[heading.page].append((heading.rect, heading))
        for equation in equations.all:
            self._things[equation.page].append((equation.rect, equation))
        self._tops: dict[int, list[tuple[float, str]]] = {}

    def at(self, link: PdfLink, kind: Kind | None = None) -> Entity | None:
        """The thing a link leads to, of a kind where that is known; None where none is near."""
        if link.page is None:
            return None
        if kind in (None, "citation"):
            entry = self._references.near(link.page, link.x, link.y)
            if entry is not None or kind == "citation":
                return entry
        best: tuple[float, Entity] | None = None
        for rect, entity in self._things.get(link.page, ()):
            if kind is not None and kind_of(entity) != kind:
                continue
            distance = self._distance(link, rect, entity)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, entity
        return best[1] if best else None

    def text_at(self, link: PdfLink) -> Target | None:
        """The line at a link's point, for one that leads to nothing known."""
        if link.page is None or link.page >= len(self._lines.pages):
            return None
        rows = self._lines.pages[link.page]
        if link.page not in self._tops:
            ordered = sorted((line.box[1], at) for at, line in enumerate(rows))
            self._tops[link.page] = [(top, str(at)) for top, at in ordered]
        tops = self._tops[link.page]
        for _, at in tops[bisect_left(tops, (link.y - 4, "")) :][:8]:
            line = rows[int(at)]
            if line.box[2] > link.x - 5:
                return Target(link.page, line.box, line.text)
        return None

    def _distance(self, link: PdfLink, rect: Rect, entity: Entity) -> float | None:
        """How far the point is from where a link to the thing would stand."""
        aside = 0.0
        if link.x > 0 and (link.x > rect[2] + 12 or link.x < rect[0] - 300):
            aside = 40.0
        if isinstance(entity, Caption):
            own = entity.rect
            if rect[1] - _ABOVE <= link.y <= rect[3] + 4:
                near = min(abs(own[1] - link.y), abs(rect[1] - link.y))
                return min(near, 25.0) + aside
            return None
        if rect[1] - _ABOVE <= link.y <= max(rect[1] + _BELOW, (rect[1] + rect[3]) / 2 + 2):
            return abs(rect[1] - 6 - link.y) + aside
        return None


def kind_of(entity: Entity) -> Kind:
    """The kind of a mention that leads to a thing."""
    match entity:
        case Reference():
            return "citation"
        case Caption(kind="table"):
            return "table"
        case Caption():
            return "figure"
        case Heading():
            return "section"
        case Equation():
            return "equation"


def target_of(entity: Entity) -> Target:
    """The place and the words a mention leads to."""
    match entity:
        case Reference():
            return Target(entity.page, entity.rects[0], entity.text)
        case Caption():
            return Target(entity.page, entity.whole, entity.text)
        case Heading() | Equation():
            return Target(entity.page, entity.rect, entity.text)
