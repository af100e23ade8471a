"""The reader's templates: those that notes begin with, and those annotations are written by."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.domain.lists import Template
from reader.domain.paper import Author, Edition, Paper
from reader.services import noting
from reader.services.access import Writer
from reader.ui.desk import Desk
from reader.ui.widgets.buttons import HairSplitter, push
from reader.ui.widgets.plain_text import PlainText

_TEMPLATE = Qt.ItemDataRole.UserRole


class TemplateDialog(QDialog):
    """A list, the chosen one to be changed, and what it makes; a change is saved when it is left."""

    def __init__(self, desk: Desk, parent: QWidget, kind: str = "note") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Templates"))
        self.resize(min(960, parent.width() - 60), min(620, parent.height() - 60))
        self._desk = desk
        self._before: Template | None = None
        self._kind = kind  # of what is shown: the box may have been turned already
        self._wanted = ""  # the name of the one to be chosen once all are read
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("What the templates are for"))
        self.kind.addItem(self.tr("Notes"), "note")
        self.kind.addItem(self.tr("Annotations in notes"), "annotations")
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.list = QListWidget(self)
        self.list.setObjectName("quietList")
        self.list.setAccessibleName(self.tr("Templates"))
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("Name"))
        self.edit = self._text(self.tr("Template"))
        self.preview = self._text(self.tr("Preview"))
        self.preview.setReadOnly(True)
        self.places = QLabel(self)
        self.places.setProperty("class", "muted")
        self.places.setWordWrap(True)
        self.delete = push(self.tr("Delete"), "trash", self)
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _: self._switch())
        self.list.currentItemChanged.connect(lambda now, _: self._choose(now))
        self.edit.textChanged.connect(self._show_preview)
        self.delete.clicked.connect(self.remove)
        self._read()

    def _text(self, name: str) -> PlainText:
        text = PlainText(self)
        text.setAccessibleName(name)
        text.document().setDocumentMargin(8)
        text.set_size(13)
        return text

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.kind)
        column.addWidget(self.list, 1)
        new = push(self.tr("New"), "add", self)
        new.clicked.connect(self.new)
        row = QHBoxLayout()
        row.addWidget(new)
        row.addWidget(self.delete)
        row.addStretch(1)
        column.addLayout(row)
        box = QVBoxLayout(right)
        box.setContentsMargins(12, 0, 0, 0)
        box.addWidget(self.name)
        texts = HairSplitter(Qt.Orientation.Horizontal, right)
        for title, text in ((self.tr("Template"), self.edit), (self.tr("Preview"), self.preview)):
            side = QWidget(texts)
            below = QVBoxLayout(side)
            below.setContentsMargins(4, 4, 4, 4)
            heading = QLabel(title, side)
            heading.setObjectName("sectionLabel")
            below.addWidget(heading)
            below.addWidget(text, 1)
            texts.addWidget(side)
        box.addWidget(texts, 1)
        box.addWidget(self.places)
        split = HairSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([220, 700])
        split.setStretchFactor(1, 1)
        close = push(self.tr("Done"), "", self, "primary")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 14)
        whole.setSpacing(12)
        whole.addWidget(split, 1)
        whole.addLayout(foot)

    # -- which one -------------------------------------------------------

    def _read(self) -> None:
        reader, kind = self._desk.reader, self.kind.currentData()
        self._desk.read(noting.templates, reader, kind, then=self._fill, owner=self, newest="all")

    def _fill(self, found: list[Template]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for template in found:
            item = QListWidgetItem(template.name, self.list)
            item.setData(_TEMPLATE, template)
        self.list.blockSignals(False)
        wanted = [row for row, it in enumerate(found) if it.name == self._wanted]
        self.list.setCurrentRow(wanted[0] if wanted else 0)
        self._choose(self.list.currentItem(), keep=False)

    def _switch(self) -> None:
        self._keep()
        self._before = None
        self._wanted = ""
        self._kind = self.kind.currentData()
        self.name.clear()
        self.edit.show_text("")
        self._read()

    def _choose(self, item: QListWidgetItem | None, *, keep: bool = True) -> None:
        if keep and self._keep():
            self._wanted = item.text() if item is not None else ""
            return  # all are read again, and then the wanted one is chosen
        template = item.data(_TEMPLATE) if item is not None else None
        self._before = template
        self.name.setText(template.name if template else "")
        self.edit.show_text(template.text if template else "")
        self.delete.setEnabled(bool(template and template.uid))
        self.delete.setToolTip(
            "" if self.delete.isEnabled() else self.tr("What came with the program stays.")
        )
        names = sorted(self._values())
        told = "  ".join(f"{{{{{name}}}}}" for name in names)
        self.places.setText(self.tr("Filled in: {}").format(told))
        self._show_preview()

    def new(self) -> None:
        """Begin a template."""
        self._keep()
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self._before = None
        self.name.clear()
        self.edit.show_text("")
        self.delete.setEnabled(False)
        self.name.setFocus()

    # -- saving ----------------------------------------------------------

    def _keep(self) -> bool:
        """Save what was changed; True when something was, and all are read again then."""
        name, text, kind = self.name.text().strip(), self.edit.toPlainText(), self._kind
        before = self._before
        same = before is not None and (name, text) == (before.name, before.text)
        if same or not (name or text.strip()):
            return False
        name = name or (before.name if before else self.tr("Without a name"))

        def write(writer: Writer) -> object:
            changes = noting.put_template(writer, kind, name, text)
            if before is not None and before.uid and before.name != name:
                changes |= noting.remove_template(writer, before.uid)
            return changes

        self._before = Template(before.uid if before else "", name, text)
        self._wanted = name
        self._desk.write(write, then=lambda _: self._read(), owner=self)
        return True

    def remove(self) -> None:
        """Delete the chosen template; undo brings it back."""
        template, self._before = self._before, None
        if template is not None and template.uid:
            self.name.clear()
            self.edit.show_text("")
            self._desk.write(
                noting.remove_template, template.uid, then=lambda _: self._read(), owner=self
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        super().closeEvent(event)

    # -- what it makes ---------------------------------------------------

    def _values(self) -> dict[str, str]:
        today = datetime.now().astimezone().date()
        if self.kind.currentData() == "note":
            example = Paper(
                self.tr("The title of the paper"),
                authors=(Author("Family", "Given"), Author("Other", "Name")),
                editions=(Edition(published="2025-01-31", venue=self.tr("Where it appeared")),),
            )
            return noting.of_paper(example, today)
        return {
            "quote": self.tr("the marked words"),
            "comment": self.tr("your comment"),
            "page": "3",
            "link": "paper-reader://annotation/…",
            "color": "yellow",
            "meaning": self.tr("important"),
            "kind": "highlight",
            "tags": self.tr("tag, other tag"),
            "card": self.tr("claim"),
            "date": today.isoformat(),
        }

    def _show_preview(self) -> None:
        self.preview.show_text(noting.filled(self.edit.toPlainText(), self._values()))
