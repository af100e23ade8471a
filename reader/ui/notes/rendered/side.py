"""The rendered view in an editor: write, beside or read, and scrolling together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont

from reader.ui.notes import links, writing
from reader.ui.notes.formulas import Formulas
from reader.ui.notes.patching import patch_block
from reader.ui.notes.rendered.images import Images
from reader.ui.notes.rendered.live import Live
from reader.ui.notes.rendered.look import Look
from reader.ui.notes.rendered.view import RenderedView

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_NARROW = 620  # pixels; narrower, the view stands below the text


class Side(QObject):
    """The three ways to see a note."""

    def __init__(self, editor: NoteEditor, formulas: Formulas, images: Images) -> None:
        super().__init__(editor)
        self._editor = editor
        self._kit = editor.kit
        self.way = ""
        self._by_hand = False  # whether the text is being scrolled by the view
        self.view = RenderedView(editor.theme, editor)
        self.view.hide()
        editor.body.addWidget(self.view)
        editor.body.setStretchFactor(0, 1)
        editor.body.setStretchFactor(1, 1)
        self.live = Live(self.view, self._kit, formulas, images, self.look)
        self.live.built.connect(self._follow_text)
        self.view.link_clicked.connect(self.open_link)
        self.view.box_clicked.connect(self.tick)
        editor.edit.link_clicked.connect(self.open_link)
        editor.edit.textChanged.connect(self._typed)
        editor.edit.verticalScrollBar().valueChanged.connect(self._follow_text)
        self.view.verticalScrollBar().valueChanged.connect(self._follow_view)
        editor.shown.connect(lambda: self._render(at_once=True))
        editor.view_wanted.connect(self.choose)
        editor.theme.changed.connect(lambda: self._render(at_once=True))
        editor.body.installEventFilter(self)
        self._kit.setting_changed.connect(self._setting_changed)
        self.show(self._kit.text("note_view", "write"))

    def look(self) -> Look:
        """Fonts and colours of now."""
        font = QFont(self._editor.edit.document().defaultFont())
        return Look(self._editor.theme, font, max(8, font.pixelSize()))

    def choose(self, way: str) -> None:
        """See notes in another way, from now on and in every editor."""
        if self._kit.settings is not None and way != self._kit.text("note_view", "write"):
            self._kit.settings.set("note_view", way)
        self.show(way)

    def next_way(self) -> None:
        """From writing to both, to reading, to writing."""
        ways = ("write", "beside", "read")
        self.choose(ways[(ways.index(self.way) + 1) % 3])

    def write(self) -> None:
        self.choose("write")

    def beside(self) -> None:
        self.choose("beside")

    def read(self) -> None:
        self.choose("read")

    def show(self, way: str) -> None:
        """Show the text, the view or both; the keys go where they can."""
        edit, view = self._editor.edit, self.view
        had_keys = edit.hasFocus() or view.hasFocus()
        line = self.view.first_line() if self.way == "read" else self.text_line()
        self.way = way
        for button in self._editor.views.buttons():
            button.setChecked(button.objectName() == way)
        edit.setVisible(way != "read")
        view.setVisible(way != "write")
        if had_keys:
            (view if way == "read" else edit).setFocus()
        self._turn()
        if way == "write":
            self.live.stop()
            self.scroll_text(line)
        else:
            self._render(at_once=True)

    def _turn(self) -> None:
        """Beside each other where there is room, else one below the other."""
        body = self._editor.body
        wide = body.width() >= _NARROW
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if body.orientation() != wanted:
            body.setOrientation(wanted)
        beside = self.way == "beside"
        self.view.setViewportMargins(
            16 if beside and wide else 0, 10 if beside and not wide else 0, 0, 0
        )
        if body.property("way") != (self.way, wanted):
            body.setProperty("way", (self.way, wanted))
            half = max(1, (body.width() if wide else body.height()) // 2)
            body.setSizes([half, half])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._turn()
        return super().eventFilter(watched, event)

    def _setting_changed(self, key: str) -> None:
        if key == "note_view" and self._kit.text("note_view", "write") != self.way:
            self.show(self._kit.text("note_view", "write"))

    # -- rendering -------------------------------------------------------

    def _typed(self) -> None:
        self._render(at_once=False)

    def _render(self, *, at_once: bool) -> None:
        if self.way != "write":
            editor = self._editor
            self.live.show(editor.paper, editor.edit.toPlainText(), at_once=at_once)

    def open_link(self, target: str) -> None:
        """Follow a link that was clicked: outward to the browser, inward to a place."""
        if links.leads_out(target):
            self._kit.link_clicked.emit(links.outward(target))
        elif links.may_lead(target):
            self._kit.place_wanted.emit(target)

    def tick(self, line: int) -> None:
        """Tick or untick the box of a line of the text."""
        block = self._editor.edit.document().findBlockByNumber(line)
        new = writing.ticked(block.text()) if block.isValid() else None
        if new is not None and not self._editor.edit.isReadOnly():
            patch_block(block, new)

    # -- scrolling -------------------------------------------------------

    def text_line(self) -> float:
        """The first line on screen, with the part of it that is scrolled away."""
        edit = self._editor.edit
        block = self._editor.first_seen()
        rect = edit.document().documentLayout().blockBoundingRect(block)
        hidden = edit.verticalScrollBar().value() - rect.top()
        return block.blockNumber() + min(0.99, max(0.0, hidden / max(1.0, rect.height())))

    def scroll_text(self, line: float) -> None:
        """Have a line of the text at the top."""
        edit = self._editor.edit
        block = edit.document().findBlockByNumber(int(line))
        if block.isValid():
            rect = edit.document().documentLayout().blockBoundingRect(block)
            edit.verticalScrollBar().setValue(round(rect.top() + (line % 1) * rect.height()))

    def _follow_text(self) -> None:
        if self.way == "beside" and not self._by_hand:
            self._by_hand = True
            bar = self._editor.edit.verticalScrollBar()
            if bar.value() == bar.maximum() > 0:
                self.view.verticalScrollBar().setValue(self.view.verticalScrollBar().maximum())
            else:
                self.view.scroll_to_line(self.text_line())
            self._by_hand = False

    def _follow_view(self) -> None:
        if self.way == "beside" and not self._by_hand and self.view.underMouse():
            self._by_hand = True
            self.scroll_text(self.view.first_line())
            self._by_hand = False
