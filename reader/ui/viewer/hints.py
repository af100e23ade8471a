"""Link hints: letters over everything that leads somewhere, to follow it by keyboard.

With Shift the last letter shows a preview of where it leads instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter

from reader.domain.value import dataclass
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.places import Place, in_view

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_LETTERS = "asdfghjkl"
_PIXELS = 12  # of the letters, logical
_PAPER, _INK, _TYPED = QColor("#ffd83d"), QColor("#1c1a10"), QColor("#8a7a2c")


@dataclass(frozen=True, slots=True)
class Hint:
    """A label at a place that leads somewhere."""

    label: str
    place: Place


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
        self.page.pagesWanted.emit()
        places = in_view(self.page.canvas)
        self.typed = ""
        self.hints = tuple(map(Hint, labels(len(places)), places))
        self.page.canvas.setFocus()  # the letters are for the pages, whatever had the keys
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
            or (
                not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
                and event.text().isalpha()
            )
        )

    def key(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.typed = self.typed[:-1]
        else:
            shift = Qt.KeyboardModifier.ShiftModifier
            self._type(event.text().lower(), preview=bool(event.modifiers() & shift))
        self.page.canvas.viewport().update()

    def shown(self) -> tuple[Hint, ...]:
        """The hints that begin with what was typed."""
        return tuple(hint for hint in self.hints if hint.label.startswith(self.typed))

    def _type(self, letter: str, *, preview: bool) -> None:
        wanted = self.typed + letter
        found = [hint for hint in self.hints if hint.label.startswith(wanted)]
        if not found:
            return
        self.typed = wanted
        if found[0].label == wanted:
            self.escape()
            link = found[0].place.link
            if preview and link.page is not None:
                self.page.feature(Jump).preview_of(link)
            else:
                self.page.follow(link)

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
            x0, y0, _, _ = hint.place.rects[0]
            x, y = camera.view_point(Spot(hint.place.page, x0, y0))
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
