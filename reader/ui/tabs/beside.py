"""What stands beside a page: the note of its paper, or the offer to add the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reader.domain.paper import Paper
from reader.services.attaching import holder_of
from reader.settings import Settings
from reader.ui.desk import Desk
from reader.ui.tabs.tab import Half
from reader.ui.theme import Theme
from reader.ui.widgets.buttons import push

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor
    from reader.ui.viewer.page import ViewerPage


class Beside(QObject):
    """Makes the side of a page, and turns the offer into a note once the library has the file."""

    add_wanted = Signal(object)  # the Half whose file is to be added
    adopted = Signal(object)  # the Half that turned out to be a paper's

    def __init__(self, desk: Desk, theme: Theme, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = theme
        self.settings = settings
        self._offered = False  # whether what was furnished last is an offer
        self._ahead: NoteEditor | Offer | None = None  # made for a page without a document

    def furnish_ahead(self, page: ViewerPage) -> None:
        """Put beside a page what the next document is likely to have there."""
        self._ahead = Offer(page) if self._offered else self._editor(page)
        page.set_side(self._ahead)

    def furnished(self, page: ViewerPage) -> bool:
        """Whether there is something beside a page that is its document's."""
        return page.side is not None and page.side is not self._ahead

    def furnish(self, half: Half) -> None:
        """Put what belongs beside a half's page there."""
        if half.page is None:
            return
        self._offered = not half.paper
        before = half.page.side
        ahead = self._ahead if before is self._ahead else None
        if ahead is not None:
            self._ahead = None
        side = self._note(half, ahead) if half.paper else self._offer(half, ahead)
        if side is not before:
            half.page.set_side(side)
            if before is not None:
                before.deleteLater()
        if not half.paper:
            self.adopt(half)

    def _editor(self, page: ViewerPage) -> NoteEditor:
        kit = self._desk.kit
        assert kit.editor is not None
        editor = kit.editor()(self._desk.notebook, self._theme, kit, page)
        editor.set_size(self.settings.number("reading_size"))
        return editor

    def _note(self, half: Half, ahead: NoteEditor | Offer | None) -> NoteEditor:
        assert half.page is not None
        editor = ahead
        if editor is None or isinstance(editor, Offer):
            editor = self._editor(half.page)
        if editor.pixels != self.settings.number("reading_size"):
            editor.set_size(self.settings.number("reading_size"))
        self._fill(half.paper, editor)
        return editor

    def _fill(self, uid: str, editor: NoteEditor) -> None:
        notebook = self._desk.notebook
        asked = notebook.now()

        def loaded(paper: Paper) -> None:
            if notebook.outran(uid, asked):
                self._fill(uid, editor)
                return
            editor.show_notes(uid, paper.notes)

        self._desk.read(self._desk.reader.paper, uid, then=loaded, owner=editor)

    def adopt(self, half: Half) -> None:
        """Look whether the library has a file by now, and which paper's it is."""
        reader = self._desk.reader

        def look() -> tuple[Paper, str] | None:
            found = holder_of(reader, half.path)
            return (reader.paper(found[0]), found[1]) if found else None

        def done(found: tuple[Paper, str] | None) -> None:
            if found is None or half.page is None or half.paper:
                return
            paper, half.attachment = found
            half.paper, half.title = paper.uid, " ".join(paper.title.split())
            self.adopted.emit(half)

        self._desk.read(look, then=done, owner=self)

    def _offer(self, half: Half, ahead: QWidget | None) -> Offer:
        """What stands beside a file that is not in the library."""
        page = half.page
        assert page is not None
        offer = ahead if isinstance(ahead, Offer) else Offer(page)
        offer.taken.connect(lambda: self.add_wanted.emit(half))
        page.failed.connect(offer.withdraw)
        page.opened.connect(offer.renew)
        if page.error is not None:
            offer.withdraw()
        return offer


class Offer(QWidget):
    """The offer to add a file to the library; none for one that cannot be read."""

    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewerSide")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(14)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setProperty("class", "muted")
        self._button = push(self.tr("Add to the library"), "add", self, "primary")
        self._button.setObjectName("addToLibrary")
        self._button.clicked.connect(self.taken)
        box.addStretch(1)
        box.addWidget(self._text)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(2)
        self.renew()

    @Slot()
    def renew(self) -> None:
        """The file can be read."""
        self._text.setText(
            self.tr(
                "This file is not in your library. Add it to keep notes on it and to find it again."
            )
        )
        self._button.show()

    @Slot()
    def withdraw(self) -> None:
        """The file cannot be read."""
        self._text.setText(
            self.tr("A file that cannot be read cannot be added to your library either.")
        )
        self._button.hide()


def share_side(halves: list[Half], *, below: bool, note: bool) -> None:
    """Show one note for two halves: at the right edge, or beside the upper one.

    Two halves of one paper have one editor, which moves to where it is shown;
    `note` says whether the reader wants to see it.  The offer to add a file is not worth the room.
    One below the other, the bars are alike although only one has the note's button.
    """
    if len(halves) < 2:
        return
    with_note, other = (halves[0], halves[1]) if below else (halves[1], halves[0])
    shows, hides = with_note.page, other.page
    if shows is None or hides is None:
        return
    if with_note.path == other.path and hides.side is not None:
        side = hides.side
        hides.set_side(None)
        if shows.side is None:
            shows.set_side(side)
        else:
            side.deleteLater()
    for page in (shows, hides):
        page.bar.keep_room_for_notes(below)
    hides.show_notes(False)
    shows.show_notes(note and bool(with_note.paper))
