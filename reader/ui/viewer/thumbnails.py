"""Small pictures of the pages beside them: where one is, and a way to any other page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.arrangement import turned_size
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.region import Region, Regions
from reader.ui.viewer.rows import Rows

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

Index = QModelIndex | QPersistentModelIndex
PANE = "thumbnails"
ROW_HEIGHT, _LABEL, _GAP, _WIDEST = 208, 22, 8, 190
_PRIORITY = 40  # behind the outline, before texts that are studied
_BUDGET = 12_000_000
_SCROLLING = 60  # ms without a scroll before pictures are asked for


class PagesModel(QAbstractListModel):
    """The pages of a document by their names."""

    def __init__(self, pdf: PdfView | None, parent: QObject) -> None:
        super().__init__(parent)
        self._pdf = pdf

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._pdf is None else self._pdf.pages

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._pdf is None or not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._pdf.label(index.row())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("Page {}").format(self._pdf.label(index.row()))
            case _:
                return None


class _Painter(QStyledItemDelegate):
    def __init__(self, pages: Thumbnails) -> None:
        super().__init__(pages)
        self._pages = pages

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), ROW_HEIGHT)  # pyright: ignore[reportAttributeAccessIssue]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._pages.page.theme
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        number = index.row()
        place = self._pages.place(number, rect)
        current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(place, theme.pages.now.paper)
        image = self._pages.image(number)
        if image is not None:
            painter.drawImage(place, image)
        role = "accent" if current else "control_line"
        if state & QStyle.StateFlag.State_MouseOver and not current:
            role = "muted"
        pen = QPen(theme.color(role), 2 if current else 1)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold if current else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color("text" if current else "muted"))
        below = QRect(rect.left(), place.bottom() + 2, rect.width(), _LABEL)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class _Pane(QWidget):
    shown = Signal()

    def __init__(self, painter: _Painter, model: PagesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = Rows(ROW_HEIGHT, self)
        self.rows.setAccessibleName(self.tr("Thumbnails"))
        self.rows.setItemDelegate(painter)
        self.rows.setModel(model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.rows)
        self.setFocusProxy(self.rows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()


class Thumbnails(Feature):
    """Asks for pictures of the rows that are seen, and of no others."""

    name = "thumbnails"
    rows = (
        Command(
            "viewer.thumbnails", QT_TRANSLATE_NOOP("Commands", "Thumbnails of the pages"),
            "viewer", "thumbnails.show_pages", ("T",), "thumbnails", "View", 6,
            enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._pdf: PdfView | None = None
        self.pictures: Regions | None = None
        self._regions: dict[int, Region] = {}
        self._marked = -1  # the page that was marked last
        self._model = PagesModel(None, self)
        self._pane: _Pane | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SCROLLING)
        self._soon.timeout.connect(self._ask)
        page.panel.add(PANE, "thumbnails", self.tr("Thumbnails (T)"), lambda: self.pane)
        page.canvas.moved.connect(self._follow)
        page.canvas.arranged.connect(self._soon.start)
        page.theme.pages.changed.connect(self._recolor)

    @property
    def pane(self) -> _Pane:
        """The rows and what is around them, made when they are first needed."""
        if self._pane is None:
            self._pane = _Pane(_Painter(self), self._model, self.page.panel.room)
            self._pane.shown.connect(self._mark)
            rows = self._pane.rows
            self.page.theme.changed.connect(rows.viewport().update)
            bar = rows.verticalScrollBar()
            bar.valueChanged.connect(lambda _: self._soon.start())
            bar.rangeChanged.connect(lambda *_: self._soon.start())
            rows.chosen.connect(self._go)
            rows.left.connect(self._mark)
        return self._pane

    @property
    def list(self) -> Rows:
        """The rows."""
        return self.pane.rows

    def show_pages(self) -> None:
        """Show the pane, or hide it when it is shown."""
        on = not self.page.panel.shows(PANE)
        self.page.show_pane(PANE, on, keys=on)

    def opened(self, pdf: PdfView) -> None:
        self._pdf = pdf
        self.pictures = Regions(pdf.engine, _PRIORITY, _BUDGET, self)
        self.pictures.use(pdf.doc)
        self.pictures.arrived.connect(self._arrived)
        pdf.labelled.connect(self._update)
        self._use(pdf)
        self._recolor()
        self._mark()

    def left(self) -> None:
        self._soon.stop()
        self._pdf = None
        if self.pictures is not None:
            self.pictures.use(None)
            self.pictures.deleteLater()
            self.pictures = None
        self._use(None)

    def rest(self) -> None:
        self._soon.stop()
        if self.pictures is not None and self._pdf is not None:
            self.pictures.use(self._pdf.doc)

    def _use(self, pdf: PdfView | None) -> None:
        old, self._model = self._model, PagesModel(pdf, self)
        if self._pane is not None:
            self._pane.rows.setModel(self._model)
        old.deleteLater()

    def _update(self) -> None:
        if self._pane is not None:
            self._pane.rows.viewport().update()

    # -- what the rows are painted with

    def place(self, number: int, row: QRect) -> QRect:
        """Where the picture of a page lies in its row."""
        width, height = self._size(number)
        room = QSize(min(row.width() - 4 * _GAP, _WIDEST), ROW_HEIGHT - _LABEL - 2 * _GAP)
        size = QSize(max(round(width), 1), max(round(height), 1))
        size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        left = row.left() + (row.width() - size.width()) // 2
        top = row.top() + _GAP + (room.height() - size.height()) // 2
        return QRect(QPoint(left, top), size)

    def image(self, number: int) -> Any:
        """The picture of a page, when it is here; the last one of another size meanwhile."""
        region = self._regions.get(number)
        if self.pictures is None or region is None:
            return None
        turned = region.rotation != self.page.canvas.camera.rotation
        return None if turned else self.pictures.image(region)

    def _region(self, number: int) -> Region:
        width, height = self._size(number)
        row = QRect(0, 0, self.list.viewport().width(), ROW_HEIGHT)
        place = self.place(number, row)
        scale = place.width() * self.list.devicePixelRatioF() / max(width, 1.0)
        turn = self.page.canvas.camera.rotation
        return Region(number, (0.0, 0.0, width, height), scale, turn)

    def _size(self, number: int) -> tuple[float, float]:
        """Width and height of a page as it is turned."""
        if self._pdf is None:
            return 1.0, 1.0
        return turned_size(self._pdf.size_of(number), self.page.canvas.camera.rotation)

    def _ask(self) -> None:
        if self._pdf is None or self.pictures is None or self._pane is None:
            return
        wanted = list(self.list.seen()) if self.list.isVisible() else []
        self._regions = {number: self._region(number) for number in wanted}
        self.pictures.want(self._regions.values())
        self._update()

    def _arrived(self, region: Region) -> None:
        del region
        self._update()

    def _recolor(self) -> None:
        if self.pictures is not None and self._pdf is not None:
            self.pictures.recolor(self.page.theme.pages.now.colors)
            self._soon.start()

    def _go(self, index: QModelIndex) -> None:
        """Go to a page that was chosen; near the end another one may be at the top of the view."""
        self.page.go_to_page(index.row())
        self.list.setCurrentIndex(index)

    def _follow(self) -> None:
        """Mark the page one is on when that is another one; who walks in the list stays there."""
        if self.page.canvas.camera.current() != self._marked:
            self._mark()

    def _mark(self) -> None:
        """Mark the page one is on."""
        if self._pdf is None or not self.page.panel.shows(PANE):
            return
        self._marked = self.page.canvas.camera.current()
        index = self._model.index(self._marked)
        if index != self.list.currentIndex():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        if not self._soon.isActive():
            self._soon.start()
