"""The commands of a note's editor, and their keys, which it has before the window's own.

Ctrl+B is the sidebar's everywhere else: so these keys are no shortcuts of the
window.  The editor that has the focus takes them.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from reader.ui.commands.actions import CommandSet
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.notes.edit import NoteEdit
from reader.ui.notes.editor import NoteEditor
from reader.ui.notes.rendered.view import RenderedView
from reader.ui.notes.rows import SWITCHING

NOTE = (
    Command(
        "note.bold", QT_TRANSLATE_NOOP("Commands", "Bold"), "note", "format.bold",
        ("Ctrl+B",), "bold", "Note",
    ),
    Command(
        "note.italic", QT_TRANSLATE_NOOP("Commands", "Italic"), "note", "format.italic",
        ("Ctrl+I",), "italic", "Note",
    ),
    Command(
        "note.strike", QT_TRANSLATE_NOOP("Commands", "Strike out"), "note", "format.strike",
        ("Ctrl+Shift+X",), "strike", "Note",
    ),
    Command(
        "note.code", QT_TRANSLATE_NOOP("Commands", "Code"), "note", "format.code",
        ("Ctrl+`",), "code", "Note",
    ),
    Command(
        "note.math", QT_TRANSLATE_NOOP("Commands", "Math"), "note", "format.math",
        ("Ctrl+M",), "math", "Note",
    ),
    Command(
        "note.link", QT_TRANSLATE_NOOP("Commands", "Link"), "note", "format.link",
        ("Ctrl+Shift+K",), "link", "Note",
    ),
    Command(
        "note.link_title", QT_TRANSLATE_NOOP("Commands", "Ask for the title of the link"), "note",
        "parts.titles.fetch", ("Ctrl+Alt+K",), "", "Note",
    ),
    Command(
        "note.heading1", QT_TRANSLATE_NOOP("Commands", "Heading"), "note", "format.heading1",
        ("Ctrl+Alt+1",), "heading", "Note", 1,
    ),
    Command(
        "note.heading2", QT_TRANSLATE_NOOP("Commands", "Heading of the second level"), "note",
        "format.heading2", ("Ctrl+Alt+2",), "", "Note", 1,
    ),
    Command(
        "note.heading3", QT_TRANSLATE_NOOP("Commands", "Heading of the third level"), "note",
        "format.heading3", ("Ctrl+Alt+3",), "", "Note", 1,
    ),
    Command(
        "note.paragraph", QT_TRANSLATE_NOOP("Commands", "No heading"), "note",
        "format.paragraph", ("Ctrl+Alt+0",), "", "Note", 1,
    ),
    Command(
        "note.bullets", QT_TRANSLATE_NOOP("Commands", "List"), "note", "format.bullets",
        ("Ctrl+Alt+L",), "bullets", "Note", 2,
    ),
    Command(
        "note.numbers", QT_TRANSLATE_NOOP("Commands", "Numbered list"), "note", "format.numbers",
        ("Ctrl+Alt+N",), "numbers", "Note", 2,
    ),
    Command(
        "note.boxes", QT_TRANSLATE_NOOP("Commands", "List of things to do"), "note",
        "format.boxes", ("Ctrl+Alt+B",), "boxes", "Note", 2,
    ),
    Command(
        "note.tick", QT_TRANSLATE_NOOP("Commands", "Tick the box"), "note", "format.tick",
        ("Ctrl+Return",), "check", "Note", 2,
    ),
    Command(
        "note.quote", QT_TRANSLATE_NOOP("Commands", "Quotation"), "note", "format.quote",
        ("Ctrl+Alt+Q",), "quote", "Note", 2,
    ),
    Command(
        "note.line_up", QT_TRANSLATE_NOOP("Commands", "Line up the table"), "note",
        "format.line_up", ("Ctrl+Alt+T",), "table", "Note", 2,
    ),
    Command(
        "note.date", QT_TRANSLATE_NOOP("Commands", "Insert today's date"), "note",
        "format.date", ("Ctrl+;",), "page", "Note", 3,
    ),
    Command(
        "note.find", QT_TRANSLATE_NOOP("Commands", "Find in the note"), "note",
        "parts.find.open", ("Ctrl+F",), "find", "Note", 4,
    ),
    Command(
        "note.replace", QT_TRANSLATE_NOOP("Commands", "Find and replace in the note"), "note",
        "parts.find.open_replace", ("Ctrl+H",), "replace", "Note", 4,
    ),
    Command(
        "note.find_next", QT_TRANSLATE_NOOP("Commands", "Next place in the note"), "note",
        "parts.find.next", ("F3",), "", "", 4,
    ),
    Command(
        "note.find_previous", QT_TRANSLATE_NOOP("Commands", "Previous place in the note"), "note",
        "parts.find.previous", ("Shift+F3",), "", "", 4,
    ),
    Command(
        "note.view", QT_TRANSLATE_NOOP("Commands", "Write, write and read, or read the note"),
        "note", "parts.side.next_way", ("Ctrl+Shift+E",), "view", "Note", 5,
    ),
    Command(
        "note.write", QT_TRANSLATE_NOOP("Commands", "Show the note to be written"), "note",
        "parts.side.write", (), "edit", "", 5,
    ),
    Command(
        "note.beside", QT_TRANSLATE_NOOP("Commands", "Show the note written and read"), "note",
        "parts.side.beside", (), "split-right", "", 5,
    ),
    Command(
        "note.read", QT_TRANSLATE_NOOP("Commands", "Show the note to be read"), "note",
        "parts.side.read", (), "view", "", 5,
    ),
    Command(
        "note.full_screen", QT_TRANSLATE_NOOP("Commands", "Write on the full screen"), "note",
        "parts.full.toggle", ("F11",), "fit-page", "Note", 5,
    ),
)  # fmt: skip

NOTE += SWITCHING


_APART = ("window.message",)  # of the window's own, where the text is in another one


class NoteCommands(QObject):
    """Binds a window's note commands to the editor that was last written in."""

    def __init__(self, commands: CommandSet, window: QMainWindow) -> None:
        super().__init__(window)
        commands.add(NOTE)
        commands.fill_menu_bar(window.menuBar())
        self._commands = commands
        self._window = window
        self._editor: NoteEditor | None = None
        self._watched: QWidget | None = None
        for row in NOTE:
            commands.action(row.id).setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        del before
        if not self._commands.whole():
            return  # the window is being taken apart, and the focus leaves its widgets one by one
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        editor = editor_of(now)
        if editor is not None and editor.window() is self._window:
            if isinstance(now, (NoteEdit, RenderedView)):
                now.installEventFilter(self)
                self._watched = now
            self._bind(editor)
        elif self._editor is not None and not _is_seen(self._editor):
            self._bind(None)

    def _bind(self, editor: NoteEditor | None) -> None:
        if editor is not self._editor:
            self._editor = editor
            self._commands.bind("note", editor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the commands from the text and from the window."""
        kind = event.type()
        if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            assert isinstance(event, QKeyEvent)
            assert isinstance(watched, QWidget)
            apart = watched.window() is not self._window  # written in on the full screen
            name = self._command_of(event, _APART if apart else ())
            if name and kind == QEvent.Type.ShortcutOverride:
                event.accept()
            elif name:
                self._commands.action(name).trigger()
                return True
        return False

    def _command_of(self, event: QKeyEvent, more: tuple[str, ...]) -> str:
        wanted = QKeySequence(event.keyCombination())
        for name in (*(row.id for row in NOTE), *more):
            action = self._commands.action(name)
            if action.isEnabled() and wanted in action.shortcuts():
                return name
        return ""


def _is_seen(editor: NoteEditor) -> bool:
    """Whether an editor is still there and on screen."""
    return shiboken6.isValid(editor) and editor.isVisible()


def editor_of(widget: QWidget | None) -> NoteEditor | None:
    """The editor that a widget belongs to, also while it writes on the full screen."""
    while widget is not None and not isinstance(widget, NoteEditor):
        home = widget.property("noteEditor")
        widget = home if isinstance(home, NoteEditor) else widget.parentWidget()
    return widget
