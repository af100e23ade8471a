"""The commands on whole notes: of the editor that is written in, and of the window."""

from __future__ import annotations

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command

# Of the editor: its keys are no shortcuts of the window, see reader.ui.notes.commands.
SWITCHING = (
    Command(
        "note.new", QT_TRANSLATE_NOOP("Commands", "New note of the paper"), "note",
        "parts.notes.new", ("Ctrl+N",), "add", "Note", 6,
    ),
    Command(
        "note.new_from", QT_TRANSLATE_NOOP("Commands", "New note from a template…"), "note",
        "parts.notes.new_from_template", ("Ctrl+Alt+Shift+N",), "", "Note", 6,
    ),
    Command(
        "note.template", QT_TRANSLATE_NOOP("Commands", "Insert a template…"), "note",
        "parts.notes.choose_template", ("Ctrl+Alt+I",), "", "Note", 6,
    ),
    Command(
        "note.templates", QT_TRANSLATE_NOOP("Commands", "Templates…"), "note",
        "parts.notes.edit_templates", (), "", "Note", 6,
    ),
    Command(
        "note.all", QT_TRANSLATE_NOOP("Commands", "The paper's notes"), "note",
        "parts.notes.open", ("Ctrl+Alt+O",), "note", "Note", 7,
    ),
    Command(
        "note.next", QT_TRANSLATE_NOOP("Commands", "Next note of the paper"), "note",
        "parts.notes.next", ("Alt+Down",), "down", "Note", 7,
    ),
    Command(
        "note.previous", QT_TRANSLATE_NOOP("Commands", "Previous note of the paper"), "note",
        "parts.notes.previous", ("Alt+Up",), "up", "Note", 7,
    ),
    Command(
        "note.move_down", QT_TRANSLATE_NOOP("Commands", "Move the note down"), "note",
        "parts.notes.move_down", ("Alt+Shift+Down",), "", "", 7,
    ),
    Command(
        "note.move_up", QT_TRANSLATE_NOOP("Commands", "Move the note up"), "note",
        "parts.notes.move_up", ("Alt+Shift+Up",), "", "", 7,
    ),
    Command(
        "note.history", QT_TRANSLATE_NOOP("Commands", "History of the note…"), "note",
        "parts.notes.history", ("Ctrl+Alt+H",), "restore", "Note", 8,
    ),
    Command(
        "note.copy_link", QT_TRANSLATE_NOOP("Commands", "Copy a link to the note"), "note",
        "parts.notes.copy_link", (), "copy", "Note", 8,
    ),
    Command(
        "note.delete", QT_TRANSLATE_NOOP("Commands", "Delete the note"), "note",
        "parts.notes.delete", (), "trash", "Note", 8,
    ),
)  # fmt: skip

# Of the window.
FREE = (
    Command(
        "notes.show", QT_TRANSLATE_NOOP("Commands", "Go to the free notes"), "notes", "go",
        ("Alt+N",), "note", "Library", 0,
    ),
    Command(
        "notes.new", QT_TRANSLATE_NOOP("Commands", "New free note"), "notes", "new",
        ("Shift+N",), "add", "Library", 0,
    ),
)  # fmt: skip
