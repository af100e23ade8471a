"""The panel left of the pages: outline, thumbnails and other ways in, one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.ui.widgets.buttons import tool


class SidePanel(QWidget):
    """A row of buttons and the pane that was chosen with them."""

    chosen = Signal(str)  # the name of the pane in front

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._panes: dict[str, QWidget] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget(self)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(10, 6, 10, 4)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self._stack, 1)

    def add(self, name: str, icon: str, text: str, pane: QWidget) -> None:
        """Add a pane; `text` is its button's tooltip, `icon` the role of its picture."""
        button = tool(icon, text, self)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.show_pane(name))
        self._group.addButton(button)
        self._buttons[name] = button
        self._panes[name] = pane
        self._row.insertWidget(self._row.count() - 1, button)
        self._stack.addWidget(pane)
        if len(self._panes) == 1:
            button.setChecked(True)

    @property
    def current(self) -> str:
        """The name of the pane in front."""
        shown = self._stack.currentWidget()
        return next((name for name, pane in self._panes.items() if pane is shown), "")

    @property
    def following(self) -> str:
        """The name of the pane after the one in front, the first after the last."""
        names = list(self._panes)
        return names[(names.index(self.current) + 1) % len(names)]

    def has(self, name: str) -> bool:
        """Whether there is a pane of a name."""
        return name in self._panes

    def shows(self, name: str) -> bool:
        """Whether a pane can be seen."""
        return self.current == name and not self.isHidden()

    def show_pane(self, name: str) -> None:
        """Bring a pane to the front; the panel itself is shown by its page."""
        self._buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self._panes[name])
        self.chosen.emit(name)
