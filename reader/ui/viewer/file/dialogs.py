"""The dialogs of the file: its properties, and the files within it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.pdf.protocol import EmbeddedFile
from reader.ui.icons import icon
from reader.ui.viewer.file import facts
from reader.ui.viewer.file.facts import Fact
from reader.ui.widgets.buttons import push
from reader.ui.widgets.tips import tip

_NAME_WIDTH = 92
_ROW = 30  # pixels of a file's line


class PropertiesDialog(QDialog):
    """Lines in groups, each to be selected and copied; the fonts last."""

    def __init__(
        self, groups: Sequence[Sequence[Fact]], fonts: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Document properties"))
        self.resize(560, 560)
        self.text = facts.as_text(groups, fonts)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(18)
        for group in groups:
            if group:
                column.addLayout(self._form(group, inner))
        if fonts:
            column.addLayout(self._form([Fact(facts.tr("Fonts"), "\n".join(fonts))], inner))
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setObjectName("documentFacts")
        scroll.setAccessibleName(self.tr("Properties"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 0, 24, 18)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll, 1)
        box.addWidget(buttons)

    def _form(self, group: Sequence[Fact], parent: QWidget) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(7)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for fact in group:
            name, value = QLabel(fact.name, parent), QLabel(parent)
            name.setProperty("class", "muted")
            name.setFixedWidth(_NAME_WIDTH)
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setTextFormat(Qt.TextFormat.PlainText)  # a file's words are never markup
            value.setText(breakable(fact.value))
            value.setWordWrap(True)
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            value.setAccessibleName(fact.name)
            form.addRow(name, value)
        return form


class AttachmentsDialog(QDialog):
    """The files within a document, to be saved; none is ever opened."""

    save_wanted = Signal(object)  # list of EmbeddedFile

    def __init__(self, found: Sequence[EmbeddedFile], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Files within the document"))
        self.resize(560, 380)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 18)
        box.setSpacing(12)
        note = QLabel(
            self.tr(
                "They can be saved, and are never opened from here: a file within a paper "
                "may be anything."
            )
            if found
            else self.tr("There are no files within this document."),
            self,
        )
        note.setWordWrap(True)
        note.setMinimumHeight(note.sizeHint().height())
        note.setProperty("class", "muted")
        box.addWidget(note)
        self.list = QListWidget(self)
        self.list.setObjectName("filesWithin")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Files within the document"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in found:
            row = QListWidgetItem(icon("attach"), self._line(one), self.list)
            # Without a width of its own a row is as wide as the list, and a long name is cut.
            row.setSizeHint(QSize(0, _ROW))
            row.setData(Qt.ItemDataRole.UserRole, one)
            told = filter(None, (one.name, " ".join(one.description.split())[:400]))
            row.setToolTip(tip("\n".join(told)))
        box.addWidget(self.list, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.save = push(self.tr("Save…"), "", self, "primary")
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.chosen()))
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.list.itemSelectionChanged.connect(lambda: self.save.setEnabled(bool(self.chosen())))
        self.list.setCurrentRow(0)
        self.save.setEnabled(bool(self.chosen()))

    def chosen(self) -> list[EmbeddedFile]:
        """The files that are selected."""
        return [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]

    def _line(self, one: EmbeddedFile) -> str:
        parts = [" ".join(one.name.split())]
        if one.size is not None:
            parts.append(QLocale().formattedDataSize(one.size))
        if one.page is not None:
            parts.append(self.tr("page {}").format(one.page + 1))
        return "   ·   ".join(parts)


def breakable(text: str) -> str:
    """Long words, such as a path or a hash, with places where a line may break."""
    return (
        "".join(
            char + ("\u200b" if char in "/\\" or number % 24 == 23 else "")
            for number, char in enumerate(text)
        )
        if " " not in text
        else text
    )
