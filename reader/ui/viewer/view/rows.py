"""The commands for how pages are shown."""

from __future__ import annotations

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command


def _choice(name: str, text: str, key: str = "") -> Command:
    """One of several ways that exclude each other, or a switch."""
    keys = (key,) if key else ()
    return Command(
        f"view.{name}", text, "viewer", f"view.{name}", keys, enabled="document",
        checkable=True, checked=f"view_{name}",
    )  # fmt: skip


LAYOUTS = (
    _choice("continuous", QT_TRANSLATE_NOOP("Commands", "Continuous pages"), "Ctrl+Shift+1"),
    _choice("single", QT_TRANSLATE_NOOP("Commands", "Single page"), "Ctrl+Shift+2"),
    _choice(
        "two_odd", QT_TRANSLATE_NOOP("Commands", "Two pages from the first"), "Ctrl+Shift+3"
    ),
    _choice(
        "two_even", QT_TRANSLATE_NOOP("Commands", "Two pages after a cover"), "Ctrl+Shift+4"
    ),
)  # fmt: skip
ORDER = (
    _choice("scroll_on", QT_TRANSLATE_NOOP("Commands", "Scroll from page to page")),
    _choice("right_to_left", QT_TRANSLATE_NOOP("Commands", "Right to left")),
)
TURNING = (
    Command(
        "view.turn_right", QT_TRANSLATE_NOOP("Commands", "Rotate to the right"), "viewer",
        "view.turn_right", ("Ctrl+R",), "rotate-right", "View", 4, enabled="document",
    ),
    Command(
        "view.turn_left", QT_TRANSLATE_NOOP("Commands", "Rotate to the left"), "viewer",
        "view.turn_left", ("Ctrl+Shift+R",), "rotate-left", "View", 4, enabled="document",
    ),
)  # fmt: skip
FITTING = (
    Command(
        "view.fit_text", QT_TRANSLATE_NOOP("Commands", "Fit text width"), "viewer",
        "view.fit_text", ("Shift+W",), "fit-text", "Document", 3, enabled="document",
    ),
)  # fmt: skip
TRIMMING = (
    _choice("trim_page", QT_TRANSLATE_NOOP("Commands", "Trim the margins of each page")),
    _choice("trim_all", QT_TRANSLATE_NOOP("Commands", "Trim the margins of all pages alike")),
)
COLORS = (
    _choice("original", QT_TRANSLATE_NOOP("Commands", "Pages as in the file")),
    _choice("dark", QT_TRANSLATE_NOOP("Commands", "Dark pages")),
    _choice("sepia", QT_TRANSLATE_NOOP("Commands", "Sepia pages")),
    _choice("own", QT_TRANSLATE_NOOP("Commands", "Pages in your own colours")),
    _choice("auto", QT_TRANSLATE_NOOP("Commands", "Pages like the window")),
)
CYCLING = (
    Command(
        "view.cycle_colors", QT_TRANSLATE_NOOP("Commands", "Next page colours"), "viewer",
        "view.cycle_colors", ("Ctrl+I",), "page-colors", "View", 4, enabled="document",
    ),
)  # fmt: skip
# What the menu of the toolbar shows, a separator between the groups.
GROUPS = (LAYOUTS, ORDER, TURNING, (*FITTING, *TRIMMING), COLORS)
ROWS = (*LAYOUTS, *ORDER, *TURNING, *FITTING, *TRIMMING, *COLORS, *CYCLING)
