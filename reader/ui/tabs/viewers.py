"""What tabs need of the viewer: its page at once, its features when they are there.

Neither is loaded for the first paint of a library, the page alone for the first paint of
a document; whoever needs more asks `Tabs.viewers` and `Viewers.equipment`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from reader.domain.annotation import ReadingPosition
from reader.ui.tabs.tab import Half
from reader.ui.theme import Theme
from reader.ui.viewer.cover import Sheet
from reader.ui.viewer.page import ViewerPage

if TYPE_CHECKING:
    from reader.ui.tabs.equipment import Equipment


class Viewers(QObject):
    """Makes viewer pages.  `halves` are those that are open, `show` brings one to the front.

    `load` loads the features.
    """

    paper_wanted = Signal(str)  # the uid of a paper that a reference names

    def __init__(
        self,
        load: Callable[[], type[Equipment]],
        halves: Callable[[], Iterable[Half]],
        show: Callable[[Half], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._halves = halves
        self._show = show
        self._load = load
        self._equipment: Equipment | None = None

    @property
    def equipment(self) -> Equipment:
        """The features; the first call loads them, and gives them to the pages that are open."""
        if self._equipment is None:
            equipment = self._load()(self._halves, self._show, self)
            equipment.paper_wanted.connect(self.paper_wanted)
            self._equipment = equipment
            for half in self._halves():
                if half.page is not None:
                    equipment.fit(half.page)
        return self._equipment

    def make(
        self,
        engine: Any,
        path: Path | None,
        *,
        title: str = "",
        position: ReadingPosition | None = None,
        theme: Theme,
        parent: QWidget,
    ) -> ViewerPage:
        """A page for the document at `path`, None for one that is named later."""
        page = ViewerPage(engine, path, title=title, position=position, theme=theme, parent=parent)
        if self._equipment is not None:
            self._equipment.fit(page)
        else:
            page.lacking = lambda: self._complete(page)
        return page

    def announce(self, half: Half, pages: QRect, theme: Theme, parent: QWidget) -> None:
        """Show the words of a document whose page is about to be made, where its pages will be."""
        zoom = half.position.zoom if half.position is not None else "width"
        Sheet(half.words, zoom, pages, theme, parent)

    def _complete(self, page: ViewerPage) -> None:
        if self.equipment:
            page.complete()
