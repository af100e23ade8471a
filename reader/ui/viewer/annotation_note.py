"""Asks how a document's annotations become a note: by which template, grouped how, into which note."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reader.domain.counting import counted
from reader.domain.lists import NoteRow, Template
from reader.domain.marking import Annotation
from reader.domain.marking_groups import GROUPINGS, MakeAround
from reader.domain.value import dataclass
from reader.services import annotation_notes, noting
from reader.services.access import Writer
from reader.services.annotation_notes import Sent
from reader.ui.notes.template_dialog import TemplateDialog
from reader.ui.viewer.home import Home
from reader.ui.widgets.buttons import push


@dataclass(frozen=True, slots=True)
class _Choices:
    templates: list[Template]
    notes: list[NoteRow]
    meanings: dict[str, str]
    found: tuple[Annotation, ...]


class AnnotationNote(QDialog):
    """The same answers again bring the note up to date; what was written between stays."""

    def __init__(self, home: Home, around: MakeAround, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Annotations to the note"))
        self.setMinimumWidth(460)
        self._home, self._desk, self._around = home, home.desk, around
        self._page = parent
        self._known: _Choices | None = None
        self.template = self._box(self.tr("Template"))
        self.grouping = self._box(self.tr("Grouped by"))
        names = {
            "page": self.tr("Page"),
            "section": self.tr("Section"),
            "meaning": self.tr("Meaning of the colour"),
        }
        for grouping in GROUPINGS:
            self.grouping.addItem(names[grouping], grouping)
        self.note = self._box(self.tr("Note"))
        self.said = QLabel(self)
        self.said.setProperty("class", "muted")
        self.said.setWordWrap(True)
        self.go = push(self.tr("Write"), "note", self, "primary")
        self.go.setEnabled(False)
        self.go.setDefault(True)
        self._lay_out()
        self.go.clicked.connect(self.write)
        self.note.currentIndexChanged.connect(lambda _: self._say())
        self._read()

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.tr("Template"), self.template)
        form.addRow(self.tr("Grouped by"), self.grouping)
        form.addRow(self.tr("Into"), self.note)
        templates = push(self.tr("Templates…"), "", self)
        templates.clicked.connect(self._edit_templates)
        cancel = push(self.tr("Cancel"), "", self)
        cancel.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(templates)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 18, 18, 16)
        box.setSpacing(14)
        box.addLayout(form)
        box.addWidget(self.said)
        box.addLayout(foot)

    def _edit_templates(self) -> None:
        dialog = TemplateDialog(self._desk, self._page.window(), "annotations")
        dialog.finished.connect(lambda _: self._read())
        dialog.destroyed.connect(self._read)
        dialog.open()

    def _read(self) -> None:
        reader, home = self._desk.reader, self._home
        self._desk.notebook.flush()

        def read() -> _Choices:
            return _Choices(
                noting.templates(reader, "annotations"),
                reader.notes_of(home.paper),
                reader.meanings(),
                reader.annotations(home.attachment),
            )

        self._desk.read(read, then=self._fill, owner=self, newest="choices")

    def _fill(self, known: _Choices) -> None:
        self._known = known
        before = self.template.currentText()
        self.template.clear()
        for template in known.templates:
            self.template.addItem(template.name, template.text)
        self.template.setCurrentIndex(max(0, self.template.findText(before)))
        self.note.clear()
        for note in known.notes:
            self.note.addItem(note.title[:60] or self.tr("Empty note"), note.uid)
        self.note.addItem(self.tr("A new note"), "")
        sent = {one.note for one in known.found if one.note}
        chosen = self._desk.kit.chosen.get(self._home.paper, "")
        wanted = [note.uid for note in known.notes if note.uid in sent] or [chosen]
        self.note.setCurrentIndex(max(0, self.note.findData(wanted[0])))
        self._say()

    def _say(self) -> None:
        known = self._known
        if known is None or not self.note.count():
            return
        count, uid = len(known.found), self.note.currentData()
        there = sum(bool(uid) and one.note == uid for one in known.found)
        self.go.setEnabled(count > 0 or there > 0)
        if not count:
            self.said.setText(self.tr("This document has no annotations yet."))
        elif there:
            marks = counted(count, self.tr("1 annotation"), self.tr("{} annotations"))
            before = self.tr("Written into this note before: {} of {}.").format(there, marks)
            after = self.tr("That is brought up to date; what you wrote or changed there stays.")
            self.said.setText(f"{before} {after}")
        else:
            one = self.tr("1 annotation is written into the note.")
            many = self.tr("{} annotations are written into the note.")
            self.said.setText(counted(count, one, many))
        self.go.setText(self.tr("Bring up to date") if there else self.tr("Write"))

    def write(self) -> None:
        """Write them, as one step."""
        known, home = self._known, self._home
        if known is None:
            return
        template, grouping = self.template.currentData(), self.grouping.currentData()
        around, note = self._around(known.meanings, known.found), self.note.currentData()

        def run(writer: Writer) -> Sent:
            return annotation_notes.send(
                writer, note, home.attachment, template, grouping, around, home.paper
            )

        desk, told = self._desk, self.tr("{}, {} brought up to date, {} kept.")
        one, many = self.tr("1 annotation added"), self.tr("{} annotations added")

        def done(sent: Sent) -> None:
            desk.kit.choose(home.paper, sent.note)
            added = counted(sent.added, one, many)
            desk.notices.ok(told.format(added, sent.renewed, sent.kept))
            self.close()

        self.go.setEnabled(False)
        desk.write(run, then=done, failed=self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self._desk.notices.error(error)
