"""The colours of pages: as in the file, dark, sepia, the reader's own, or like the window.

They are no part of the window's theme: a reader may want white paper in a dark
window, and the other way round.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPainter

from reader import paths
from reader.domain.value import dataclass
from reader.pdf.protocol import PageColors
from reader.ui.color_file import read_tables

ORIGINAL = "original"
CYCLE = (ORIGINAL, "dark", "sepia", "own")
AUTO = "auto"  # like the window


@dataclass(frozen=True)
class PageTheme:
    """Paper and ink, and the marks that can be seen on them."""

    name: str
    paper: QColor
    ink: QColor
    selection: QColor
    hit: QColor
    current: QColor
    hint: QColor  # of a page that is being made
    edge: QColor  # around paper on which a shadow is not seen

    @property
    def dark(self) -> bool:
        """Whether the ink is lighter than the paper."""
        return self.paper.lightnessF() < self.ink.lightnessF()

    @property
    def colors(self) -> PageColors | None:
        """What the engine draws with; None for a page as it is in its file."""
        if self.name == ORIGINAL:
            return None
        return PageColors(self.paper.rgb() & 0xFFFFFF, self.ink.rgb() & 0xFFFFFF)

    @property
    def blend(self) -> QPainter.CompositionMode:
        """How a mark is laid over text so that the text stays as it is."""
        mode = QPainter.CompositionMode
        return mode.CompositionMode_Screen if self.dark else mode.CompositionMode_Multiply


class PageThemes(QObject):
    """The page theme in use; `changed` after every switch."""

    changed = Signal()
    chosen = Signal(str)  # the reader asked for another one

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = ORIGINAL
        self._own = ("", "")
        self._dark_window = False
        self.now = page_theme(ORIGINAL)

    def use(self, choice: str, paper: str = "", ink: str = "") -> None:
        """Use a choice from now on; `paper` and `ink` ("#rrggbb") are the reader's own."""
        self.choice = choice
        if paper and ink:
            self._own = paper, ink
        self._apply()

    def want(self, choice: str) -> None:
        """Use a choice because the reader says so here: it is to be remembered."""
        self.use(choice)
        self.chosen.emit(choice)

    def cycle(self) -> None:
        """The next of the choices."""
        shown = self.now.name
        self.want(CYCLE[(CYCLE.index(shown) + 1) % len(CYCLE)])

    def follow(self, *, dark: bool) -> None:
        """The window is dark or light from now on."""
        self._dark_window = dark
        self._apply()

    def _apply(self) -> None:
        name = self.choice
        if name == AUTO:
            name = "dark" if self._dark_window else ORIGINAL
        made = page_theme(name, *self._own)
        if made != self.now:
            self.now = made
            self.changed.emit()


@cache
def page_theme(name: str, own_paper: str = "", own_ink: str = "") -> PageTheme:
    """The colours of a choice; "own" without own colours is the original."""
    tables = read_tables(paths.resource("themes/pages.toml"))
    found = tables.get(name, tables[ORIGINAL])
    if name == "own" and own_paper and own_ink:
        found = {"paper": own_paper, "ink": own_ink}
    paper, ink = QColor(found["paper"]), QColor(found["ink"])
    dark = paper.lightnessF() < ink.lightnessF()
    own_marks = tables["marks.dark" if dark else "marks.light"]
    marks = {role: QColor(value) for role, value in own_marks.items()}
    return PageTheme(name, paper, ink, **marks)
