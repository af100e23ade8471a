"""Portals: targets pinned in a pane over the pages' right edge, or following the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.popup import Picture
from reader.ui.viewer.jump.view import Sight, region
from reader.ui.viewer.region import Region, Regions
from reader.ui.widgets.buttons import tool

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_PRIORITY = 40
_BUDGET = 24 << 20
_SHARE, _LEAST, _EDGE = 0.42, 220, 16  # of the width; logical pixels
_ABOVE = 28
_MOST = 12  # pins


class Pane(QWidget):
    """The picture of a target, with the way to it and between the pins."""

    stepped = Signal(int)
    followed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("portalPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Portal"))
        self.picture = Picture(self)
        self.picture.clicked.connect(self.followed)
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setObjectName("previewFoot")
        self.previous = tool("previous", self.tr("Previous portal"), self)
        self.next = tool("next", self.tr("Next portal"), self)
        close = tool("close", self.tr("Close this portal"), self)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setContentsMargins(10, 2, 4, 2)
        row.setSpacing(2)
        row.addWidget(self.title, 1)
        for button in (self.previous, self.next, close):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.picture)


class Portal(Feature):
    """Pins what was pointed at last; the pane stays while the pages move."""

    name = "portal"
    rows = (
        Command(
            "viewer.portal", QT_TRANSLATE_NOOP("Commands", "Pin what was pointed at last"),
            "viewer", "portal.pin", ("Shift+P",), "portal", "Document", 4, enabled="can_pin",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.pins: list[Sight] = []
        self.at = 0
        self.pane: Pane | None = None
        self._last: Sight | None = None
        self._region: Region | None = None
        self._regions = Regions(page.engine, _PRIORITY, _BUDGET, self)
        self._regions.arrived.connect(self._drawn)
        page.theme.pages.changed.connect(self._show)

    def opened(self, pdf: PdfView) -> None:
        self._regions.use(pdf.doc)
        jump = self.page.feature(Jump)
        jump.shown.connect(self._pointed, Qt.ConnectionType.UniqueConnection)

    def left(self) -> None:
        self.pins, self.at, self._last = [], 0, None
        self._regions.use(None)
        self._show()

    def conditions(self) -> dict[str, bool]:
        return {"can_pin": self._last is not None}

    def pin(self) -> None:
        """Keep the target of the last preview in sight."""
        if self._last is None:
            return
        if self._last not in self.pins:
            self.pins = [*self.pins, self._last][-_MOST:]
        self.at = self.pins.index(self._last)
        self.page.feature(Jump).hide()
        self._show()

    def _pointed(self, sight: Sight) -> None:
        self._last = sight
        self.page.tell_conditions()

    def _step(self, by: int) -> None:
        self.at = (self.at + by) % max(len(self.pins), 1)
        self._show()

    def _close(self) -> None:
        if self.pins:
            del self.pins[self.at]
        self.at = max(min(self.at, len(self.pins) - 1), 0)
        self._show()

    def _follow(self) -> None:
        if self.pins:
            self.page.jump(self.pins[self.at].spot, above=_ABOVE)

    # -- what is seen

    def _show(self) -> None:
        if not self.pins:
            if self.pane is not None:
                self.pane.hide()
            return
        if self.pane is None:
            self.pane = Pane(self.page.canvas)
            self.pane.stepped.connect(self._step)
            self.pane.closed.connect(self._close)
            self.pane.followed.connect(self._follow)
            self.page.canvas.installEventFilter(self)
        self._fill(self.pane)
        self.pane.show()
        self.pane.raise_()

    def _fill(self, pane: Pane) -> None:
        canvas, sight, pdf = self.page.canvas, self.pins[self.at], self.page.pdf
        if pdf is None:
            return
        view = canvas.viewport().geometry()
        width = max(round(view.width() * _SHARE), min(_LEAST, view.width() - 2 * _EDGE))
        room = (width * canvas.ratio, view.height() * 0.6 * canvas.ratio)
        colors = self.page.theme.pages.now
        self._regions.recolor(colors.colors)
        self._region = region(sight, canvas.camera.scale, room)
        self._regions.want([self._region])
        across, down = self._region.pixels
        size = QSize(round(across / canvas.ratio), round(down / canvas.ratio))
        pane.picture.setFixedSize(size)
        pane.picture.show_image(self._regions.image(self._region), colors.paper)
        many = len(self.pins) > 1
        count = f"{self.at + 1}/{len(self.pins)} · " if many else ""
        label = self.tr("page {}").format(pdf.label(sight.spot.page))
        pane.title.setText(f"{count}{label}")
        pane.previous.setVisible(many)
        pane.next.setVisible(many)
        pane.adjustSize()
        self._place(pane, view)

    def _place(self, pane: Pane, view: QRect) -> None:
        pane.move(view.right() - pane.width() - _EDGE, view.top() + _EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.page.canvas and event.type() == QEvent.Type.Resize and self.pins:
            self._show()
        return False

    def _drawn(self, done: Region) -> None:
        if self.pane is not None and done == self._region:
            self.pane.picture.show_image(self._regions.image(done), self.page.theme.pages.now.paper)
