"""The features of all viewer pages, and what they need beyond their page.

They are most of the viewer's code, so they are loaded once the first page is on the
screen, or with the first thing asked for that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from reader.settings import Settings
from reader.ui.tabs.everywhere import Everywhere
from reader.ui.tabs.splits import Splits
from reader.ui.tabs.tab import Half, Tab
from reader.ui.tabs.torn import Main, TornWindow
from reader.ui.theme import Theme
from reader.ui.viewer.features import FEATURES, feature_rows
from reader.ui.viewer.fitting import Fitting
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.references import References


class Equipment(QObject):
    """`halves` are those that are open, `show` brings one to the front."""

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

    def fit(self, page: ViewerPage) -> None:
        """Give a page its features, in turns; `ViewerPage.complete` has them come at once."""
        Fitting(page, FEATURES, lambda: self._attend(page))

    def torn(
        self, tab: Tab, main: Main, splits: Splits, settings: Settings, theme: Theme
    ) -> TornWindow:
        """A window for a tab torn off."""
        return TornWindow(tab, main, splits, settings, theme, self.rows)

    def _attend(self, page: ViewerPage) -> None:
        self.everywhere.attend(page)
        page.feature(Jump).open_wanted.connect(self.paper_wanted)
        page.feature(References).paper_wanted.connect(self.paper_wanted)
