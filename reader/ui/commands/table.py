"""The commands of the window and the library page; the viewer's stand beside it."""

from __future__ import annotations

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command

MENUS = (
    QT_TRANSLATE_NOOP("Commands", "Library"),
    QT_TRANSLATE_NOOP("Commands", "Edit"),
    QT_TRANSLATE_NOOP("Commands", "Paper"),
    QT_TRANSLATE_NOOP("Commands", "Note"),
    QT_TRANSLATE_NOOP("Commands", "View"),
    QT_TRANSLATE_NOOP("Commands", "Document"),
    QT_TRANSLATE_NOOP("Commands", "Annotate"),
    QT_TRANSLATE_NOOP("Commands", "Tabs"),
    QT_TRANSLATE_NOOP("Commands", "Help"),
)

WINDOW = (
    Command(
        "window.import", QT_TRANSLATE_NOOP("Commands", "Import files…"), "window", "import_files",
        ("Ctrl+O",), "import", "Library",
        tip=QT_TRANSLATE_NOOP("Commands", "Saved pages, JSON and PDFs become papers"),
    ),
    Command(
        "window.import_folder", QT_TRANSLATE_NOOP("Commands", "Import a folder…"), "window",
        "import_folder", ("Ctrl+Shift+O",), "show-folder", "Library",
    ),
    Command(
        "window.import_notes", QT_TRANSLATE_NOOP("Commands", "Import notes from Markdown…"),
        "window", "import_notes", (), "note", "Library",
        tip=QT_TRANSLATE_NOOP("Commands", "A folder of Markdown files: each finds its paper"),
    ),
    Command(
        "window.starter", QT_TRANSLATE_NOOP("Commands", "Load the starter papers"), "window",
        "load_starter", (), "starter", "Library",
    ),
    Command(
        "window.export", QT_TRANSLATE_NOOP("Commands", "Export the list…"), "window",
        "export_list", ("Ctrl+E",), "export", "Library", 1,
    ),
    Command(
        "window.export_folder",
        QT_TRANSLATE_NOOP("Commands", "Export the list as a folder of Markdown…"), "window",
        "export_folder", (), "export", "Library", 1,
        tip=QT_TRANSLATE_NOOP("Commands", "A file a paper, with links and pictures"),
    ),
    Command(
        "window.backup", QT_TRANSLATE_NOOP("Commands", "Back up the library…"), "window",
        "back_up", (), "data", "Library", 1,
    ),
    Command(
        "window.check", QT_TRANSLATE_NOOP("Commands", "Check the library"), "window",
        "check_library", (), "check", "Library", 1,
    ),
    Command(
        "window.folder", QT_TRANSLATE_NOOP("Commands", "Show the library's folder"), "window",
        "show_folder", (), "show-folder", "Library", 1,
    ),
    Command(
        "window.quit", QT_TRANSLATE_NOOP("Commands", "Quit"), "window", "close",
        ("Ctrl+Q",), "quit", "Library", 2,
    ),
    Command(
        "window.undo", QT_TRANSLATE_NOOP("Commands", "Undo"), "window", "undo",
        ("Ctrl+Z",), "undo", "Edit", enabled="undo",
    ),
    Command(
        "window.redo", QT_TRANSLATE_NOOP("Commands", "Redo"), "window", "redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "Edit", enabled="redo",
    ),
    Command(
        "window.search", QT_TRANSLATE_NOOP("Commands", "Search the library"), "window",
        "focus_search", ("/", "Ctrl+L"), "search", "Edit", 1,
    ),
    Command(
        "window.palette", QT_TRANSLATE_NOOP("Commands", "Find a command or paper"), "window",
        "open_palette", ("Ctrl+K", "Ctrl+Shift+P"), "palette", "Edit", 1,
    ),
    Command(
        "window.preferences", QT_TRANSLATE_NOOP("Commands", "Preferences…"), "window",
        "open_preferences", ("Ctrl+,",), "preferences", "Edit", 2,
    ),
    Command(
        "window.sidebar", QT_TRANSLATE_NOOP("Commands", "Sidebar"), "window", "toggle_sidebar",
        ("Ctrl+B",), "sidebar", "View", checkable=True, checked="sidebar",
    ),
    Command(
        "window.theme", QT_TRANSLATE_NOOP("Commands", "Switch light and dark"), "window",
        "toggle_theme", ("Ctrl+Shift+D",), "theme", "View",
    ),
    Command(
        "window.library", QT_TRANSLATE_NOOP("Commands", "Go to the library"), "window",
        "show_library", ("Ctrl+1", "Alt+Home"), "library", "View", 1,
    ),
    Command(
        "window.message", QT_TRANSLATE_NOOP("Commands", "Go to the newest message"), "window",
        "go_to_message", ("Alt+M",), "info", "View", 1,
    ),
    Command(
        "window.full_screen", QT_TRANSLATE_NOOP("Commands", "Full screen"), "window",
        "toggle_full_screen", ("F11",), "fit-page", "View", 2,
    ),
    Command(
        "window.guide", QT_TRANSLATE_NOOP("Commands", "Open the guide"), "window", "open_guide",
        ("F1",), "info", "Help",
    ),
    Command(
        "window.shortcuts", QT_TRANSLATE_NOOP("Commands", "Keyboard shortcuts…"), "window",
        "open_shortcuts", ("Ctrl+/", "?"), "keyboard", "Help",
    ),
    Command(
        "window.about", QT_TRANSLATE_NOOP("Commands", "About Paper Reader"), "window",
        "open_about", (), "about", "Help", 1,
    ),
)  # fmt: skip

LIBRARY = (
    Command(
        "paper.open", QT_TRANSLATE_NOOP("Commands", "Read the PDF"), "library", "open_pdf",
        ("Ctrl+Return", "O"), "pdf", "Paper", enabled="pdf",
    ),
    Command(
        "paper.attach", QT_TRANSLATE_NOOP("Commands", "Attach a PDF…"), "library", "attach_pdf",
        ("Ctrl+Shift+A",), "attach", "Paper", enabled="one",
    ),
    Command(
        "paper.replace_file", QT_TRANSLATE_NOOP("Commands", "Replace the PDF…"), "library",
        "replace_file", (), "replace", "Paper", enabled="pdf",
    ),
    Command(
        "paper.detach", QT_TRANSLATE_NOOP("Commands", "Remove the PDF from the paper"), "library",
        "detach", (), "close", "Paper", enabled="pdf",
    ),
    Command(
        "paper.link", QT_TRANSLATE_NOOP("Commands", "Open the first link"), "library",
        "open_link", ("Ctrl+Shift+L",), "open", "Paper", enabled="one",
    ),
    Command(
        "paper.note", QT_TRANSLATE_NOOP("Commands", "Write a note"), "library", "edit_note",
        ("N",), "note", "Paper", 1, enabled="one",
    ),
    Command(
        "paper.remark", QT_TRANSLATE_NOOP("Commands", "Write a remark"), "library", "edit_remark",
        ("F2",), "comment", "Paper", 1, enabled="one",
        tip=QT_TRANSLATE_NOOP("Commands", "One line, shown in the list"),
    ),
    Command(
        "paper.annotations_to_note",
        QT_TRANSLATE_NOOP("Commands", "Annotations to the note…"), "library",
        "annotations_to_note", ("Shift+Q",), "note", "Paper", 1, enabled="pdf",
    ),
    Command(
        "paper.star", QT_TRANSLATE_NOOP("Commands", "Star"), "library", "toggle_star",
        ("S",), "star", "Paper", 1, enabled="selection",
    ),
    Command(
        "paper.unread", QT_TRANSLATE_NOOP("Commands", "Mark as unread"), "library", "mark_unread",
        ("U",), "unread", "Paper", 2, enabled="selection",
    ),
    Command(
        "paper.reading", QT_TRANSLATE_NOOP("Commands", "Mark as reading"), "library",
        "mark_reading", ("I",), "reading", "Paper", 2, enabled="selection",
    ),
    Command(
        "paper.read", QT_TRANSLATE_NOOP("Commands", "Mark as read"), "library", "mark_read",
        ("R",), "read", "Paper", 2, enabled="selection",
    ),
    Command(
        "paper.tags", QT_TRANSLATE_NOOP("Commands", "Tags…"), "library", "edit_tags",
        ("T",), "tag", "Paper", 3, enabled="selection",
    ),
    Command(
        "paper.collections", QT_TRANSLATE_NOOP("Commands", "Collections…"), "library",
        "edit_collections", ("C",), "collection", "Paper", 3, enabled="selection",
    ),
    Command(
        "paper.copy", QT_TRANSLATE_NOOP("Commands", "Copy title and authors"), "library",
        "copy_reference", ("Ctrl+Shift+C",), "copy", "Paper", 4, enabled="selection",
    ),
    Command(
        "paper.copy_link", QT_TRANSLATE_NOOP("Commands", "Copy a link to the paper"), "library",
        "copy_link", ("Y",), "link", "Paper", 4, enabled="one",
    ),
    Command(
        "paper.trash", QT_TRANSLATE_NOOP("Commands", "Move to trash"), "library", "trash",
        ("Delete",), "trash", "Paper", 5, enabled="selection",
    ),
    Command(
        "paper.restore", QT_TRANSLATE_NOOP("Commands", "Restore from trash"), "library", "restore",
        (), "restore", "Paper", 5, enabled="trashed",
    ),
    Command(
        "list.search", QT_TRANSLATE_NOOP("Commands", "Search in the list"), "library", "search",
        ("Ctrl+F",), "search", "Edit", 1,
    ),
    Command(
        "list.next", QT_TRANSLATE_NOOP("Commands", "Next paper"), "library", "next_paper",
        ("J",), "down", "View", 3,
    ),
    Command(
        "list.previous", QT_TRANSLATE_NOOP("Commands", "Previous paper"), "library",
        "previous_paper", ("K",), "up", "View", 3,
    ),
    Command(
        "list.all", QT_TRANSLATE_NOOP("Commands", "Select all papers"), "library", "select_all",
        ("Ctrl+A",), "", "Edit", 0, enabled="list",
    ),
    Command(
        "list.new_collection", QT_TRANSLATE_NOOP("Commands", "New collection…"), "library",
        "new_collection", ("Ctrl+Shift+N",), "collection-add", "Library", 0,
    ),
)  # fmt: skip
