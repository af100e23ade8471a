"""Opening papers and files, and going back and forward over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.domain.annotation import ReadingPosition
from reader.domain.paper import Attachment, Paper
from reader.ui.desk import Desk
from reader.ui.tabs.pages import Pages
from reader.ui.tabs.tab import Half, Tab
from reader.ui.viewer.history import Visit

if TYPE_CHECKING:
    from reader.ui.tabs.tabs import Tabs

_LIBRARY = "library"  # where a visit to the library page was


class Opening(QObject):
    """What leads from one document to another; the place that is left can be returned to."""

    def __init__(self, tabs: Tabs, pages: Pages, desk: Desk) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._pages = pages
        self._desk = desk

    def open_paper(
        self,
        paper: Paper,
        attachment: Attachment | None = None,
        position: ReadingPosition | None = None,
    ) -> None:
        """Open a paper's PDF at a place, else where the reader stopped."""
        chosen = attachment or next(iter(paper.documents), None)
        if chosen is None:
            return
        path = self._desk.reader.file_of(chosen.path)
        title = " ".join(paper.title.split())
        here = self._here()
        known = self._tabs.find(lambda half: half.attachment == chosen.uid)
        if known is not None:
            self._jump(known, position, here)
            return
        self._pages.expect(path)

        def found(last: ReadingPosition | None) -> None:
            known = self._tabs.find(lambda half: half.attachment == chosen.uid)
            if known is not None:  # asked for twice
                self._tabs.bring_forward(known, position)
                return
            half = Half(title, path, paper.uid, chosen.uid, position or last)
            half.people = ", ".join(author.name for author in paper.authors)
            half.abstract = paper.abstract
            self._expect(half)
            self._leave(half, here)
            self._tabs.add(Tab([half]))

        self._desk.read(self._desk.reader.position, chosen.uid, then=found, owner=self)

    def open_file(self, path: Path) -> None:
        """Open a file that is not in the library."""
        here = self._here()
        half = self._tabs.find(lambda half: half.path == path)
        if half is not None:
            self._jump(half, None, here)
            return
        half = Half(path.name, path, position=self._pages.loose.of_path(path))
        self._expect(half)
        self._leave(half, here)
        self._tabs.add(Tab([half]))

    def _expect(self, half: Half) -> None:
        self._pages.expect(half.path, self._tabs.splits.spare.foreseen(half.position))

    def _here(self) -> Visit | None:
        """Where the reader is, or was before turning to the library."""
        front = self._tabs.front()
        half = front.half if front is not None else self._tabs.read_last
        if half is None:
            return None
        place = half.page.position() if half.page is not None else half.position
        return Visit(half, place) if place is not None else None

    def _leave(self, half: Half, here: Visit | None) -> None:
        if here is not None and here.where is not half:
            self._pages.history.leave(here)

    def _jump(self, half: Half, position: ReadingPosition | None, here: Visit | None) -> None:
        if here is not None and (here.where is not half or position is not None):
            self._pages.history.leave(here)
        self._tabs.bring_forward(half, position)

    def return_to(self, visit: Visit) -> None:
        """Go back or forward to a place, whatever has become of its tab."""
        if visit.where == _LIBRARY:
            self._tabs.show_library()
            return
        half: Half = visit.where
        known = (
            half
            if self._tabs.tab_of(half)
            else self._tabs.find(lambda other: other.path == half.path)
        )
        if known is not None:
            self._tabs.bring_forward(known, visit.position)
            return
        if not half.path.is_file():
            self._desk.notices.warn(self.tr("{} is not there any more.").format(half.path.name))
            return
        half.position = visit.position
        self._tabs.add(Tab([half]))

    def go_back(self) -> None:
        """To the place before this one, in whatever document."""
        page = self._tabs.current()
        if page is not None:
            page.go_back()
        else:
            self._step(self._pages.history.back)

    def go_forward(self) -> None:
        """To the place after this one."""
        page = self._tabs.current()
        if page is not None:
            page.go_forward()
        else:
            self._step(self._pages.history.forward)

    def _step(self, step: Callable[[Visit], Visit | None]) -> None:
        """From the library, which is a place too."""
        visit = step(Visit(_LIBRARY, ReadingPosition()))
        if visit is not None:
            self.return_to(visit)
