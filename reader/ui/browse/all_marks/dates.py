"""Asks for the days from and to which annotations were made."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from reader.ui.widgets.buttons import push

_FORM = "yyyy-MM-dd"


class DatesDialog(QDialog):
    """Either end may be left open; days the wrong way round are put right."""

    chosen = Signal(str, str)  # ISO dates, "" for an open end

    def __init__(self, since: str, until: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Annotations of a time"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        today = QDate.currentDate()
        self.since, self.from_day = self._row(0, self.tr("From"), since, today.addMonths(-1))
        self.until, self.to_day = self._row(1, self.tr("To"), until, today)
        if not (since or until):
            self.since.setChecked(True)
            self.until.setChecked(True)
        cancel = push(self.tr("Cancel"), "", self)
        cancel.clicked.connect(self.close)
        show = push(self.tr("Show"), "", self, "primary")
        show.setDefault(True)
        show.clicked.connect(self._take)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(show)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 16)
        column.setSpacing(16)
        column.addLayout(self._grid)
        column.addLayout(foot)
        self.from_day.setFocus()

    def _row(self, row: int, text: str, day: str, otherwise: QDate) -> tuple[QCheckBox, QDateEdit]:
        box = QCheckBox(text, self)
        known = QDate.fromString(day, _FORM)
        edit = QDateEdit(known if known.isValid() else otherwise, self)
        edit.setDisplayFormat(_FORM)
        edit.setCalendarPopup(True)
        edit.setAccessibleName(text)
        edit.setMinimumWidth(150)
        edit.setEnabled(bool(day))
        box.setChecked(bool(day))
        box.toggled.connect(edit.setEnabled)
        self._grid.addWidget(box, row, 0)
        self._grid.addWidget(edit, row, 1)
        return box, edit

    def _take(self) -> None:
        since = self.from_day.date().toString(_FORM) if self.since.isChecked() else ""
        until = self.to_day.date().toString(_FORM) if self.until.isChecked() else ""
        if since and until and since > until:
            since, until = until, since
        self.chosen.emit(since, until)
        self.close()
