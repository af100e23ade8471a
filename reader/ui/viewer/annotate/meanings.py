"""What the colours of the palette mean, in the reader's own words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QLineEdit, QWidget

from reader.domain.marking import PALETTE
from reader.ui.viewer.annotate.rows import color_name
from reader.ui.viewer.annotate.swatches import SIDE, swatch

_LONGEST = 60  # characters of a meaning, as the library keeps it


class MeaningsDialog(QDialog):
    """A field for each colour; an empty one brings the first meaning back."""

    renamed = Signal(str, str)  # colour, meaning

    def __init__(self, meanings: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What the colours mean"))
        self.setMinimumWidth(380)
        self._before = dict(meanings)
        self.fields: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 18, 20, 16)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        for row, color in enumerate(PALETTE):
            mark = QLabel(self)
            mark.setPixmap(swatch(color.name).pixmap(QSize(SIDE, SIDE)))
            field = self.fields[color.name] = QLineEdit(meanings.get(color.name, ""), self)
            field.setMaxLength(_LONGEST)
            field.setPlaceholderText(color.meaning)
            name = QLabel(color_name(color.name), self)
            name.setBuddy(field)
            field.setAccessibleName(self.tr("Meaning of {}").format(color_name(color.name)))
            grid.addWidget(mark, row, 0)
            grid.addWidget(name, row, 1)
            grid.addWidget(field, row, 2)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        grid.setRowMinimumHeight(len(PALETTE), 8)
        grid.addWidget(buttons, len(PALETTE) + 1, 0, 1, 3)

    def accept(self) -> None:
        for color, field in self.fields.items():
            if field.text().strip() != self._before.get(color, ""):
                self.renamed.emit(color, field.text())
        super().accept()
