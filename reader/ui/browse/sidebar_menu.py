"""What can be done with a tag or a collection, where the sidebar is clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from reader.domain.lists import Scope
from reader.services import editing


def sidebar_menu(
    parent: QWidget,
    write: Callable[..., None],
    ask: Callable[[str, str, str, Callable[[str], None]], None],
    scope: Scope,
    name: str,
) -> QMenu:
    """What can be done with a tag or a collection."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    tr = parent.tr
    if scope.kind == "tag":
        menu.addAction(tr("Rename the tag…")).triggered.connect(
            lambda: ask(
                tr("Rename the tag"),
                tr("Name"),
                name,
                lambda new: write(lambda writer: editing.change_tag(writer, scope.uid, name=new)),
            )
        )
        colors = menu.addMenu(tr("Colour"))
        for number, color in enumerate(color_names(parent)):
            colors.addAction(color).triggered.connect(
                lambda _, number=number: write(
                    lambda writer: editing.change_tag(writer, scope.uid, color=number)
                )
            )
    elif scope.kind == "collection":
        menu.addAction(tr("Rename or move the collection…")).triggered.connect(
            lambda: ask(
                tr("Rename or move the collection"),
                tr("Path"),
                name,
                lambda new: write(editing.rename_collection, scope.uid, new),
            )
        )
    if scope.kind in ("tag", "collection"):
        menu.addAction(tr("Delete; its papers stay")).triggered.connect(
            lambda: write(editing.remove_named, scope.kind, scope.uid)
        )
        menu.addSeparator()
    return menu


def color_names(parent: QWidget) -> tuple[str, ...]:
    """The palette's colours by name, in its order."""
    tr = parent.tr
    return (
        tr("Green"),
        tr("Blue"),
        tr("Orange"),
        tr("Purple"),
        tr("Teal"),
        tr("Red"),
        tr("Yellow"),
        tr("Grey"),
    )
