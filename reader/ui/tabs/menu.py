"""The menu of the right button over a tab, and the list of all tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from reader.ui import icons

Entry = tuple[str, str, Callable[[], None], bool]  # text, icon role, what it does, enabled


def pop_up(parent: QWidget, groups: Sequence[Sequence[Entry]], at: QPoint) -> QMenu:
    """Show a menu with a line between the groups; it goes when it is closed."""
    menu = QMenu(parent)
    for number, group in enumerate(groups):
        if number:
            menu.addSeparator()
        for text, role, do, enabled in group:
            action = menu.addAction(text)
            action.setEnabled(enabled)
            if role:
                icons.put(action, role)
            action.triggered.connect(lambda _=False, do=do: do())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu


def list_tabs(
    parent: QWidget, titles: Sequence[str], current: int, show: Callable[[int], None], at: QPoint
) -> QMenu:
    """A menu of all tabs, the one in front checked; `show(index)` when one is chosen."""
    menu = QMenu(parent)
    menu.setAccessibleName(QCoreApplication.translate("Tabs", "All tabs"))
    for index, title in enumerate(titles):
        action: QAction = menu.addAction(shown(title))
        action.setCheckable(True)
        action.setChecked(index == current)
        action.triggered.connect(lambda _=False, index=index: show(index))
        if index == current:
            menu.setActiveAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu


_LONGEST = 70


def shown(title: str) -> str:
    """A title as it stands in a menu."""
    title = " ".join(title.split()).replace("&", "&&")
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
