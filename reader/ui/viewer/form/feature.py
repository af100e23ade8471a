"""Filling in a form: the tool, the layer, the editors, and what becomes of the entries.

Entries are kept in the library from the moment they are made, by attachment or
by the file's path, so that a closed tab or a crash costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QMenu

from reader.domain.counting import counted
from reader.pdf.protocol import FormField
from reader.services import reading_along
from reader.services.lanes import Priority
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.form import painting
from reader.ui.viewer.form.editors import ARROWS, KEYPAD, TABS, Editor
from reader.ui.viewer.form.state import BUTTONS, FormState, fillable
from reader.ui.viewer.home import Home

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_PRIORITY = 45  # after what is seen and read of a page
_RESTED = 120  # ms without a move before fields are asked for


class Form(Feature):
    """The form of the document that is shown."""

    name: ClassVar[str] = "form"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.form_next", QT_TRANSLATE_NOOP("Commands", "Fill in the next field of the form"),
            "viewer", "form.fill_next", ("Shift+F",), "edit", "Document", 8, enabled="form",
        ),
        Command(
            "viewer.form_undo", QT_TRANSLATE_NOOP("Commands", "Take the last form entry back"),
            "viewer", "form.undo", (), "undo", "Document", 8, enabled="form_entered",
        ),
        Command(
            "viewer.form_empty", QT_TRANSLATE_NOOP("Commands", "Take all form entries back"),
            "viewer", "form.empty", (), "", "Document", 8, enabled="form_filled",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.state = FormState()
        self.editor: Editor | None = None
        self._focus: tuple[int, FormField] | None = None
        self._left: tuple[int, FormField] | None = None  # where filling in stopped
        self._asked: set[int] = set()
        self._known: set[int] = set()  # the pages whose fields are known, also that there are none
        self._sought: tuple[int, FormField | None, int] | None = None  # where a step waits, and by
        self._tasks = Tasks(self)
        self._rest = QTimer(self, singleShot=True, interval=_RESTED)
        self._rest.timeout.connect(self._ask)
        page.canvas.layers.append(self)
        page.pointer.tools.append(self)
        page.canvas.moved.connect(self._moved)
        page.canvas.installEventFilter(self)

    # -- the document

    def homed(self, home: Home) -> None:
        def known(entries: dict[str, str]) -> None:
            self.state.take(entries)
            self._show()

        home.desk.read(home.desk.reader.form_entries, self._kept_as(home), then=known, owner=self)

    def opened(self, pdf: PdfView) -> None:
        self._asked.clear()
        self._known.clear()
        if pdf.doc.info.kind == "pdf":
            self._rest.start()

    def left(self) -> None:
        self._end(keep=True)
        self._rest.stop()
        self._focus = self._left = self._sought = None
        self.state.pages.clear()

    def closed(self) -> None:
        self._end(keep=True)
        home, unsaved = self.page.home, self.state.unsaved
        if home is not None and unsaved:
            home.desk.notices.info(
                self.tr(
                    "What you filled into the form is kept and will be there when you open it "
                    "again; it is in no copy yet."
                )
            )

    def _kept_as(self, home: Home) -> str:
        return home.attachment or str(self.page.path.absolute())

    def _moved(self) -> None:
        pdf = self.page.pdf
        if pdf is not None and pdf.doc.info.kind == "pdf":
            self._rest.start()
        self._place()

    def _ask(self) -> None:
        """Ask for the fields of the pages in view."""
        for number in self.page.canvas.camera.visible():
            self._ask_for(number)

    def _ask_for(self, number: int) -> None:
        pdf = self.page.pdf
        if pdf is not None and number not in self._asked:
            self._asked.add(number)
            future = pdf.engine.fields(pdf.doc, number, priority=_PRIORITY)
            self._tasks.follow(future, partial(self._learned, pdf, number), self)

    def _learned(self, pdf: PdfView, number: int, answer: Ok[Any] | Err) -> None:
        if pdf is not self.page.pdf:
            return
        self._known.add(number)
        if isinstance(answer, Ok) and answer.value:  # one that cannot be read has none to fill in
            self._show_fields(number, answer.value)
        if self._sought is not None:
            self._step(*self._sought)

    def _show_fields(self, number: int, fields: tuple[FormField, ...]) -> None:
        had = any(self.state.pages.values())
        self.state.pages[number] = fields
        self._show()
        if not (had or self.state.unsaved) and any(map(fillable, fields)):
            self.page.statusChanged.emit(
                self.tr("This document has a form; click a field or press Shift+F to fill it in")
            )

    # -- entries

    def _enter(self, field: FormField, value: str) -> None:
        step = self.state.enter(field, value)
        if step is not None and not field.password:  # a password is never written anywhere
            self._keep({step.field: step.after})
        self._show()

    def undo(self) -> None:
        """Take the last entry back."""
        self._end(keep=True)
        step = self.state.undo()
        if step is not None:
            self._keep({step.field: step.before})
        self._show()

    def empty(self) -> None:
        """Take every entry back; one by one they can be had again by undoing this."""
        self._end(keep=False)
        self._keep(dict.fromkeys(self.state.empty()))
        self._show()

    def saved(self, values: dict[str, str]) -> None:
        """A copy with these values is on the disk."""
        self.state.copied(values)
        self._show()

    def _keep(self, entries: dict[str, str | None]) -> None:
        home = self.page.home
        if home is not None and entries:
            home.desk.write(
                reading_along.save_entries, self._kept_as(home), entries, priority=Priority.NOTE
            )

    def _show(self) -> None:
        self.page.canvas.viewport().update()
        self.page.conditionsChanged.emit(self.page.conditions())

    def conditions(self) -> dict[str, bool]:
        fields = self.page.pdf is not None and any(self._fillable())
        return {
            "form": fields,
            "form_entered": fields and bool(self.state.steps),
            "form_filled": fields and bool(self.state.entries),
        }

    def _fillable(self) -> Iterable[FormField]:
        return (
            field for fields in self.state.pages.values() for field in fields if fillable(field)
        )

    def status(self) -> str:
        unsaved = self.state.unsaved
        if not unsaved or not any(self._fillable()):
            return ""
        one = self.tr("1 form entry, not in a copy yet")
        return counted(unsaved, one, self.tr("{} form entries, not in a copy yet"))

    # -- going from field to field

    def fill_next(self) -> None:
        """Go to the next field, also after the one left last; else to the first one in view."""
        last, self._left = self._focus or self._left, None
        camera = self.page.canvas.camera
        if last is not None and (last is self._focus or last[0] in camera.visible()):
            self._step(*last, 1)
        else:
            self._step(camera.current(), None, 1)

    def _step(self, page: int, field: FormField | None, by: int) -> None:
        """Go to the field before or after one; a page between that nobody saw is asked first."""
        pdf = self.page.pdf
        if pdf is None:
            return
        found = self.state.neighbour(page, field, by)
        start = page if field is None else page + by
        end = pdf.pages if by > 0 else -1
        if found is not None and (found[0] - page) * by >= 0:
            end = found[0]
        unknown = next((one for one in range(start, end, by) if one not in self._known), None)
        if unknown is None:
            self._go(found)
            if found is None:
                self.page.statusChanged.emit(self.tr("The form has no field beyond that one"))
            return
        self._end(keep=True)
        self.page.canvas.setFocus()
        self._sought = (page, field, by)
        self._ask_for(unknown)

    def _go(self, place: tuple[int, FormField] | None) -> None:
        """Fill in a field: an editor on it, or the focus for a button."""
        self._end(keep=True)
        self._sought = None
        self._focus = place
        canvas = self.page.canvas
        if place is None:
            canvas.setFocus()
            canvas.viewport().update()
            return
        page, field = place
        x0, y0, _, y1 = field.rect
        canvas.reveal(Spot(page, x0, y0), y1 - y0)
        if field.kind in BUTTONS:
            canvas.setFocus()
            self._tell(field)
        else:
            editor = self.editor = Editor(
                field, self.state.value(field), self.page.theme.pages.now, canvas.viewport()
            )
            editor.ended.connect(self._ended)
            editor.rested.connect(lambda: self._enter(field, editor.value()))
            self._place()
            editor.widget.setFocus()
        canvas.viewport().update()

    def _ended(self, keep: bool, step: int) -> None:
        place = self._focus
        had_focus = self.editor is not None and self.editor.focused
        self._end(keep=keep)
        if step and place is not None:
            self._step(*place, step)
            return
        self._focus, self._left = None, place
        if had_focus:
            self.page.canvas.setFocus()

    def entered(self) -> dict[str, str]:
        """What was filled in and is not in the file, by field; also what is being typed."""
        if self.editor is not None:
            self._enter(self.editor.field, self.editor.value())
        return self.state.values()

    def _end(self, *, keep: bool) -> None:
        """Take the editor away, and what stands in it over."""
        editor, self.editor = self.editor, None
        if editor is not None:
            value = editor.value()
            editor.close()
            if keep:
                self._enter(editor.field, value)

    def _place(self) -> None:
        if self.editor is None or self._focus is None:
            return
        canvas, (page, field) = self.page.canvas, self._focus
        x0, y0, x1, y1 = field.rect
        first = QPointF(*canvas.camera.view_point(Spot(page, x0, y0))) / canvas.ratio
        second = QPointF(*canvas.camera.view_point(Spot(page, x1, y1))) / canvas.ratio
        size = painting.text_size(field) * canvas.camera.scale / canvas.ratio
        self.editor.place(QRectF(first, second).normalized().toAlignedRect(), size)

    # -- pointer and keys

    def press(self, event: QMouseEvent, spot: Spot) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers():
            return False
        field = self.state.field_at(spot.page, spot.x, spot.y)
        if field is None:
            self._go_away()
            return False
        self._go((spot.page, field))
        if field.kind in BUTTONS:
            self._enter(field, self.state.toggled(field))
        return True

    def _go_away(self) -> None:
        self._sought = None
        if self._focus is not None:
            self._left = self._focus
            self._go(None)

    def drag(self, event: QMouseEvent, spot: Spot) -> None:
        del event, spot

    def release(self, event: QMouseEvent, spot: Spot) -> None:
        del event, spot
        # Unfolded by the press, a choice would take this release as its end.
        if self.editor is not None:
            self.editor.unfold()

    def hover(self, event: QMouseEvent | None, spot: Spot) -> Qt.CursorShape | None:
        field = self.state.field_at(spot.page, spot.x, spot.y) if event is not None else None
        if field is None:
            return None
        shapes = Qt.CursorShape
        return shapes.IBeamCursor if field.kind == "text" else shapes.PointingHandCursor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt would take Tab for itself, before the page hears of it."""
        del watched
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        mine = event.key() in TABS and self.grabs(event)
        if mine:
            self.key(event)
        return mine

    def grabs(self, event: QKeyEvent) -> bool:
        """On a form's button Space ticks, Tab goes on, arrows choose; Ctrl+Z takes an entry back."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return bool(self.state.steps)
        if self._focus is None or self.editor is not None:
            return False
        among = self._focus[1].kind == "radio" and not event.modifiers() & ~KEYPAD
        return event.key() in (Qt.Key.Key_Space, *TABS, *(ARROWS if among else ()))

    def key(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif self._focus is not None and event.key() == Qt.Key.Key_Space:
            self._enter(self._focus[1], self.state.toggled(self._focus[1]))
            self._tell(self._focus[1])
        elif self._focus is not None and event.key() in ARROWS:
            page, field = self.state.in_group(*self._focus, ARROWS[Qt.Key(event.key())])
            self._enter(field, field.state)
            self._go((page, field))
        elif self._focus is not None:
            self._step(*self._focus, TABS[Qt.Key(event.key())])

    def _tell(self, field: FormField) -> None:
        """Say a button of the form to screen readers: it is painted, and no widget."""
        on = self.tr("{}, ticked") if self.state.is_on(field) else self.tr("{}, not ticked")
        words = on.format(field.label or field.name)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.page.canvas, words))

    def escape(self) -> bool:
        was = self._focus is not None or self._sought is not None
        self._go_away()
        return was

    # -- looks

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        if view.page in self.state.pages:
            focus = self._focus[1] if self._focus and self._focus[0] == view.page else None
            painting.paint(painter, view, self.state, focus)

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        del painter, ratio

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        field = self.state.field_at(spot.page, spot.x, spot.y)
        if field is not None:
            text = self.tr("Fill in this field")
            menu.addAction(text).triggered.connect(lambda: self._go((spot.page, field)))
        if self.state.steps:
            menu.addAction(self.tr("Take the last form entry back")).triggered.connect(self.undo)
