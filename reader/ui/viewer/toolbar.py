"""The row above the pages: places, page, zoom, find and notes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from reader.ui.widgets.buttons import room, tool

_NARROWEST = 220  # logical pixels
_LEVELS = ("0.5", "0.75", "1", "1.25", "1.5", "2", "3", "4", "8")


class _PageField(QLineEdit):
    """The number of the page; clicked, it is ready to be replaced."""

    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        fresh = not self.hasFocus()
        super().mousePressEvent(event)
        if fresh:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ViewerBar(QWidget):
    """Buttons and fields; emits what the reader wants, shows what is told."""

    page_wanted = Signal(str)
    zoom_wanted = Signal(str)  # "width", "page", "text" or a factor
    left = Signal()  # back to the pages

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = ""
        self.outline = self._toggle("outline", self.tr("Outline (F9)"))
        self.back = tool("back", self.tr("Back (Alt+Left)"), self)
        self.forward = tool("forward", self.tr("Forward (Alt+Right)"), self)
        self.page = _PageField(self)
        self.page.setObjectName("pageField")
        self.page.setAccessibleName(self.tr("Page"))
        self.page.setToolTip(self.tr("Go to page (Ctrl+G)"))
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setFixedWidth(52)
        self.pages = QLabel(self)
        self.pages.setObjectName("pagesLabel")
        self._last = ""  # what it says of the last page
        self.zoom_out = tool("zoom-out", self.tr("Zoom out (-)"), self)
        self.zoom_in = tool("zoom-in", self.tr("Zoom in (+)"), self)
        self.zoom = QToolButton(self)
        self.zoom.setObjectName("zoomButton")
        self.zoom.setProperty("kind", "flat")
        self.zoom.setAccessibleName(self.tr("Zoom"))
        self.zoom.setToolTip(self.tr("Zoom"))
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setMinimumWidth(62)
        self.zoom.setMenu(self._levels())
        self.fit_width = self._toggle("fit-width", self.tr("Fit width (W)"))
        self.fit_page = self._toggle("fit-page", self.tr("Fit page (P)"))
        self.view = tool("view", self.tr("Layout and colours"), self)
        self.view.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.search = self._toggle("find", self.tr("Find (Ctrl+F)"))
        self.notes = self._toggle("note", self.tr("Notes (F10)"))
        self._rooms = [room(self), room(self)]  # of the features' buttons
        # What is left out first where there is no room.
        self._spare = (
            self.fit_page, self.fit_width, self.zoom_in, self.zoom_out, self.forward, self.back,
            self.pages, self.zoom,
        )  # fmt: skip
        self._arrange()
        self.page.returnPressed.connect(lambda: self.page_wanted.emit(self.page.text()))
        self.page.editingFinished.connect(self._restore)
        self.page.left.connect(self.left)

    def _toggle(self, role: str, name: str) -> QToolButton:
        button = tool(role, name, self)
        button.setCheckable(True)
        return button

    def _levels(self) -> QMenu:
        menu = QMenu(self)
        for zoom, text in (
            ("width", self.tr("Fit width")),
            ("page", self.tr("Fit page")),
            ("text", self.tr("Fit text width")),
        ):
            menu.addAction(text).triggered.connect(lambda _, zoom=zoom: self.zoom_wanted.emit(zoom))
        menu.addSeparator()
        for level in _LEVELS:
            action = menu.addAction(f"{round(float(level) * 100)} %")
            action.triggered.connect(lambda _, level=level: self.zoom_wanted.emit(level))
        return menu

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(2)
        groups = (
            (self.outline,),
            (self.back, self.forward),
            (self.page, self.pages),
            (self.zoom_out, self.zoom, self.zoom_in),
            (self.fit_width, self.fit_page, self.view),
            (self.search,),
            (*self._rooms, self.notes),
        )
        for number, group in enumerate(groups):
            if number in (2, 5):
                row.addStretch(1)
            elif number:
                row.addSpacing(10)
            for widget in group:
                row.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """Narrow halves of a split go without what keys and menus do as well."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        for widget in self._spare:
            widget.setVisible(True)
        for widget in self._spare:
            if super().minimumSizeHint().width() <= self.width():
                break
            widget.setVisible(False)

    def add(self, widget: QWidget) -> None:
        """Add a feature's button, before that of the notes."""
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        if self._rooms:
            kept = self._rooms.pop(0)
            row.replaceWidget(kept, widget)
            kept.deleteLater()
        else:
            row.insertWidget(row.indexOf(self.notes), widget)

    def keep_room_for_notes(self, keep: bool) -> None:
        """Leave the room of the notes' button free where there is none."""
        policy = self.notes.sizePolicy()
        if policy.retainSizeWhenHidden() != keep:
            policy.setRetainSizeWhenHidden(keep)
            self.notes.setSizePolicy(policy)

    def show_page(self, label: str, number: int, pages: int) -> None:
        """Show a page by its label; its number too, where that differs."""
        self._label = label
        if not self.page.hasFocus():
            self.page.setText(label)
        whole = self.tr("({} / {})") if label != str(number) else "/ {1}"
        last = whole.format(pages, pages) if pages else ""
        if last != self._last:  # room for the last page: nothing moves while the document is open
            self._last = last
            self.pages.setText(last)
            self.pages.setMinimumWidth(
                max(self.pages.minimumWidth(), self.pages.sizeHint().width())
            )
            self._make_room()
        self.pages.setText(whole.format(number, pages) if pages else "")

    def show_zoom(self, factor: float, mode: str) -> None:
        """Show the zoom in per cent, and which fit holds."""
        self.zoom.setText(f"{round(factor * 100)} %")
        self.fit_width.setChecked(mode == "width")
        self.fit_page.setChecked(mode == "page")

    def set_open(self, is_open: bool) -> None:
        """Whether there is a document to act on."""
        if not is_open:
            self._label = ""
            self.page.clear()
            self.pages.clear()
            self.pages.setMinimumWidth(0)
            self._last = ""
            self.zoom.setText("–")
            self.fit_width.setChecked(False)
            self.fit_page.setChecked(False)
        for widget in (
            self.page, self.zoom_out, self.zoom, self.zoom_in, self.fit_width, self.fit_page,
            self.view, self.search, self.outline,
        ):  # fmt: skip
            widget.setEnabled(is_open)

    def _restore(self) -> None:
        self.page.setText(self._label)
        self.page.setModified(False)
