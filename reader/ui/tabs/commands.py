"""The commands of tabs and splits; their target is "tabs", in every window that has some."""

from __future__ import annotations

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command

TABS = (
    Command(
        "window.recent_tab", QT_TRANSLATE_NOOP("Commands", "Tab seen before this one"), "tabs",
        "recent", ("Ctrl+Tab",), "restore", "Tabs", enabled="tabs",
        tip=QT_TRANSLATE_NOOP("Commands", "Hold Ctrl for the list of tabs, the last seen first"),
    ),
    Command(
        "window.recent_tab_back", QT_TRANSLATE_NOOP("Commands", "Tab not seen for longest"),
        "tabs", "recent_back", ("Ctrl+Shift+Tab",), "", "", enabled="tabs",
    ),
    Command(
        "window.next_tab", QT_TRANSLATE_NOOP("Commands", "Next tab"), "tabs", "next",
        ("Ctrl+PgDown",), "next", "Tabs", enabled="tabs",
    ),
    Command(
        "window.previous_tab", QT_TRANSLATE_NOOP("Commands", "Previous tab"), "tabs", "previous",
        ("Ctrl+PgUp",), "previous", "Tabs", enabled="tabs",
    ),
    Command(
        "window.all_tabs", QT_TRANSLATE_NOOP("Commands", "List all tabs"), "tabs", "list_all",
        ("Alt+T",), "down", "Tabs", enabled="tabs",
    ),
    Command(
        "window.split_right", QT_TRANSLATE_NOOP("Commands", "Split to the right"), "tabs",
        "split_right", ("Ctrl+\\",), "split-right", "Tabs", 1, enabled="tab",
        tip=QT_TRANSLATE_NOOP("Commands", "The same paper twice, each with a place of its own"),
    ),
    Command(
        "window.split_below", QT_TRANSLATE_NOOP("Commands", "Split below"), "tabs",
        "split_below", ("Ctrl+Shift+\\",), "split-below", "Tabs", 1, enabled="tab",
    ),
    Command(
        "window.beside", QT_TRANSLATE_NOOP("Commands", "Put another tab beside this one…"), "tabs",
        "choose_beside", (), "", "Tabs", 1, enabled="other_tabs",
    ),
    Command(
        "window.other_pane", QT_TRANSLATE_NOOP("Commands", "Go to the other half"), "tabs",
        "other_half", ("F6",), "forward", "Tabs", 1, enabled="split",
    ),
    Command(
        "window.apart", QT_TRANSLATE_NOOP("Commands", "Take the halves apart"), "tabs",
        "take_apart", (), "", "Tabs", 1, enabled="split",
    ),
    Command(
        "window.close_pane", QT_TRANSLATE_NOOP("Commands", "Close this half"), "tabs",
        "close_half", ("Ctrl+Shift+W",), "close", "Tabs", 1, enabled="split",
    ),
    Command(
        "window.tear_off", QT_TRANSLATE_NOOP("Commands", "Into a window of its own, and back"),
        "tabs", "tear_off", ("Ctrl+Shift+M",), "open", "Tabs", 2, enabled="tab",
    ),
    Command(
        "window.close_tab", QT_TRANSLATE_NOOP("Commands", "Close the tab"), "tabs",
        "close_current", ("Ctrl+W",), "close", "Tabs", 3, enabled="tab",
    ),
    Command(
        "window.close_others", QT_TRANSLATE_NOOP("Commands", "Close the other tabs"), "tabs",
        "close_others", (), "", "Tabs", 3, enabled="other_tabs",
    ),
    Command(
        "window.reopen_tab", QT_TRANSLATE_NOOP("Commands", "Open the closed tab again"), "tabs",
        "reopen", ("Ctrl+Shift+T",), "restore", "Tabs", 3, enabled="closed_tabs",
    ),
)  # fmt: skip
