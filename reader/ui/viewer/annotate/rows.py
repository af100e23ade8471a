"""The commands of annotating, and what is said of kinds and colours."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.domain.marking import Annotation, Kind
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
PAGE = QT_TRANSLATE_NOOP("Annotate", "page {}")
PAGES = QT_TRANSLATE_NOOP("Annotate", "pages {}")
TOOL_KEYS = {
    Kind.HIGHLIGHT: "H", Kind.UNDERLINE: "U", Kind.STRIKEOUT: "X", Kind.SQUIGGLY: "Shift+U",
    Kind.NOTE: "Insert", Kind.TEXT: "E", Kind.AREA: "Shift+D", Kind.INK: "D",
    Kind.RECTANGLE: "B", Kind.ELLIPSE: "O", Kind.LINE: "I", Kind.ARROW: "Shift+I",
}  # fmt: skip


def kind_name(kind: Kind) -> str:
    """What a kind is called."""
    return QCoreApplication.translate("Annotate", KINDS[kind])


def color_name(color: str) -> str:
    """What a colour is called; one of the reader's own by its number."""
    return QCoreApplication.translate("Annotate", COLORS[color]) if color in COLORS else color


def pages_told(one: Annotation, names: str) -> str:
    """Where an annotation lies, by the names of its pages: "page 3", "pages 3–4"."""
    text = PAGES if len(one.parts) > 1 else PAGE
    return QCoreApplication.translate("Annotate", text).format(names)


def _row(
    name: str,
    text: str,
    *keys: str,
    group: int = 0,
    icon: str = "",
    enabled: str = "document",
    method: str = "",
    menu: str = "Annotate",
) -> Command:
    return Command(
        f"annotate.{name}", text, "viewer", f"annotate.{method or name}", keys, icon, menu, group,
        enabled=enabled,
    )  # fmt: skip


ROWS: tuple[Command, ...] = (
    _row("color_1", QT_TRANSLATE_NOOP("Commands", "Mark in yellow"), "1", menu=""),
    _row("color_2", QT_TRANSLATE_NOOP("Commands", "Mark in red"), "2", menu=""),
    _row("color_3", QT_TRANSLATE_NOOP("Commands", "Mark in green"), "3", menu=""),
    _row("color_4", QT_TRANSLATE_NOOP("Commands", "Mark in blue"), "4", menu=""),
    _row("color_5", QT_TRANSLATE_NOOP("Commands", "Mark in purple"), "5", menu=""),
    _row("color_6", QT_TRANSLATE_NOOP("Commands", "Mark in magenta"), "6", menu=""),
    _row("color_7", QT_TRANSLATE_NOOP("Commands", "Mark in orange"), "7", menu=""),
    _row("color_8", QT_TRANSLATE_NOOP("Commands", "Mark in gray"), "8", menu=""),
    _row("highlight", QT_TRANSLATE_NOOP("Commands", "Highlight"), "H", group=1, icon="highlight"),
    _row("underline", QT_TRANSLATE_NOOP("Commands", "Underline"), "U", group=1, icon="underline"),
    _row("strike_out", QT_TRANSLATE_NOOP("Commands", "Strike out"), "X", group=1, icon="strikeout"),
    _row(
        "squiggle", QT_TRANSLATE_NOOP("Commands", "Underline with a squiggly line"), "Shift+U",
        group=1, icon="squiggly",
    ),
    _row("note", QT_TRANSLATE_NOOP("Commands", "Sticky note"), "Insert", group=2, icon="sticky-note"),
    _row("text", QT_TRANSLATE_NOOP("Commands", "Write on the page"), "E", group=2, icon="free-text"),
    _row("ink", QT_TRANSLATE_NOOP("Commands", "Draw with a pen"), "D", group=2, icon="ink"),
    _row("area", QT_TRANSLATE_NOOP("Commands", "Mark an area"), "Shift+D", group=2, icon="area"),
    _row("rectangle", QT_TRANSLATE_NOOP("Commands", "Rectangle"), "B", group=2, icon="rectangle"),
    _row("ellipse", QT_TRANSLATE_NOOP("Commands", "Ellipse"), "O", group=2, icon="ellipse"),
    _row("line", QT_TRANSLATE_NOOP("Commands", "Line"), "I", group=2, icon="line"),
    _row("arrow", QT_TRANSLATE_NOOP("Commands", "Arrow"), "Shift+I", group=2, icon="arrow"),
    _row(
        "select", QT_TRANSLATE_NOOP("Commands", "Select annotations"), "V", group=3, icon="select"
    ),
    _row("next", QT_TRANSLATE_NOOP("Commands", "Next annotation"), group=3),
    _row("previous", QT_TRANSLATE_NOOP("Commands", "Previous annotation"), group=3),
    _row(
        "caret", QT_TRANSLATE_NOOP("Commands", "Lead a caret through the text"), "Shift+F7",
        group=3, method="caret.toggle",
    ),
    _row(
        "comment", QT_TRANSLATE_NOOP("Commands", "Comment on it"), "C", group=4, icon="comment"
    ),
    _row(
        "delete", QT_TRANSLATE_NOOP("Commands", "Delete the annotation"), "Delete", "Backspace",
        group=4, icon="trash", enabled="annotation",
    ),
    _row(
        "keep_tool", QT_TRANSLATE_NOOP("Commands", "Keep the tool in hand"), "Shift+H", group=5,
        icon="keep-tool",
    ),
    _row(
        "show_tools", QT_TRANSLATE_NOOP("Commands", "Tools for annotations"), "A", group=5,
        icon="annotate",
    ),
    _row("rename_colors", QT_TRANSLATE_NOOP("Commands", "What the colours mean…"), group=5),
)  # fmt: skip
