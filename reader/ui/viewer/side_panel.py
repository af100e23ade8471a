"""The panel left of the pages: outline, thumbnails and other ways in, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.ui.viewer.stops import stops
from reader.ui.widgets.buttons import tool

_BUTTON = 25  # pixels


class SidePanel(QWidget):
    """A row of buttons and the pane that was chosen with them.

    Buttons and panes are made when they are first seen: a page is opened with the panel
    hidden, and each pane costs some 3 ms of it.
    """

    chosen = Signal(str)  # the name of the pane in front

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._panes: dict[str, Callable[[], QWidget]] = {}
        self._looks: dict[str, tuple[str, str]] = {}  # icon and tooltip of a pane's button
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.current = ""  # the name of the pane in front
        self._wish = ""  # the one to be in front as soon as it is there
        self._owed = ""  # the one that was to have the keys and had no rows
        self.room = QStackedWidget(self)  # the parent of all panes
        self._row = QHBoxLayout()
        self._row.setContentsMargins(6, 6, 6, 4)
        self._row.setSpacing(1)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self.room, 1)

    def add(self, name: str, icon: str, text: str, pane: Callable[[], QWidget]) -> None:
        """Add a pane; `text` is its button's tooltip, `icon` the role of its picture.

        `pane` makes it in `room`, or returns the one that was made.
        """
        self._panes[name] = pane
        self._looks[name] = icon, text
        self.current = self.current or name
        if self._buttons:
            self._add_button(name)

    @property
    def wanted(self) -> str:
        """The name of the pane in front, or of the one that is to be there."""
        return self._wish or self.current

    def wish(self, name: str) -> None:
        """Bring a pane to the front, if need be one that is still to come: see `grant`."""
        if name in self._panes:
            self.show_pane(name)
        else:
            self._wish = name

    def grant(self) -> None:
        """All panes are there, and what they are made of: bring the one to the front that waits.

        Not when it is added: its feature may need one that is made after it.
        """
        if self._wish:
            self.show_pane(self._wish if self._wish in self._panes else self.current)

    def showEvent(self, event: QShowEvent) -> None:
        self.bring()
        super().showEvent(event)

    def bring(self) -> None:
        """Make what is about to be seen: the buttons and the pane in front."""
        for name in self._panes if not self._buttons else ():
            self._add_button(name)
        if self._wish:
            return
        self._buttons[self.current].setChecked(True)
        for name, button in self._buttons.items():  # Tab goes to one; the arrows to the others
            stops = name == self.current
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stops else Qt.FocusPolicy.NoFocus)
        pane = self._panes[self.current]()
        if self.room.indexOf(pane) < 0:
            self.room.addWidget(pane)
        self.room.setCurrentWidget(pane)

    def _add_button(self, name: str) -> None:
        icon, text = self._looks[name]
        button = tool(icon, text, self)
        button.setCheckable(True)
        button.setFixedWidth(_BUTTON)
        button.clicked.connect(lambda: self.show_pane(name))
        self._group.addButton(button)
        self._buttons[name] = button
        self._row.insertWidget(self._row.count() - 1, button)

    @property
    def following(self) -> str:
        """The name of the pane after the one in front, the first after the last."""
        names = list(self._panes)
        return names[(names.index(self.current) + 1) % len(names)]

    def shows(self, name: str) -> bool:
        """Whether a pane can be seen."""
        return self.current == name and not self.isHidden()

    def show_pane(self, name: str) -> None:
        """Bring a pane to the front; the panel itself is shown by its page."""
        self.current, self._wish, self._owed = name, "", ""
        if self.isVisible():
            inside = self.room.isAncestorOf(QApplication.focusWidget() or self)
            self.bring()
            if inside and not self.take_keys():  # the pane that had them is hidden
                self._buttons[name].setFocus()
        self.chosen.emit(name)

    def take_keys(self) -> bool:
        """Have the keys in the pane in front, where it takes them; False when it has no use for them.

        A pane without rows has only a sentence to show.
        """
        pane = self.room.currentWidget()
        if pane is None or not self.isVisible() or not stops([pane]):
            self._owed = self.current
            return False
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def filled(self, pages: QWidget) -> None:
        """The outline is there: where it was to have the keys before it was, it has them now.

        Whoever went on elsewhere than in the `pages` meanwhile stays there.
        """
        if self._owed == self.current and pages.hasFocus():
            self.take_keys()
        self._owed = ""
