"""The commands of the viewer page; their target is "viewer", a ViewerPage."""

from __future__ import annotations

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command

VIEWER = (
    Command(
        "viewer.find", QT_TRANSLATE_NOOP("Commands", "Find in document"), "viewer", "open_find",
        ("Ctrl+F",), "find", "Document", enabled="searchable",
    ),
    Command(
        "viewer.find_next", QT_TRANSLATE_NOOP("Commands", "Next place found"), "viewer",
        "find_next", ("F3",), "down", "Document", enabled="finding",
    ),
    Command(
        "viewer.find_previous", QT_TRANSLATE_NOOP("Commands", "Previous place found"), "viewer",
        "find_previous", ("Shift+F3",), "up", "Document", enabled="finding",
    ),
    Command(
        "viewer.copy", QT_TRANSLATE_NOOP("Commands", "Copy selected text"), "viewer", "copy",
        ("Ctrl+C",), "copy", "Document", 1, enabled="text_selected",
    ),
    Command(
        "viewer.select_all", QT_TRANSLATE_NOOP("Commands", "Select the page, then all"),
        "viewer", "select_all", ("Ctrl+A",), "", "Document", 1, enabled="document",
    ),
    Command(
        "viewer.back", QT_TRANSLATE_NOOP("Commands", "Back to the last place"), "tabs",
        "go_back", ("Alt+Left",), "back", "Document", 2, enabled="can_go_back",
    ),
    Command(
        "viewer.forward", QT_TRANSLATE_NOOP("Commands", "Forward again"), "tabs",
        "go_forward", ("Alt+Right",), "forward", "Document", 2, enabled="can_go_forward",
    ),
    Command(
        "viewer.page", QT_TRANSLATE_NOOP("Commands", "Go to page…"), "viewer", "ask_page",
        ("Ctrl+G", "G"), "page", "Document", 2, enabled="document",
    ),
    Command(
        "viewer.next_page", QT_TRANSLATE_NOOP("Commands", "Next page"), "viewer", "next_page",
        ("Ctrl+Down", "Ctrl+Right"), "next", "Document", 2, enabled="document",
    ),
    Command(
        "viewer.previous_page", QT_TRANSLATE_NOOP("Commands", "Previous page"), "viewer",
        "previous_page", ("Ctrl+Up", "Ctrl+Left"), "previous", "Document", 2, enabled="document",
    ),
    Command(
        "viewer.first_page", QT_TRANSLATE_NOOP("Commands", "First page"), "viewer",
        "first_page", ("Home", "Ctrl+Home"), "", "Document", 2, enabled="document",
    ),
    Command(
        "viewer.last_page", QT_TRANSLATE_NOOP("Commands", "Last page"), "viewer",
        "last_page", ("End", "Ctrl+End"), "", "Document", 2, enabled="document",
    ),
    Command(
        "viewer.screen_down", QT_TRANSLATE_NOOP("Commands", "Scroll a screen down"), "viewer",
        "screen_down", ("PgDown", "Space"), enabled="document",
    ),
    Command(
        "viewer.screen_up", QT_TRANSLATE_NOOP("Commands", "Scroll a screen up"), "viewer",
        "screen_up", ("PgUp", "Shift+Space"), enabled="document",
    ),
    Command(
        "viewer.down", QT_TRANSLATE_NOOP("Commands", "Scroll down"), "viewer", "scroll_down",
        ("J", "Down"), enabled="document",
    ),
    Command(
        "viewer.up", QT_TRANSLATE_NOOP("Commands", "Scroll up"), "viewer", "scroll_up",
        ("K", "Up"), enabled="document",
    ),
    Command(
        "viewer.left", QT_TRANSLATE_NOOP("Commands", "Scroll to the left"), "viewer",
        "scroll_left", ("Left",), enabled="document",
    ),
    Command(
        "viewer.right", QT_TRANSLATE_NOOP("Commands", "Scroll to the right"), "viewer",
        "scroll_right", ("Right",), enabled="document",
    ),
    Command(
        "viewer.zoom_in", QT_TRANSLATE_NOOP("Commands", "Zoom in"), "viewer", "zoom_in",
        ("+", "=", "Ctrl++", "Ctrl+="), "zoom-in", "Document", 3, enabled="document",
    ),
    Command(
        "viewer.zoom_out", QT_TRANSLATE_NOOP("Commands", "Zoom out"), "viewer", "zoom_out",
        ("-", "Ctrl+-"), "zoom-out", "Document", 3, enabled="document",
    ),
    Command(
        "viewer.zoom_actual", QT_TRANSLATE_NOOP("Commands", "Actual size"), "viewer",
        "zoom_actual", ("0", "Ctrl+0"), "", "Document", 3, enabled="document",
    ),
    Command(
        "viewer.fit_width", QT_TRANSLATE_NOOP("Commands", "Fit width"), "viewer", "fit_width",
        ("W",), "fit-width", "Document", 3, enabled="document",
    ),
    Command(
        "viewer.fit_page", QT_TRANSLATE_NOOP("Commands", "Fit page"), "viewer", "fit_page",
        ("P",), "fit-page", "Document", 3, enabled="document",
    ),
    Command(
        "viewer.outline", QT_TRANSLATE_NOOP("Commands", "Outline"), "viewer", "show_outline",
        ("F9",), "outline", "Document", 4, enabled="document", checkable=True, checked="outline",
    ),
    Command(
        "viewer.notes", QT_TRANSLATE_NOOP("Commands", "Note beside the pages"), "viewer",
        "open_notes", ("F10",), "note", "Document", 4, enabled="notes", checkable=True,
        checked="notes_shown",
    ),
    Command(
        "viewer.retry", QT_TRANSLATE_NOOP("Commands", "Load the document again"), "viewer",
        "retry", ("F5",), "retry", "Document", 5,
    ),
)  # fmt: skip
