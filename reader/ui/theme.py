"""Colours by role, the typeface, and the one style sheet made of them.

Loaded before the first paint, so it imports little but Qt.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from reader import paths
from reader.ui.color_file import read_tables
from reader.ui.page_themes import PageThemes
from reader.ui.stylesheet import STYLE

FAMILY = "Inter"
_FACES = ("Regular", "SemiBold", "Medium", "Italic")


class Theme(QObject):
    """The colours now in use; `changed` after every switch."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._colors: dict[str, QColor] = {}
        self.name = ""
        self.pages = PageThemes(self)
        load_typeface(app)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    def choose(self, choice: str) -> None:
        """Use "light", "dark" or whatever the "system" says, from now on."""
        self._choice = choice
        self._apply()

    def color(self, role: str) -> QColor:
        """The colour of a role; KeyError for a role no theme has."""
        return self._colors[role]

    def is_dark(self) -> bool:
        return self.name == "dark"

    def _system_changed(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        name = self._choice
        if name == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            name = "dark" if scheme == Qt.ColorScheme.Dark else "light"
        if name == self.name:
            return
        self.name = name
        self.pages.follow(dark=name == "dark")
        self._colors = read_colors(paths.resource(f"themes/{name}.toml"))
        self._app.setPalette(palette(self._colors))
        self._app.setStyleSheet(style_sheet(self._colors, name))
        self.changed.emit()


def read_colors(file: Path) -> dict[str, QColor]:
    """The roles of a theme file."""
    return {role: QColor(value) for role, value in read_tables(file)[""].items()}


def load_typeface(app: QApplication) -> None:
    """Make Inter the program's typeface; a machine without fonts still shows text."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(paths.resource(f"fonts/Inter-{face}.ttf")))
    font = QFont(FAMILY)
    font.setPixelSize(13)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)


def palette(colors: dict[str, QColor]) -> QPalette:
    """The Qt palette of a theme, for what the style sheet does not reach."""
    made = QPalette()
    group = QPalette.ColorGroup
    role = QPalette.ColorRole
    for qt_role, name in (
        (role.Window, "background"),
        (role.WindowText, "text"),
        (role.Base, "background"),
        (role.AlternateBase, "pane"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "on_accent"),
        (role.Highlight, "text_selection"),
        (role.HighlightedText, "text"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "faint"),
        (role.Link, "accent"),
        (role.Mid, "line"),
        (role.Accent, "accent"),
    ):
        made.setColor(qt_role, colors[name])
    for qt_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, qt_role, colors["faint"])
    return made


def style_sheet(colors: dict[str, QColor], name: str) -> str:
    """The application's style sheet in the colours and shapes of a theme."""
    text = STYLE.replace("@art", paths.resource(f"themes/{name}").as_posix())
    # Longest first: @accent must not eat the start of @accent_hover.
    for role in sorted(colors, key=len, reverse=True):
        color = colors[role]
        text = text.replace(f"@{role}", color.name(QColor.NameFormat.HexArgb))
    return text
