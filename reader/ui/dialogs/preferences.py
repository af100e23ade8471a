"""The settings dialog, made from the table of settings; each change acts at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFontComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reader.settings import SETTINGS, Setting, Settings
from reader.ui.widgets.color_button import ColorButton

_BAR = 14  # pixels of the scroll bar
_REST = 130  # pixels of what stands below the rows, and of the window's own frame


class Preferences(QDialog):
    """One row a setting."""

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = settings
        box = QVBoxLayout(self)
        box.setContentsMargins(26, 24, 26, 20)
        box.setSpacing(16)
        rows = QWidget(self)
        form = QFormLayout(rows)
        form.setContentsMargins(0, 0, 12, 0)
        form.setVerticalSpacing(14)
        form.setHorizontalSpacing(18)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for setting in SETTINGS:
            text = translated(setting.text)
            widget = self._widget(setting, text)
            if isinstance(widget, QCheckBox):
                form.addRow("", widget)
            else:
                form.addRow(text, widget)
        area = QScrollArea(self)
        area.setObjectName("flowArea")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(rows)
        area.viewport().setAutoFillBackground(False)
        rows.setAutoFillBackground(False)
        area.setMinimumWidth(rows.sizeHint().width() + _BAR)
        box.addWidget(area, 1)
        note = QLabel(self.tr("Changes act at once."), self)
        note.setProperty("class", "muted")
        box.addWidget(note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        wanted = rows.sizeHint().height() + _REST
        self.resize(self.sizeHint().width(), min(wanted, self._most_height()))

    def _most_height(self) -> int:
        """Pixels that a low screen has; the rows scroll where they need more."""
        return self.screen().availableGeometry().height() - _REST

    def _widget(self, setting: Setting, text: str) -> QWidget:
        key = setting.key
        if setting.choices:
            combo = QComboBox(self)
            names = setting.names or tuple(map(str.capitalize, setting.choices))
            for choice, name in zip(setting.choices, names, strict=True):
                combo.addItem(translated(name), choice)
            combo.setCurrentIndex(setting.choices.index(self._settings.text(key)))
            combo.activated.connect(lambda i: self._settings.set(key, setting.choices[i]))
            combo.setAccessibleName(text)
            return combo
        if setting.color:
            button = ColorButton(self._settings.text(key), text, self)
            button.picked.connect(lambda value: self._settings.set(key, value))
            return button
        if setting.font:
            fonts = QFontComboBox(self)
            fonts.setEditable(False)
            fonts.setCurrentFont(QFont(self._settings.text(key) or self.font().family()))
            fonts.currentFontChanged.connect(lambda font: self._settings.set(key, font.family()))
            fonts.setAccessibleName(text)
            return fonts
        if isinstance(setting.default, str):
            field = QLineEdit(self._settings.text(key), self)
            field.setAccessibleName(text)
            field.editingFinished.connect(lambda: self._settings.set(key, field.text().strip()))
            return field
        if isinstance(setting.default, bool):
            check = QCheckBox(text, self)
            check.setChecked(self._settings.flag(key))
            check.toggled.connect(lambda on: self._settings.set(key, on))
            return check
        spin = QSpinBox(self)
        spin.setRange(setting.least, setting.most)
        spin.setValue(self._settings.number(key))
        spin.setMaximumWidth(110)
        # The style sheet's padding does not reach the number itself.
        spin.lineEdit().setTextMargins(6, 0, 0, 0)
        spin.setAccessibleName(text)
        spin.valueChanged.connect(lambda value: self._settings.set(key, value))
        return spin


def translated(text: str) -> str:
    """A setting's text in the reader's language."""
    return QCoreApplication.translate("Settings", text)
