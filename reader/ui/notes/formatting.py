"""What the commands of a note's editor do to its text."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QObject
from PySide6.QtGui import QGuiApplication, QTextCursor

from reader.ui.notes import links, writing
from reader.ui.notes.edit import NoteEdit
from reader.ui.notes.kit import Kit


class Formatting(QObject):
    """One method a command."""

    def __init__(self, edit: NoteEdit, kit: Kit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._kit = kit

    def bold(self) -> None:
        self._around("**")

    def italic(self) -> None:
        self._around("*")

    def strike(self) -> None:
        self._around("~~")

    def code(self) -> None:
        self._around("`")

    def math(self) -> None:
        self._around("$")

    def _around(self, sign: str) -> None:
        """Signs around the selection or the word at the cursor; between them where there is none."""
        cursor = self._edit.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            if cursor.selectedText().strip():
                self._edit.setTextCursor(cursor)
        self._edit.surround(sign, sign)

    def link(self) -> None:
        """Make the selection a link; the clipboard's address is its target if there is one."""
        cursor = self._edit.textCursor()
        chosen = cursor.selectedText()
        if links.is_address(chosen):
            self._edit.surround("[](", ")")
            self._edit.choose(cursor.selectionStart() + 1, cursor.selectionStart() + 1)
            return
        copied = QGuiApplication.clipboard().text()
        target = copied.strip() if links.is_address(copied) else ""
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        self._edit.surround("[", f"]({target})")
        if chosen and not target:
            self._edit.choose(end + 3, end + 3)
        elif not chosen:
            self._edit.choose(start + 1, start + 1)

    def heading1(self) -> None:
        self._edit.change_lines(lambda line: writing.with_heading(line, 1))

    def heading2(self) -> None:
        self._edit.change_lines(lambda line: writing.with_heading(line, 2))

    def heading3(self) -> None:
        self._edit.change_lines(lambda line: writing.with_heading(line, 3))

    def paragraph(self) -> None:
        self._edit.change_lines(lambda line: writing.with_heading(line, 0))

    def bullets(self) -> None:
        self._marker("- ")

    def numbers(self) -> None:
        self._marker("1. ")

    def boxes(self) -> None:
        self._marker("- [ ] ")

    def quote(self) -> None:
        self._marker("> ")

    def _marker(self, marker: str) -> None:
        many = len(self._edit.chosen_blocks()) > 1
        self._edit.change_lines(
            lambda line: None if many and not line.strip() else writing.with_marker(line, marker)
        )

    def tick(self) -> None:
        """Tick the box of the line, or untick it."""
        self._edit.change_lines(writing.ticked)

    def line_up(self) -> None:
        """Make the columns of the table equally wide."""
        self._edit.line_up()

    def date(self) -> None:
        """Insert today's date as the settings say."""
        self._edit.insertPlainText(
            written(QDate.currentDate(), self._kit.text("date_format", "iso"))
        )


def written(day: QDate, form: str) -> str:
    """A date in one of the forms of the setting."""
    match form:
        case "day":
            return QLocale(QLocale.Language.English).toString(day, "d MMMM yyyy")
        case "month":
            return QLocale(QLocale.Language.English).toString(day, "MMMM d, yyyy")
        case "system":
            return QLocale.system().toString(day, QLocale.FormatType.ShortFormat)
        case _:
            return day.toString("yyyy-MM-dd")
