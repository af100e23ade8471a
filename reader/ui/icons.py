"""Icons by meaning, one family (Phosphor), in the theme's colours.

qtawesome costs more than the whole first paint, so it is handed in afterwards
by `load`; until then an icon paints nothing, and every icon given out is filled
the moment it is there, and again when the theme changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QAbstractButton

from reader.ui.theme import Theme

ROLES = {
    "about": "ph.info",
    "add": "ph.plus",
    "all": "ph.books",
    "aloud": "ph.speaker-high",
    "annotate": "ph.pencil-line",
    "area": "ph.selection-plus",
    "arrow": "ph.arrow-up-right",
    "attach": "ph.paperclip",
    "back": "ph.arrow-left",
    "bold": "ph.text-bolder",
    "bookmark": "ph.bookmark-simple",
    "boxes": "ph.check-square",
    "bullets": "ph.list-bullets",
    "check": "ph.check",
    "card": "ph.cards",
    "close": "ph.x",
    "code": "ph.code",
    "comment": "ph.chat-text",
    "collection": "ph.folder",
    "collection-add": "ph.folder-plus",
    "copy": "ph.copy",
    "data": "ph.database",
    "demo": "ph.play-circle",
    "doi": "ph.fingerprint",
    "down": "ph.caret-down",
    "edit": "ph.pencil-simple",
    "ellipse": "ph.circle",
    "error": "ph.warning-octagon",
    "export": "ph.export",
    "file": "ph.file",
    "find": "ph.magnifying-glass",
    "find-case": "ph.text-aa",
    "find-pattern": "ph.asterisk",
    "find-words": "ph.text-underline",
    "fit-text": "ph.arrows-in-line-horizontal",
    "fit-page": "ph.corners-out",
    "follow": "ph.eye",
    "fit-width": "ph.arrows-out-line-horizontal",
    "forward": "ph.arrow-right",
    "free-text": "ph.text-t",
    "heading": "ph.text-h",
    "highlight": "ph.paint-brush-broad",
    "import": "ph.download-simple",
    "info": "ph.info",
    "ink": "ph.pen-nib",
    "italic": "ph.text-italic",
    "keep-tool": "ph.push-pin-simple",
    "keyboard": "ph.keyboard",
    "library": "ph.books",
    "line": "ph.line-segment",
    "link": "ph.link-simple",
    "lock": "ph.lock-simple",
    "math": "ph.radical",
    "model": "ph.cube",
    "narrower": "ph.arrows-in-line-horizontal",
    "next": "ph.caret-right",
    "note": "ph.note",
    "numbers": "ph.list-numbers",
    "ok": "ph.check-circle",
    "open": "ph.arrow-square-out",
    "outline": "ph.list-dashes",
    "page": "ph.calendar-blank",
    "page-colors": "ph.palette",
    "palette": "ph.command",
    "pause": "ph.pause",
    "pdf": "ph.file-pdf",
    "play": "ph.play",
    "picture": "ph.image",
    "portal": "ph.push-pin",
    "preferences": "ph.gear-six",
    "presentation": "ph.presentation",
    "previous": "ph.caret-left",
    "print": "ph.printer",
    "project": "ph.globe-simple",
    "quit": "ph.sign-out",
    "quote": "ph.quotes",
    "read": "ph.check-circle",
    "reading": "ph.circle-half",
    "reading-view": "ph.article",
    "rectangle": "ph.rectangle",
    "redo": "ph.arrow-u-up-right",
    "replace": "ph.swap",
    "restore": "ph.arrow-counter-clockwise",
    "retry": "ph.arrow-clockwise",
    "ruler": "ph.ruler",
    "save-picture": "ph.floppy-disk",
    "save-table": "ph.file-arrow-down",
    "rotate-left": "ph.arrow-counter-clockwise",
    "rotate-right": "ph.arrow-clockwise",
    "search": "ph.magnifying-glass",
    "select": "ph.cursor",
    "show-folder": "ph.folder-open",
    "sidebar": "ph.columns",
    "sort": "ph.sort-ascending",
    "split-below": "ph.rows",
    "split-right": "ph.columns",
    "squiggly": "ph.waves",
    "star": "ph.star",
    "star-filled": "ph.star-fill",
    "starter": "ph.sparkle",
    "sticky-note": "ph.note-blank",
    "strike": "ph.text-strikethrough",
    "strikeout": "ph.text-strikethrough",
    "table": "ph.table",
    "tag": "ph.tag",
    "theme": "ph.moon",
    "thumbnails": "ph.squares-four",
    "trash": "ph.trash",
    "underline": "ph.text-underline",
    "undo": "ph.arrow-u-up-left",
    "unread": "ph.circle-fill",
    "up": "ph.caret-up",
    "view": "ph.book-open",
    "warn": "ph.warning",
    "web": "ph.globe-simple",
    "wider": "ph.arrows-out-line-horizontal",
    "zoom-in": "ph.plus",
    "zoom-out": "ph.minus",
}


class _Icons(QObject):
    """The source of all icons; one a program, made by `use`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.theme = theme
        self.draw: Callable[..., QIcon] | None = None
        self.reset: Callable[[], Any] | None = None
        self.made: dict[tuple[str, str], QIcon] = {}
        self.holders: dict[int, tuple[Any, str, str]] = {}
        self.tidy_at = 256
        theme.changed.connect(self.renew)

    def renew(self) -> None:
        """Make all icons anew, in the colours of now."""
        self.made.clear()
        if self.reset is not None:
            self.reset()
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


def load(draw: Callable[..., QIcon], reset: Callable[[], Any]) -> None:
    """Hand in qtawesome's `icon` and `reset_cache`, after the first paint."""
    icons = _state[0]
    icons.draw, icons.reset = draw, reset
    icons.renew()
    icons.theme.changed.emit()


def icon(role: str, color: str = "muted") -> QIcon:
    """The icon of a role in a theme colour; empty until icons are loaded."""
    name = ROLES[role]
    icons = _state[0] if _state else None
    if icons is None or icons.draw is None:
        return QIcon()
    key = (role, color)
    if key not in icons.made:
        theme = icons.theme
        icons.made[key] = icons.draw(
            name,
            color=theme.color(color),
            color_disabled=theme.color("faint"),
            color_active=theme.color(color),
            color_selected=theme.color(color),
        )
    return icons.made[key]


def put(holder: QAction | QAbstractButton, role: str, color: str = "muted") -> None:
    """Give a button or action an icon that follows the theme."""
    if not _state:
        return
    icons = _state[0]
    icons.holders[id(holder)] = (holder, role, color)
    if len(icons.holders) > icons.tidy_at:
        icons.tidy()
    holder.setIcon(icon(role, color))
