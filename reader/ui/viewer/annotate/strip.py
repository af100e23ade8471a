"""The strip of tools over the pages: what to draw with, in which colour, how wide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from reader.domain.marking import PALETTE, Kind
from reader.ui.theme import Theme
from reader.ui.viewer.annotate.bar import TEXT_KINDS
from reader.ui.viewer.annotate.rows import ICONS, TOOL_KEYS, kind_name
from reader.ui.viewer.annotate.swatches import SIDE, swatch, width_line
from reader.ui.viewer.annotate.tools import Tool
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.tips import tip

_TOP = 10  # logical pixels
WIDTHS = (0.75, 1.5, 2.0, 3.0, 5.0, 8.0)  # points
LETTERS = (8.0, 10.0, 12.0, 14.0, 18.0, 24.0)
_DRAWN = (
    Kind.NOTE, Kind.TEXT, Kind.AREA, Kind.INK, Kind.RECTANGLE, Kind.ELLIPSE, Kind.LINE, Kind.ARROW,
)  # fmt: skip


class ToolStrip(QFrame):
    """Emits what is wanted, shows what is told."""

    taken = Signal(object)  # Tool
    colored = Signal(str)
    sized = Signal(float)
    kept = Signal(bool)
    rename_wanted = Signal()
    closed = Signal()
    shown = Signal()

    def __init__(self, theme: Theme, named: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._named = named
        self.setObjectName("annotationTools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # What is pressed between the buttons is not the page's under it.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Tools for annotations"))
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(5, 3, 5, 3)
        self._rows.setSpacing(4)
        self._row = self._new_row()
        self.tools: dict[Tool, QToolButton] = {}
        self._add("select", "select", self.tr("Select annotations (V)"))
        for kind in (*TEXT_KINDS, *_DRAWN):
            if kind is Kind.HIGHLIGHT:
                self._row.addSpacing(5)
            elif kind is Kind.NOTE:
                self._row.addStretch(1)
                self._row = self._new_row()
            keys = TOOL_KEYS.get(kind, "")
            self._add(kind, ICONS[kind], f"{kind_name(kind)} ({keys})" if keys else kind_name(kind))
        self._row.addStretch(1)
        self._row = self._new_row()
        self.color = self._menu_button(self.tr("Colour"))
        self.thickness = self._menu_button(self.tr("Width"))
        self.keep = tool("keep-tool", self.tr("Keep the tool (Shift+H)"), self)
        self.keep.setCheckable(True)
        self.keep.clicked.connect(self.kept)
        self.close_button = tool("close", self.tr("Close (A)"), self)
        self.close_button.clicked.connect(self.closed)
        for button in (self.keep, self.close_button):
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.hide()

    def _new_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        self._rows.addLayout(row)
        return row

    def _add(self, name: Tool, role: str, text: str) -> None:
        button = tool(role, text, self)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.taken.emit(name))
        self.tools[name] = button
        self._row.addWidget(button)

    def _menu_button(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "flat")
        button.setIconSize(QSize(SIDE, SIDE))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setMenu(QMenu(button))
        self._row.addWidget(button)
        return button

    def show_state(self, tool_now: Tool | None, color: str, size: float, *, keep: bool) -> None:
        """Show the tool in hand, its colour and width."""
        for name, button in self.tools.items():
            button.setChecked(name == tool_now)
        text = self.tr("Colour: {}").format(self._named(color))
        self.color.setIcon(swatch(color))
        self.color.setToolTip(tip(text))
        self.color.setAccessibleName(text)
        menu = self.color.menu()
        menu.clear()
        fill_colors(menu, self._named, self.colored.emit)
        menu.addSeparator()
        menu.addAction(self.tr("What the colours mean…")).triggered.connect(self.rename_wanted)
        self._show_width(tool_now, size)
        self.keep.setChecked(keep)
        self.place()

    def _show_width(self, tool_now: Tool | None, size: float) -> None:
        letters = tool_now is Kind.TEXT
        self.thickness.setVisible(size > 0)
        text = (self.tr("Letters: {} pt") if letters else self.tr("Width: {} pt")).format(
            f"{size:g}"
        )
        ink = self._theme.color("text")
        self.thickness.setIcon(width_line(min(size / 3 if letters else size, 6), ink))
        self.thickness.setToolTip(text)
        self.thickness.setAccessibleName(text)
        menu = self.thickness.menu()
        menu.clear()
        fill_sizes(menu, size, self.sized.emit, letters=letters)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def place(self) -> None:
        """Stand in the middle above the pages."""
        room = self.parentWidget()
        assert room is not None
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight)
        self._rows.activate()
        if self.sizeHint().width() > room.width() - 8:
            self._rows.setDirection(QBoxLayout.Direction.TopToBottom)
            self._rows.activate()
        self.resize(self.sizeHint())
        self.move(max((room.width() - self.width()) // 2, 4), _TOP)
        self.raise_()


def fill_colors(
    menu: QMenu, named: Callable[[str], str], colored: Callable[[str], None], now: str = ""
) -> None:
    """A menu of the palette, each colour with what it means."""
    for number, color in enumerate(PALETTE, 1):
        action = menu.addAction(
            swatch(color.name, chosen=color.name == now), f"{named(color.name)}\t{number}"
        )
        action.setIconVisibleInMenu(True)
        action.triggered.connect(lambda _, color=color: colored(color.name))


def fill_sizes(menu: QMenu, now: float, sized: Callable[[float], None], *, letters: bool) -> None:
    """A menu of widths, or of sizes of letters."""
    for size in LETTERS if letters else WIDTHS:
        action = menu.addAction(QCoreApplication.translate("Annotate", "{} pt").format(f"{size:g}"))
        action.setCheckable(True)
        action.setChecked(abs(size - now) < 0.01)
        action.triggered.connect(lambda _, size=size: sized(size))
