"""What to print, on which printer: a small dialog of the program's own.

The only importers of Qt's printing are this and `job`; loaded after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reader.domain.counting import counted
from reader.ui.viewer.printing.job import Wish
from reader.ui.viewer.printing.plan import chosen
from reader.ui.widgets.buttons import push


class PrintDialog(QDialog):
    """Printer, pages, copies, size, annotations; `wish` and `printer` after it was accepted."""

    def __init__(
        self,
        pages: int,
        current: int,
        page_of: Callable[[str], int | None],
        parent: QWidget,
        printers: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages, self._current, self._page_of = pages, current, page_of
        self.setWindowTitle(self.tr("Print"))
        self.setMinimumWidth(430)
        names = QPrinterInfo.availablePrinterNames() if printers is None else printers
        self.target = QComboBox(self)
        for name in names:
            self.target.addItem(name, name)
        self.target.addItem(self.tr("Into a PDF file"), "")
        default = self.target.findData(QPrinterInfo.defaultPrinterName() if names else "")
        self.target.setCurrentIndex(max(default, 0))
        self.all = QRadioButton(
            counted(pages, self.tr("The whole document"), self.tr("All {} pages")), self
        )
        self.one = QRadioButton(self.tr("This page"), self)
        self.some = QRadioButton(self.tr("These:"), self)
        self.all.setChecked(True)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("1-3, 7, iv"))
        self.words.setAccessibleName(self.tr("Pages"))
        self.copies = QSpinBox(self)
        self.copies.setRange(1, 99)
        self.copies.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.copies.setMaximumWidth(92)
        self.fit = QCheckBox(self.tr("Fit to the paper"), self)
        self.fit.setChecked(True)
        self.turn = QCheckBox(self.tr("Turn the paper for wide pages"), self)
        self.turn.setChecked(True)
        self.annotations = QCheckBox(self.tr("With annotations"), self)
        self.annotations.setChecked(True)
        self.fault = QLabel(self)
        self.fault.setProperty("class", "muted")
        self._arrange()
        self.words.textChanged.connect(self._typed)
        for button in (self.all, self.one, self.some):
            button.toggled.connect(self._look)
        self.target.currentIndexChanged.connect(self._look)
        self._look()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Printer"), self.target)
        pages = QVBoxLayout()
        pages.setSpacing(7)
        for widget in (self.all, self.one, self.some, self.words, self.fault):
            pages.addWidget(widget)
        form.addRow(self.tr("Pages"), pages)
        form.addRow(self.tr("Copies"), self.copies)
        options = QVBoxLayout()
        options.setSpacing(7)
        for box in (self.fit, self.turn, self.annotations):
            options.addWidget(box)
        form.addRow("", options)
        self.buttons = QDialogButtonBox(self)
        self.accept_button = push(self.tr("Print"), "", self, "primary")
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 22, 24, 18)
        whole.setSpacing(18)
        whole.addLayout(form)
        whole.addWidget(self.buttons)

    def _typed(self) -> None:
        self.some.setChecked(True)
        self._look()

    def _look(self) -> None:
        """Say how many pages are meant, or that something is none."""
        found = self.pages()
        if self.some.isChecked() and self.words.text().strip():
            text = (
                self.tr("There is no such page")
                if found is None
                else counted(len(found), self.tr("1 page"), self.tr("{} pages"))
            )
        else:
            text = ""
        self.fault.setText(text)
        self.accept_button.setEnabled(found is not None)
        into_file = not self.target.currentData()
        self.accept_button.setText(self.tr("Print…") if into_file else self.tr("Print"))
        self.copies.setEnabled(not into_file)

    def pages(self) -> list[int] | None:
        """The pages that are meant; None while what is typed means none."""
        if self.all.isChecked():
            return list(range(self._pages))
        if self.one.isChecked():
            return [self._current]
        return chosen(self.words.text(), self._page_of)

    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(
            self.pages() or [],
            self.fit.isChecked(),
            self.annotations.isChecked(),
            self.turn.isChecked(),
        )

    @property
    def into_file(self) -> bool:
        """Whether a file is to be written instead of paper."""
        return not self.target.currentData()

    def printer(self, title: str) -> QPrinter:
        """The printer that was chosen, set up for a document of this title."""
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setPrinterName(self.target.currentData())
        made.setCopyCount(self.copies.value())
        made.setDocName(title)
        return made

    @staticmethod
    def printer_into(file: Path, title: str) -> QPrinter:
        """One that writes a PDF, and needs no dialog any more."""
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(file))
        made.setResolution(300)
        made.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        made.setDocName(title)
        return made
