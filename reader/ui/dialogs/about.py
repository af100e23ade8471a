"""What this program is, of which version, under which licence."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader import __version__

_PACKAGES = (
    ("PySide6-Essentials", "Qt for Python, LGPL-3.0"),
    ("pymupdf", "PyMuPDF and MuPDF, AGPL-3.0"),
    ("sqlite-utils", "sqlite-utils, Apache-2.0"),
    ("qtawesome", "QtAwesome, MIT; Phosphor icons, MIT"),
    ("click", "Click, BSD-3-Clause"),
)


def versions(sqlite: str) -> str:
    """The versions of the program and of all it stands on, a line each."""
    lines = [
        f"Paper Reader {__version__}",
        f"Python {platform.python_version()} on {platform.platform(terse=True)}",
        f"Qt {qVersion()}",
        f"SQLite {sqlite}",
    ]
    for package, told in _PACKAGES:
        try:
            lines.append(f"{told.split(',')[0]} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            continue
    return "\n".join(lines)


class About(QDialog):
    """Versions and licence, with a button that copies the versions."""

    def __init__(self, parent: QWidget, sqlite: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Paper Reader"))
        self.resize(500, 460)
        box = QVBoxLayout(self)
        box.setContentsMargins(26, 24, 26, 20)
        box.setSpacing(12)
        title = QLabel(self.tr("Paper Reader"), self)
        title.setObjectName("paperTitle")
        box.addWidget(title)
        text = QLabel(
            self.tr(
                "A reader for research papers with a library of its own. Your papers, notes and "
                "PDFs stay on this computer.\n\n"
                "Free software under the GNU Affero General Public License, version 3 or later, "
                "without any warranty. The typeface is Inter, emoji are "
                "Noto Emoji where the system has none (both SIL Open Font License)."
            ),
            self,
        )
        text.setWordWrap(True)
        box.addWidget(text)
        self.versions = QPlainTextEdit(versions(sqlite), self)
        self.versions.setReadOnly(True)
        self.versions.document().setDocumentMargin(0)
        self.versions.setAccessibleName(self.tr("Versions"))
        licences = "\n".join(told for _, told in _PACKAGES)
        self.versions.appendPlainText(f"\n{licences}")
        box.addWidget(self.versions, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.versions.toPlainText())
        )
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
