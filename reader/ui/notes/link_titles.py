"""A pasted web address gets its page's title when the reader asks for it, and never by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from reader.domain.errors import CancelledError, ReaderError
from reader.services import web_titles
from reader.services.web import Job
from reader.ui.notes import lines, links
from reader.ui.notes.patching import qt_length

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor


class LinkTitles(QObject):
    """The command of one editor, and its row in the menu of an address."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._edit = editor.edit
        self._job: Job | None = None
        editor.edit.menus.append(self._fill_menu)
        editor.shown.connect(self.cancel)
        editor.kit.ending.connect(self.cancel)

    def cancel(self) -> None:
        """Another note is shown, or the program ends: nobody waits for the answer."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            self._editor.said.clear()

    def fetch(self) -> None:
        """Ask the address at the cursor for its title."""
        self._fetch_at(self._edit.textCursor())

    def _fetch_at(self, cursor: QTextCursor) -> None:
        editor, web = self._editor, self._editor.kit.web
        place = self._address_at(cursor)
        if place is None or web is None:
            editor.kit.notices.info(self.tr("There is no bare web address at the cursor."))
            return
        self.cancel()
        job = self._job = Job()
        editor.destroyed.connect(job.cancel)
        address = links.outward(place.selectedText())
        host = urlsplit(address).hostname or address
        editor.said.setText(self.tr("Asking {} for the title…").format(host[:60]))
        editor.kit.read(
            web_titles.link, web, address, job,
            then=lambda made: self._put(job, place, made),
            failed=lambda error: self._failed(job, error), owner=self,
        )  # fmt: skip

    def _address_at(self, cursor: QTextCursor) -> QTextCursor | None:
        """The web address at a place that is no link yet, selected; None without one."""
        block = cursor.block()
        text = block.text()
        index = lines.index_of(text, cursor.selectionStart() - block.position())
        for start, end in links.bare(text):
            if start <= index <= end:
                place = QTextCursor(block)
                place.setPosition(block.position() + qt_length(text[:start]))
                place.setPosition(
                    block.position() + qt_length(text[:end]), QTextCursor.MoveMode.KeepAnchor
                )
                # What is typed right behind the address does not belong to it.
                place.setKeepPositionOnInsert(True)
                return place
        return None

    def _put(self, job: Job, place: QTextCursor, made: str) -> None:
        """Put the link in the address's place, unless the reader has changed it meanwhile."""
        if job is not self._job:
            return
        self._job = None
        self._editor.said.clear()
        there = links.outward(place.selectedText())
        if not self._edit.isReadOnly() and web_titles.leads_to(made, there):
            place.insertText(made)
        else:
            self._editor.kit.notices.info(self.tr("The address has changed; it stays as it is."))

    def _failed(self, job: Job, error: ReaderError) -> None:
        if job is not self._job:
            return
        self._job = None
        self._editor.said.clear()
        if not isinstance(error, CancelledError):
            self._editor.kit.notices.warn(error.message, error.hint)

    def _fill_menu(self, menu: QMenu, cursor: QTextCursor) -> None:
        place = self._address_at(cursor)
        if place is None or self._editor.kit.web is None or self._edit.isReadOnly():
            return
        host = urlsplit(links.outward(place.selectedText())).hostname or ""
        text = self.tr("Ask {} for the title of this link").format(host[:60])
        before = menu.actions()[0] if menu.actions() else None
        action = menu.addAction(text)
        action.triggered.connect(lambda: self._fetch_at(place))
        if before is not None:
            menu.insertAction(before, action)
            menu.insertSeparator(before)
