"""The reading view's widget: the column, and above it what the reader may change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFontComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reader.settings import BY_KEY
from reader.ui.theme import Theme
from reader.ui.viewer.reflow.column import Column
from reader.ui.widgets.buttons import tool

SIZES = BY_KEY["reflow_size"].least, BY_KEY["reflow_size"].most  # pixels
WIDTHS = BY_KEY["reflow_width"].least, BY_KEY["reflow_width"].most  # em


class ReflowView(QWidget):
    """`restyled` with family, size and width whenever the reader changes them."""

    restyled = Signal(str, int, int)
    left = Signal()  # back to the pages

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reflowView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = Column(theme, self)
        self.setFocusProxy(self.column)
        self.fonts = QFontComboBox(self)
        self.fonts.setEditable(False)
        self.fonts.setMaximumWidth(220)
        self.fonts.setAccessibleName(self.tr("Font"))
        self.fonts.setToolTip(self.tr("Font"))
        self.smaller = tool("zoom-out", self.tr("Smaller text (-)"), self)
        self.larger = tool("zoom-in", self.tr("Larger text (+)"), self)
        self.narrower = tool("narrower", self.tr("Narrower column"), self)
        self.wider = tool("wider", self.tr("Wider column"), self)
        self.state = QLabel(self)
        self.state.setProperty("class", "muted")
        close = tool("close", self.tr("Back to the pages (Esc)"), self)
        row = QHBoxLayout()
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(4)
        row.addWidget(self.fonts)
        row.addSpacing(8)
        for button in (self.smaller, self.larger, self.narrower, self.wider):
            row.addWidget(button)
        row.addSpacing(10)
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self.column, 1)
        self.smaller.clicked.connect(lambda: self.resize_text(-1))
        self.larger.clicked.connect(lambda: self.resize_text(1))
        self.narrower.clicked.connect(lambda: self.change_width(-4))
        self.wider.clicked.connect(lambda: self.change_width(4))
        self.fonts.currentFontChanged.connect(lambda font: self._choose(font.family()))
        close.clicked.connect(self.left)

    def use(self, family: str, size: int, width: int) -> None:
        """Take what the reader chose the last time."""
        column = self.column
        column.family = family
        column.text_size = min(max(size, SIZES[0]), SIZES[1])
        column.width_em = min(max(width, WIDTHS[0]), WIDTHS[1])
        self.fonts.blockSignals(True)
        self.fonts.setCurrentFont(family or self.font().family())
        self.fonts.blockSignals(False)
        column.rebuild()

    def resize_text(self, by: int) -> None:
        """Make the text larger or smaller by a pixel."""
        self.column.text_size = min(max(self.column.text_size + by, SIZES[0]), SIZES[1])
        self._changed()

    def change_width(self, by: int) -> None:
        """Make the column wider or narrower, in em."""
        self.column.width_em = min(max(self.column.width_em + by, WIDTHS[0]), WIDTHS[1])
        self._changed()

    def _choose(self, family: str) -> None:
        self.column.family = family
        self._changed()

    def _changed(self) -> None:
        column = self.column
        column.rebuild()
        self.restyled.emit(column.family, column.text_size, column.width_em)
