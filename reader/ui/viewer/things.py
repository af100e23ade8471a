"""What a paper shows: its figures, tables and numbered equations, and the way to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.list_pane import Entry, ListPane
from reader.ui.viewer.study import Study

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

PANE = "things"
# What the row's name says already: "Figure 3. ", "TABLE II: ".
_NAMED = re.compile(r"^\s*[^\W\d]+\.?\s+[\w.]{1,8}\s*[.:|]\s*")
_ABOVE = 28  # logical pixels left free above a place that was jumped to


class Things(Feature):
    """A pane beside the pages, filled once the document has been studied."""

    name = "things"
    rows = (
        Command(
            "viewer.things", QT_TRANSLATE_NOOP("Commands", "Figures, tables and equations"),
            "viewer", "things.show_things", (), "table", "View", 6, enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._pane: ListPane | None = None
        title = self.tr("Figures, tables and equations")
        page.panel.add(PANE, "table", title, lambda: self.pane)
        self._study = page.feature(Study)
        self._study.ready.connect(self._fill)

    @property
    def pane(self) -> ListPane:
        """The list, made when it is first needed."""
        if self._pane is None:
            page, title = self.page, self.tr("Figures, tables and equations")
            self._pane = ListPane(page.theme, title, self.tr("Find in captions"), page.panel.room)
            self._pane.chosen.connect(lambda spot: page.jump(spot, _ABOVE))
            self._fill()
        return self._pane

    def show_things(self) -> None:
        """Show the pane, and have the keys there."""
        self.page.show_pane(PANE, keys=True)

    def opened(self, pdf: PdfView) -> None:
        del pdf
        self._fill()

    def _fill(self) -> None:
        if self._pane is None:
            return
        if self._study.done:
            nothing = self.tr("No figures, tables or numbered equations were found.")
        else:
            nothing = self.tr("The document is being looked through.")
        self._pane.show_entries(tuple(self._entries()), nothing)

    def _entries(self) -> Iterator[Entry]:
        found = self._study.findings
        groups = (
            ("figure", self.tr("Figures"), self.tr("Figure {}")),
            ("table", self.tr("Tables"), self.tr("Table {}")),
            ("algorithm", self.tr("Algorithms"), self.tr("Algorithm {}")),
        )
        for kind, title, name in groups:
            of_kind = [caption for caption in found.captions if caption.kind == kind]
            if of_kind:
                yield Entry(title)
            for caption in of_kind:
                spot = Spot(caption.page, caption.whole[0], caption.whole[1])
                yield Entry(
                    name.format(caption.number),
                    _NAMED.sub("", caption.text),
                    self._where(caption.page),
                    "",
                    spot,
                )
        if found.equations:
            yield Entry(self.tr("Equations"))
        for equation in found.equations:
            spot = Spot(equation.page, equation.rect[0], equation.rect[1])
            name = self.tr("Equation {}").format(equation.number)
            yield Entry(name, equation.text, self._where(equation.page), "", spot)

    def _where(self, page: int) -> str:
        pdf = self.page.pdf
        return self.tr("page {}").format(pdf.label(page)) if pdf is not None else ""
