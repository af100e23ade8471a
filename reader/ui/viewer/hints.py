"""Link hints: letters over everything that leads somewhere, to follow it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter

from reader.domain.annotation import Rect
from reader.pdf.protocol import PdfLink
from reader.services.findings import Target
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.study import Study

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_LETTERS = "asdfghjkl"
_ABOVE = 28  # logical pixels left free above a place that was jumped to
_PIXELS = 12  # of the letters, logical
_PAPER, _INK, _TYPED = QColor("#ffd83d"), QColor("#1c1a10"), QColor("#8a7a2c")


@dataclass(frozen=True, slots=True)
class Hint:
    """A label at a place, and where it leads."""

    label: str
    spot: Spot
    goal: PdfLink | Target


class Hints(Feature):
    """While hints are shown, letters narrow them until one is left."""

    name = "hints"
    rows = (
        Command(
            "viewer.hints", QT_TRANSLATE_NOOP("Commands", "Follow a link by its letters"),
            "viewer", "hints.start", ("F",), "link", "Document", 7, enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.hints: tuple[Hint, ...] = ()
        self.typed = ""
        page.canvas.layers.append(self)
        page.canvas.moved.connect(self.escape)

    def start(self) -> None:
        """Put letters over all links and mentions in view."""
        goals = sorted(self._goals(), key=lambda found: (found[0].page, found[0].y, found[0].x))
        self.typed = ""
        self.hints = tuple(
            Hint(label, spot, goal)
            for label, (spot, goal) in zip(labels(len(goals)), goals, strict=True)
        )
        if not self.hints:
            self.page.statusChanged.emit(self.tr("There are no links in view."))
        self.page.canvas.viewport().update()

    def left(self) -> None:
        self.escape()

    def escape(self) -> bool:
        was, self.hints, self.typed = bool(self.hints), (), ""
        if was:
            self.page.canvas.viewport().update()
        return was

    def grabs(self, event: QKeyEvent) -> bool:
        return bool(self.hints) and (
            event.key() == Qt.Key.Key_Backspace
            or (not event.modifiers() and event.text().isalpha())
        )

    def key(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.typed = self.typed[:-1]
        else:
            self._type(event.text().lower())
        self.page.canvas.viewport().update()

    def shown(self) -> tuple[Hint, ...]:
        """The hints that begin with what was typed."""
        return tuple(hint for hint in self.hints if hint.label.startswith(self.typed))

    def _type(self, letter: str) -> None:
        wanted = self.typed + letter
        found = [hint for hint in self.hints if hint.label.startswith(wanted)]
        if not found:
            return
        self.typed = wanted
        if found[0].label == wanted:
            self.escape()
            self._follow(found[0].goal)

    def _follow(self, goal: PdfLink | Target) -> None:
        if isinstance(goal, PdfLink):
            self.page.follow(goal)
        else:
            self.page.jump(Spot(goal.page, goal.rect[0], goal.rect[1]), _ABOVE)

    def _goals(self) -> Iterator[tuple[Spot, PdfLink | Target]]:
        """Mentions lie over the file's own links, as they do under the pointer."""
        content, findings = self.page.canvas.content, self.page.feature(Study).findings
        for page in self.page.canvas.camera.visible():
            taken: list[Rect] = []
            for mention in findings.mentions.get(page, ()):
                if mention.target is not None and mention.rects:
                    taken += mention.rects
                    yield from self._in_view(page, mention.rects[0], mention.target)
            for link in content.links(page) or ():
                if not any(_overlap(link.rect, rect) for rect in taken):
                    yield from self._in_view(page, link.rect, link)

    def _in_view(
        self, page: int, rect: Rect, goal: PdfLink | Target
    ) -> Iterator[tuple[Spot, PdfLink | Target]]:
        camera = self.page.canvas.camera
        x, y = camera.view_point(Spot(page, (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2))
        if 0 <= x < camera.width and 0 <= y < camera.height:
            yield Spot(page, rect[0], rect[1]), goal

    # -- painting

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        del painter, view

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        if not self.hints:
            return
        camera = self.page.canvas.camera
        font = QFont(self.page.font())
        font.setPixelSize(round(_PIXELS * ratio))
        font.setBold(True)
        metrics, pad = QFontMetricsF(font), 3 * ratio
        painter.save()
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for hint in self.shown():
            text, typed = hint.label.upper(), self.typed.upper()
            x, y = camera.view_point(hint.spot)
            width, height = metrics.horizontalAdvance(text) + 2 * pad, metrics.height()
            left, top = max(x - width / 2, 0.0), max(y - height / 2, 0.0)
            painter.setPen(_TYPED)
            painter.setBrush(_PAPER)
            painter.drawRoundedRect(QRectF(left, top, width, height), pad, pad)
            base = top + metrics.ascent()
            painter.drawText(round(left + pad), round(base), typed)
            painter.setPen(_INK)
            start = left + pad + metrics.horizontalAdvance(typed)
            painter.drawText(round(start), round(base), text[len(typed) :])
        painter.restore()


def labels(count: int) -> list[str]:
    """As many labels, as short as can be; none begins another."""
    made, at = [""], 0
    while len(made) - at < count:
        made += [made[at] + letter for letter in _LETTERS]
        at += 1
    return [label or _LETTERS[0] for label in made[at : at + count]]


def _overlap(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
