"""The comment card and the editor of free text: opened, placed, saved, closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from reader.domain.marking import Annotation, Kind, pages_of
from reader.domain.paper import Paper
from reader.ui.viewer.annotate import shapes
from reader.ui.viewer.annotate.comment_card import CommentCard
from reader.ui.viewer.annotate.picked import Picked
from reader.ui.viewer.annotate.places import in_view, seen_of
from reader.ui.viewer.annotate.rows import pages_told
from reader.ui.viewer.annotate.store import Store
from reader.ui.viewer.annotate.text_box import TextBox, grown
from reader.ui.viewer.annotate.writing import Writing

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage


class Words(QObject):
    """At most one of them is open; what is typed into either saves itself."""

    changed = Signal()  # something was opened or closed

    def __init__(self, page: ViewerPage, store: Store, picked: Picked) -> None:
        super().__init__(page)
        self._page = page
        self._store = store
        self._picked = picked
        self._card: CommentCard | None = None  # made when it is first opened
        self.box: TextBox | None = None
        self._uid = ""
        self._note = ""  # the paper's note, to link to
        self.writing = Writing(store, self)
        store.changed.connect(self._refresh)
        store.ending.connect(self.flush)
        page.canvas.moved.connect(self.place)

    @property
    def card(self) -> CommentCard:
        """Where comments are written."""
        if self._card is None:
            self._card = card = CommentCard(self._page.theme, self._page.canvas.viewport())
            card.typed.connect(self.writing.typed)
            card.left.connect(self.writing.flush)
            card.tagged.connect(self._tag)
            card.linked.connect(self._link)
            card.closed.connect(self._close_to_page)
            self.writing.state.connect(card.show_state)
        return self._card

    @property
    def _card_shown(self) -> bool:
        return self._card is not None and self._card.isVisibleTo(self._page)

    @property
    def uid(self) -> str:
        """The annotation that is written to; "" for none."""
        return self._uid

    @property
    def typing(self) -> bool:
        """Whether keys are text now."""
        focus = QApplication.focusWidget()
        if focus is None:
            return False
        return focus is self.box or (self._card is not None and self._card.isAncestorOf(focus))

    # -- opening and closing

    def open(self, uid: str) -> None:
        """Open what an annotation says: beside it, or of free text in its place."""
        one = self._store.all.get(uid)
        if one is None or self._page.pdf is None:
            return
        self.close()
        self._uid = uid
        text = self.writing.begin(uid, self._grown if one.kind is Kind.TEXT else None)
        if one.kind is Kind.TEXT:
            self._write_on_page(text)
        else:
            self._show_card(one, text)
            self.card.show()
            self.card.edit.moveCursor(QTextCursor.MoveOperation.End)
            self.card.edit.setFocus()
            self._look_around()
            canvas = self._page.canvas
            canvas.scroll_by(0, self.card.lacks(*self._seen(one)) * canvas.ratio)
        self.place()
        self.changed.emit()

    def _show_card(self, one: Annotation, text: str) -> None:
        pdf = self._page.pdf
        where = pages_told(one, pages_of(one, pdf.label)) if pdf is not None else ""
        self.card.show_one(one, text, where, self._store.meanings.get(one.color, ""))

    def _write_on_page(self, text: str) -> None:
        self.box = box = TextBox(text, self._page.canvas.viewport())
        box.typed.connect(self._typed_on_page)
        box.finished.connect(self._close_to_page)
        self.place()
        box.setFocus()
        self._page.canvas.viewport().update()

    def _typed_on_page(self, text: str) -> None:
        self.writing.typed(text)
        self.place()

    def close(self) -> None:
        """Close what is open; all that was typed is on its way to the library."""
        if not self._uid:
            return
        if self._card_shown:
            self.card.finish()
        text = self.box.toPlainText() if self.box is not None else ""
        self.writing.end()
        uid, self._uid = self._uid, ""
        if self.box is not None:
            self._end_box(uid, text)
        if self._card is not None:
            self._card.hide()
        self.changed.emit()

    def _end_box(self, uid: str, text: str) -> None:
        box, self.box = self.box, None
        assert box is not None
        box.hide()
        box.deleteLater()
        if not text.strip():
            self._store.remove([uid])
        self._page.canvas.viewport().update()

    def _grown(self, one: Annotation) -> Annotation:
        """A free text whose box is as high as its words need it."""
        pdf, shape = self._page.pdf, self._picked.shape(one, one.page)
        geometry = pdf.geometry(one.page) if pdf is not None else None
        if shape is None or geometry is None:
            return one
        rect = grown(shape.box, one.comment, one.size or shapes.SIZES[Kind.TEXT])
        part = shapes.kept(one.page, shapes.Shape(Kind.TEXT, (rect,)), geometry)
        return replace(one, parts=(replace(part, at=one.parts[0].at),))

    def _close_to_page(self) -> None:
        self.close()
        self._page.canvas.setFocus()

    def flush(self) -> None:
        """Hand all that was typed to the library now."""
        if self._uid and self._card_shown:
            self.card.finish()
        self.writing.flush()

    # -- what the library says

    def _refresh(self) -> None:
        if not self._uid:
            return
        one = self._store.all.get(self._uid)
        if one is None:
            self.close()
            return
        text = self.writing.taken()
        if self._card_shown:
            self._show_card(one, self.card.edit.toPlainText() if text is None else text)

    def _look_around(self) -> None:
        """Read the tags to complete, and the paper's note."""
        home = self._page.home
        self._note = ""
        self.card.offer_link(possible=False)
        if home is None or not home.paper:
            return

        def known(paper: Paper) -> None:
            self._note = paper.notes[0].uid if paper.notes else ""
            self.card.offer_link(possible=bool(self._note))

        def overview(found: Any) -> None:
            self.card.offer_tags(tag.name for tag in found.tags)

        home.desk.read(home.desk.reader.paper, home.paper, then=known, owner=self, newest="paper")
        home.desk.read(home.desk.reader.overview, then=overview, owner=self, newest="tags")

    def _tag(self, names: tuple[str, ...]) -> None:
        one = self._store.all.get(self._uid)
        if one is not None:
            self._store.change([replace(one, tags=names)], "Tag annotation")

    def _link(self, on: bool) -> None:
        one = self._store.all.get(self._uid)
        if one is not None:
            self._store.change(
                [replace(one, note=self._note if on else "")], "Link annotation to the note"
            )

    # -- where they stand

    def _seen(self, one: Annotation) -> tuple[QRectF, QRectF]:
        """What is in view of an annotation, and the pages it is on, in the view."""
        canvas, visible = self._page.canvas, self._page.canvas.camera.visible()
        rects: list[QRectF] = []
        pages = QRectF()
        for part in one.parts:
            shape = self._picked.shape(one, part.page) if part.page in visible else None
            if shape is not None:
                boxes = shape.rects or (shape.box,)
                rects += [in_view(canvas, part.page, box) for box in boxes]
                size = canvas.camera.layout.size(part.page)
                pages |= in_view(canvas, part.page, (0.0, 0.0, *size))
        return seen_of(canvas, rects), pages

    def place(self) -> None:
        """Follow the page."""
        one = self._store.all.get(self._uid)
        canvas = self._page.canvas
        if one is None:
            return
        shape = self._picked.shape(one, one.page)
        if shape is None:
            return
        if self.box is not None:
            size = one.size or shapes.SIZES[Kind.TEXT]
            scale = canvas.camera.scale / canvas.ratio
            self.box.dress(one.color, size, scale, self._page.theme.pages.now)
            rect = grown(shape.box, self.box.toPlainText() + "x", size)
            area = in_view(canvas, one.page, rect)
            if canvas.camera.rotation in (90, 270):  # one writes upright on a turned page too
                area.setSize(area.size().transposed())
            self.box.place(area)
        elif self._card_shown:
            self.card.stand_by(*self._seen(one))
