"""What can be done with an area, in a small bar beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from reader.ui import icons
from reader.ui.widgets.buttons import tool

_GAP = 8  # logical pixels between the area and the bar


class AreaBar(QFrame):
    """Buttons over the pages; emits the name of what is wanted."""

    wanted = Signal(str)  # "text", "picture", "save_picture", "table", "save_table", "close"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("areaBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 4, 5, 4)
        row.setSpacing(2)
        self.text = self._add("copy", self.tr("Text"), self.tr("Copy the text (T)"), "text")
        self.picture = self._add(
            "picture", self.tr("Picture"), self.tr("Copy as a picture (P)"), "picture"
        )
        self.table = self._add(
            "table", self.tr("Table"), self.tr("Copy as a table, CSV (C)"), "table"
        )
        self.saves: dict[str, QToolButton] = {}
        for name, role, text in (
            ("save_picture", "save-picture", self.tr("Save as a picture… (S)")),
            ("save_table", "save-table", self.tr("Save as a table… (V)")),
            ("close", "close", self.tr("Close (Esc)")),
        ):
            button = tool(role, text, self)
            button.clicked.connect(lambda _, name=name: self.wanted.emit(name))
            row.addWidget(button)
            self.saves[name] = button
        self.hide()

    def _add(self, role: str, words: str, tip: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "flat")
        button.setIconSize(QSize(16, 16))
        button.setText(words)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.put(button, role)
        button.clicked.connect(lambda: self.wanted.emit(name))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(button)
        return button

    def stand_by(self, area: QRectF) -> None:
        """Stand under an area (logical pixels of the parent), above it where there is no room."""
        self.adjustSize()
        room = self._room.rect()
        x = area.center().x() - self.width() / 2
        below, above = area.bottom() + _GAP, area.top() - _GAP - self.height()
        if below + self.height() <= room.bottom() - _GAP:
            y = below
        elif above >= _GAP:
            y = above
        else:
            y = room.bottom() - _GAP - self.height()
        left = min(max(x, _GAP), max(room.width() - self.width() - _GAP, _GAP))
        self.move(round(left), round(y))
