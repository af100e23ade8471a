"""The commands of annotating, and what is said of kinds and colours."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.domain.marking import Kind
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command

KINDS = {
    Kind.HIGHLIGHT: QT_TRANSLATE_NOOP("Annotate", "Highlight"),
    Kind.UNDERLINE: QT_TRANSLATE_NOOP("Annotate", "Underline"),
    Kind.STRIKEOUT: QT_TRANSLATE_NOOP("Annotate", "Strike out"),
    Kind.SQUIGGLY: QT_TRANSLATE_NOOP("Annotate", "Squiggly line"),
    Kind.NOTE: QT_TRANSLATE_NOOP("Annotate", "Sticky note"),
    Kind.TEXT: QT_TRANSLATE_NOOP("Annotate", "Text"),
    Kind.AREA: QT_TRANSLATE_NOOP("Annotate", "Area"),
    Kind.INK: QT_TRANSLATE_NOOP("Annotate", "Ink"),
    Kind.RECTANGLE: QT_TRANSLATE_NOOP("Annotate", "Rectangle"),
    Kind.ELLIPSE: QT_TRANSLATE_NOOP("Annotate", "Ellipse"),
    Kind.LINE: QT_TRANSLATE_NOOP("Annotate", "Line"),
    Kind.ARROW: QT_TRANSLATE_NOOP("Annotate", "Arrow"),
}
COLORS = {
    "yellow": QT_TRANSLATE_NOOP("Annotate", "Yellow"),
    "red": QT_TRANSLATE_NOOP("Annotate", "Red"),
    "green": QT_TRANSLATE_NOOP("Annotate", "Green"),
    "blue": QT_TRANSLATE_NOOP("Annotate", "Blue"),
    "purple": QT_TRANSLATE_NOOP("Annotate", "Purple"),
    "magenta": QT_TRANSLATE_NOOP("Annotate", "Magenta"),
    "orange": QT_TRANSLATE_NOOP("Annotate", "Orange"),
    "gray": QT_TRANSLATE_NOOP("Annotate", "Gray"),
}
ICONS = {
    Kind.HIGHLIGHT: "highlight", Kind.UNDERLINE: "underline", Kind.STRIKEOUT: "strikeout",
    Kind.SQUIGGLY: "squiggly", Kind.NOTE: "sticky-note", Kind.TEXT: "free-text",
    Kind.AREA: "area", Kind.INK: "ink", Kind.RECTANGLE: "rectangle", Kind.ELLIPSE: "ellipse",
    Kind.LINE: "line", Kind.ARROW: "arrow",
}  # fmt: skip


def kind_name(kind: Kind) -> str:
    """What a kind is called."""
    return QCoreApplication.translate("Annotate", KINDS[kind])


def color_name(color: str) -> str:
    """What a colour is called; one of the reader's own by its number."""
    return QCoreApplication.translate("Annotate", COLORS[color]) if color in COLORS else color


def _row(
    name: str,
    text: str,
    *keys: str,
    group: int = 0,
    icon: str = "",
    enabled: str = "document",
    checked: str = "",
) -> Command:
    return Command(
        f"annotate.{name}", text, "viewer", f"annotate.{name}", keys, icon, "Annotate", group,
        enabled=enabled, checkable=bool(checked), checked=checked,
    )  # fmt: skip


ROWS: tuple[Command, ...] = (
    _row("color_1", QT_TRANSLATE_NOOP("Commands", "Mark in yellow"), "1"),
    _row("color_2", QT_TRANSLATE_NOOP("Commands", "Mark in red"), "2"),
    _row("color_3", QT_TRANSLATE_NOOP("Commands", "Mark in green"), "3"),
    _row("color_4", QT_TRANSLATE_NOOP("Commands", "Mark in blue"), "4"),
    _row("color_5", QT_TRANSLATE_NOOP("Commands", "Mark in purple"), "5"),
    _row("color_6", QT_TRANSLATE_NOOP("Commands", "Mark in magenta"), "6"),
    _row("color_7", QT_TRANSLATE_NOOP("Commands", "Mark in orange"), "7"),
    _row("color_8", QT_TRANSLATE_NOOP("Commands", "Mark in gray"), "8"),
    _row(
        "highlight", QT_TRANSLATE_NOOP("Commands", "Highlight"), "H", group=1, icon="highlight"
    ),
    _row(
        "underline", QT_TRANSLATE_NOOP("Commands", "Underline"), "U", group=1, icon="underline"
    ),
    _row(
        "strike_out", QT_TRANSLATE_NOOP("Commands", "Strike out"), "X", group=1, icon="strikeout"
    ),
    _row(
        "squiggle", QT_TRANSLATE_NOOP("Commands", "Underline with a squiggly line"), "Shift+U",
        group=1, icon="squiggly",
    ),
)  # fmt: skip
