"""Which of a paper's notes is shown: a drop-down in the editor's head, and what is done with notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from reader.domain.lists import Template
from reader.domain.note_links import Place, address, title_of
from reader.domain.paper import Paper
from reader.services import noting
from reader.ui.notes.template_dialog import TemplateDialog
from reader.ui.notes.timeline import Timeline
from reader.ui.notes.whole import WholeNotes
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.tips import tip

if TYPE_CHECKING:
    from reader.ui.notes.editor import NoteEditor

_WIDEST = 260  # pixels of a title in the head
_LEAST = 64  # pixels of a title that says anything
_STATE = 56  # pixels of "saved" beside it
_GAP = 2  # pixels between two buttons of the head
_SIGN = 24  # pixels of the button around a title
_MENU_TITLE = 60  # characters of a title in the menu


class Switcher(QObject):
    """The notes of an editor's paper, its target for the commands on whole notes."""

    def __init__(self, editor: NoteEditor, whole: WholeNotes) -> None:
        super().__init__(editor)
        self._editor = editor
        self._whole = whole
        whole.attend(editor)
        whole.made.connect(self._made)
        self.button = QToolButton(editor)
        self.button.setObjectName("noteSwitcher")
        self.button.setProperty("kind", "flat")
        self.button.setMinimumWidth(40)
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.open)
        self.plus = tool("add", self.tr("New note"), editor)
        self.plus.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.plus.clicked.connect(self.new)
        place = editor.top.indexOf(editor.heading)
        editor.heading.hide()
        editor.top.addStrut(editor.heading.minimumHeight())  # as high as the abstract's head
        editor.top.insertWidget(place + 1, self.button)
        editor.top.insertWidget(place + 2, self.plus)
        editor.noted.connect(self.refresh)
        editor.installEventFilter(self)
        editor.edit.document().contentsChange.connect(self._written)
        self.refresh()

    # -- what is seen ----------------------------------------------------

    def _written(self, place: int, _removed: int, _added: int) -> None:
        if self._editor.edit.document().findBlock(place).blockNumber() < 3:
            self.refresh()

    def refresh(self) -> None:
        """Say which note is shown."""
        editor = self._editor
        several = len(editor.notes) > 1 or not editor.paper
        name = title_of(editor.edit.toPlainText()) if several else ""
        name = name or self.tr("Note")
        metrics = self.button.fontMetrics()
        number = self.number()
        count = f"  {number + 1}/{len(editor.notes)}" if len(editor.notes) > 1 else ""
        room = min(_WIDEST, self._room()) - _SIGN - metrics.horizontalAdvance(count)
        told = metrics.elidedText(name.replace("&", "&&"), Qt.TextElideMode.ElideRight, room)
        self.button.setText(f"{told}{count}  ▾")
        self.button.setToolTip(tip(name))
        self.button.setAccessibleName(self.tr("Notes: {}").format(name + count))
        for widget in (self.button, self.plus):
            widget.setEnabled(bool(editor.note))

    def _room(self) -> int:
        """The pixels for the title; where there are few, "+" and the middle view give way.

        Both are in a menu as well.
        """
        editor = self._editor
        margins = editor.box.contentsMargins()
        views = editor.views.buttons()
        rest = editor.width() - margins.left() - margins.right()
        rest -= sum(button.sizeHint().width() + _GAP for button in (*views, self.plus))
        for button in (self.plus, views[1]):
            short = rest < _LEAST and not button.isChecked()
            button.setVisible(not short)
            rest += (button.sizeHint().width() + _GAP) * short
        room = rest - _STATE
        editor.state.setVisible(room >= _LEAST or editor.failing)
        return max(room, min(rest, _LEAST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.Resize:
            self.refresh()
        return False

    def number(self) -> int:
        """The place of the shown note among the paper's, 0 for one to be made."""
        uids = [note.uid for note in self._editor.notes]
        return uids.index(self._editor.note) if self._editor.note in uids else 0

    def open(self) -> None:
        """The menu of notes, and of what can be done with them."""
        self._whole.desk.read(
            noting.templates, self._whole.desk.reader, "note", then=self._pop_up, owner=self
        )

    def _pop_up(self, templates: list[Template]) -> None:
        menu = QMenu(self.button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor = self._editor
        for note in editor.notes:
            text = editor.edit.toPlainText() if note.uid == editor.note else note.text
            name = title_of(text)[:_MENU_TITLE] or self.tr("Empty note")
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(note.uid == editor.note)
            action.triggered.connect(lambda _, uid=note.uid: self.show(uid))
        menu.addSeparator()
        menu.addAction(self.tr("New note")).triggered.connect(self.new)
        fresh = menu.addMenu(self.tr("New note from a template"))
        into = menu.addMenu(self.tr("Insert a template"))
        for template in templates:
            name = template.name.replace("&", "&&")
            fresh.addAction(name).triggered.connect(lambda _, it=template: self._begin(it))
            into.addAction(name).triggered.connect(lambda _, it=template: self._insert(it))
        menu.addAction(self.tr("Templates…")).triggered.connect(self.edit_templates)
        menu.addSeparator()
        kept = {note.uid for note in editor.notes}
        there = editor.note in kept or not editor.paper
        several = len(editor.notes) > 1
        for text, method, possible in (
            (self.tr("Move up"), self.move_up, several and self.number() > 0),
            (self.tr("Move down"), self.move_down, several and self.number() < len(kept) - 1),
            (self.tr("History…"), self.history, True),
            (self.tr("Copy a link to the note"), self.copy_link, there),
            (self.tr("Delete the note"), self.delete, there),
        ):
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(method)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    # -- going from note to note -----------------------------------------

    def show(self, uid: str) -> None:
        """Show another note of the paper."""
        editor = self._editor
        note = next((it for it in editor.notes if it.uid == uid), None)
        if note is not None and editor.paper:
            self._whole.desk.kit.choose(editor.paper, uid)
            editor.show_note(editor.paper, uid, self._text_of(uid, note.text))
            # What is known of the others may be older than what was typed in them.
            self._whole.renew(editor)

    def _text_of(self, uid: str, known: str) -> str:
        notebook = self._whole.desk.notebook
        return notebook.text(uid) if notebook.knows(uid) else known

    def next(self) -> None:
        self._step(1)

    def previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        notes = self._editor.notes
        if len(notes) > 1:
            self.show(notes[(self.number() + by) % len(notes)].uid)

    def _made(self, paper: str, note: str) -> None:
        editor = self._editor
        if paper and paper == editor.paper and editor.isVisible():
            del note  # chosen already: it is shown as soon as it is read
            self._whole.renew(editor, editor.edit.setFocus)

    # -- what is done with notes -----------------------------------------

    def new(self) -> None:
        """Another note of the paper, or another free one."""
        if self._editor.note:
            self._whole.add(self._editor.paper)

    def delete(self) -> None:
        editor = self._editor
        kept = {note.uid for note in editor.notes}
        if editor.note and (editor.note in kept or not editor.paper):
            self._whole.remove(editor.note)

    def move_up(self) -> None:
        self._move(-1)

    def move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        editor = self._editor
        uids = [note.uid for note in editor.notes]
        place = self.number()
        if 0 <= place + by < len(uids) and editor.paper:
            uids.insert(place + by, uids.pop(place))
            self._whole.desk.kit.choose(editor.paper, editor.note)
            self._whole.order(editor.paper, uids)

    def history(self) -> None:
        """All states of the note."""
        if self._editor.note:
            Timeline(self._whole, self._editor).open()

    def copy_link(self) -> None:
        """Copy the address that opens the note."""
        if self._editor.note:
            QGuiApplication.clipboard().setText(address(Place("note", self._editor.note)))
            self._whole.desk.notices.ok(self.tr("Copied a link to the note."))

    # -- templates -------------------------------------------------------

    def edit_templates(self) -> None:
        TemplateDialog(self._whole.desk, self._editor.window()).open()

    def choose_template(self) -> None:
        """A menu of templates; the chosen one is written where the cursor is."""
        self._choose(self._insert)

    def new_from_template(self) -> None:
        """A menu of templates; the chosen one begins a note."""
        self._choose(self._begin)

    def _choose(self, then: Callable[[Template], None]) -> None:
        def pop_up(found: list[Template]) -> None:
            menu = QMenu(self._editor)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for template in found:
                action = menu.addAction(template.name.replace("&", "&&"))
                action.triggered.connect(lambda _, it=template: then(it))
            edit = self._editor.edit
            menu.popup(edit.viewport().mapToGlobal(edit.cursorRect().bottomLeft()))
            menu.setActiveAction(menu.actions()[0])

        desk = self._whole.desk
        if self._editor.note:
            desk.read(noting.templates, desk.reader, "note", then=pop_up, owner=self)

    def _begin(self, template: Template) -> None:
        paper = self._editor.paper
        self._whole.of_paper(paper, lambda it: self._whole.add(paper, _filled(template, it)))

    def _insert(self, template: Template) -> None:
        def put(paper: Paper | None) -> None:
            cursor = self._editor.edit.textCursor()
            cursor.insertText(_filled(template, paper))
            self._editor.edit.setFocus()

        self._whole.of_paper(self._editor.paper, put)


def _filled(template: Template, paper: Paper | None) -> str:
    today = datetime.now().astimezone().date()
    return noting.filled(template.text, noting.of_paper(paper, today))
