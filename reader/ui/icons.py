"""Icons by meaning, one family (Phosphor), in the theme's colours.

Their font is no part of the first paint: what draws them is handed in afterwards by `load`.
Until then an icon paints nothing in the place it has, and every icon given out is filled the
moment it is there, and again when the theme changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton

from reader.ui.theme import Theme

ROLES = {
    "about": "info",
    "add": "plus",
    "all": "books",
    "aloud": "speaker-high",
    "annotate": "pencil-line",
    "area": "selection-plus",
    "arrow": "arrow-up-right",
    "attach": "paperclip",
    "back": "arrow-left",
    "bold": "text-bolder",
    "bookmark": "bookmark-simple",
    "boxes": "check-square",
    "bullets": "list-bullets",
    "check": "check",
    "card": "cards",
    "close": "x",
    "code": "code",
    "comment": "chat-text",
    "collection": "folder",
    "collection-add": "folder-plus",
    "copy": "copy",
    "data": "database",
    "demo": "play-circle",
    "doi": "fingerprint",
    "down": "caret-down",
    "edit": "pencil-simple",
    "ellipse": "circle",
    "error": "warning-octagon",
    "export": "export",
    "file": "file",
    "find": "magnifying-glass",
    "find-case": "text-aa",
    "find-pattern": "asterisk",
    "find-words": "text-underline",
    "fit-text": "arrows-in-line-horizontal",
    "fit-page": "corners-out",
    "follow": "eye",
    "fit-width": "arrows-out-line-horizontal",
    "forward": "arrow-right",
    "free-text": "text-t",
    "heading": "text-h",
    "highlight": "paint-brush-broad",
    "import": "download-simple",
    "info": "info",
    "ink": "pen-nib",
    "italic": "text-italic",
    "keep-tool": "push-pin-simple",
    "keyboard": "keyboard",
    "library": "books",
    "line": "line-segment",
    "link": "link-simple",
    "lock": "lock-simple",
    "math": "radical",
    "model": "cube",
    "narrower": "arrows-in-line-horizontal",
    "next": "caret-right",
    "note": "note",
    "numbers": "list-numbers",
    "ok": "check-circle",
    "open": "arrow-square-out",
    "outline": "list-dashes",
    "page": "calendar-blank",
    "page-colors": "palette",
    "palette": "command",
    "pause": "pause",
    "pdf": "file-pdf",
    "play": "play",
    "picture": "image",
    "portal": "push-pin",
    "preferences": "gear-six",
    "presentation": "presentation",
    "previous": "caret-left",
    "print": "printer",
    "project": "globe-simple",
    "quit": "sign-out",
    "quote": "quotes",
    "read": "check-circle",
    "reading": "circle-half",
    "reading-view": "article",
    "rectangle": "rectangle",
    "redo": "arrow-u-up-right",
    "replace": "swap",
    "restore": "arrow-counter-clockwise",
    "retry": "arrow-clockwise",
    "ruler": "ruler",
    "save-picture": "floppy-disk",
    "save-table": "file-arrow-down",
    "rotate-left": "arrow-counter-clockwise",
    "rotate-right": "arrow-clockwise",
    "search": "magnifying-glass",
    "select": "cursor",
    "show-folder": "folder-open",
    "sidebar": "columns",
    "sort": "sort-ascending",
    "split-below": "rows",
    "split-right": "columns",
    "squiggly": "waves",
    "star": "star",
    "star-filled": "star-fill",
    "starter": "sparkle",
    "sticky-note": "note-blank",
    "strike": "text-strikethrough",
    "strikeout": "text-strikethrough",
    "table": "table",
    "tag": "tag",
    "theme": "moon",
    "thumbnails": "squares-four",
    "trash": "trash",
    "underline": "text-underline",
    "undo": "arrow-u-up-left",
    "unread": "circle-fill",
    "up": "caret-up",
    "view": "book-open",
    "warn": "warning",
    "web": "globe-simple",
    "wider": "arrows-out-line-horizontal",
    "zoom-in": "plus",
    "zoom-out": "minus",
}


class _Icons(QObject):
    """The source of all icons; one a program, made by `use`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.theme = theme
        self.draw: Callable[[str, QColor, QColor], QIcon] | None = None
        self.made: dict[tuple[str, str], QIcon] = {}
        # A button without an icon is as wide as its text.
        room = QPixmap(32, 32)
        room.fill(Qt.GlobalColor.transparent)
        self.blank = QIcon(room)
        self.holders: dict[int, tuple[Any, str, str]] = {}
        self.tidy_at = 256
        theme.changed.connect(self.renew)

    def renew(self) -> None:
        """Make all icons anew, in the colours of now."""
        self.made.clear()
        self.tidy()
        for holder, role, color in list(self.holders.values()):
            holder.setIcon(icon(role, color))

    def tidy(self) -> None:
        """Forget the buttons that are gone: every paper shown makes a few."""
        self.holders = {
            key: kept for key, kept in self.holders.items() if shiboken6.isValid(kept[0])
        }
        self.tidy_at = 2 * len(self.holders) + 256


_state: list[_Icons] = []


def use(theme: Theme) -> None:
    """Take the colours of a theme from now on."""
    _state[:] = [_Icons(theme)]


def load(draw: Callable[[str, QColor, QColor], QIcon]) -> None:
    """Hand in what draws (see icon_font), after the first paint."""
    icons = _state[0]
    icons.draw = draw
    icons.theme.changed.emit()


def icon(role: str, color: str = "muted") -> QIcon:
    """The icon of a role in a theme colour; blank until icons are loaded."""
    name = ROLES[role]
    icons = _state[0] if _state else None
    if icons is None:
        return QIcon()
    if icons.draw is None:
        return icons.blank
    key = (role, color)
    if key not in icons.made:
        theme = icons.theme
        icons.made[key] = icons.draw(name, theme.color(color), theme.color("faint"))
    return icons.made[key]


def keep_place(button: QAbstractButton) -> None:
    """Give a button the place of an icon that it never has."""
    button.setIcon(_state[0].blank if _state else QIcon())


def put(holder: QAction | QAbstractButton, role: str, color: str = "muted") -> None:
    """Give a button or action an icon that follows the theme."""
    if not _state:
        return
    icons = _state[0]
    icons.holders[id(holder)] = (holder, role, color)
    if len(icons.holders) > icons.tidy_at:
        icons.tidy()
    holder.setIcon(icon(role, color))
