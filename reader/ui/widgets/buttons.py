"""The three kinds of button the program has."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSplitter, QSplitterHandle, QToolButton, QWidget

from reader.ui import icons


def push(text: str, role: str = "", parent: QWidget | None = None, kind: str = "") -> QPushButton:
    """A button with words; kind "primary" for the one thing most people want."""
    button = QPushButton(text, parent)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setIconSize(QSize(16, 16))
    if kind:
        button.setProperty("kind", kind)
    if role:
        icons.put(button, role, "on_accent" if kind == "primary" else "muted")
    return button


def tool(
    role: str, name: str, parent: QWidget | None = None, action: QAction | None = None
) -> QToolButton:
    """A flat button with an icon; `name` is what it is called aloud and in its tooltip."""
    button = QToolButton(parent)
    button.setProperty("kind", "flat")
    button.setIconSize(QSize(17, 17))
    if action is not None:
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    else:
        button.setToolTip(name)
    icons.put(button, role)
    button.setAccessibleName(name)
    return button


def room(parent: QWidget) -> QToolButton:
    """The place of a tool that is still to come: to see there is nothing."""
    button = QToolButton(parent)
    button.setProperty("kind", "flat")
    button.setIconSize(QSize(17, 17))
    button.setEnabled(False)
    button.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    icons.keep_place(button)
    return button


class _Handle(QSplitterHandle):
    """A hairline to see, nine pixels to grab."""

    def sizeHint(self) -> QSize:
        return QSize(1, 1)


class HairSplitter(QSplitter):
    """A splitter whose divider is a hairline."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        # Narrower than 3 pixels Qt itself widens the part that can be grabbed.
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        return _Handle(self.orientation(), self)
