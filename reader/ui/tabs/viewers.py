"""What tabs need of the viewer: its page, and what all pages share.

With it come all features, so it is not loaded for the first paint of a library;
whoever needs it asks `Tabs.viewers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.domain.annotation import ReadingPosition
from reader.ui.tabs.everywhere import Everywhere
from reader.ui.tabs.tab import Half
from reader.ui.theme import Theme
from reader.ui.viewer.features import feature_rows
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.references import References


class Viewers(QObject):
    """Makes viewer pages.  `halves` are those that are open, `show` brings one to the front."""

    paper_wanted = Signal(str)  # the uid of a paper that a reference names
    rows = feature_rows()

    def __init__(
        self,
        halves: Callable[[], Iterable[Half]],
        show: Callable[[Half], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.everywhere = Everywhere(halves, show, self)

    def make(
        self,
        engine: Any,
        path: Path,
        *,
        title: str,
        position: ReadingPosition | None,
        theme: Theme,
        parent: QWidget,
    ) -> ViewerPage:
        """A page for the document at `path`."""
        page = ViewerPage(engine, path, title=title, position=position, theme=theme, parent=parent)
        self.everywhere.attend(page)
        page.feature(Jump).open_wanted.connect(self.paper_wanted)
        page.feature(References).paper_wanted.connect(self.paper_wanted)
        return page
