"""What the sidebar leads to beside lists of papers: all annotations, the claims.

They stand in the place of list and paper; meanwhile the commands of papers rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from reader.domain.lists import MarkRow, Scope
from reader.domain.paper import Paper
from reader.ui.browse.all_marks.page import AllMarks
from reader.ui.browse.claims.page import ClaimsPage
from reader.ui.browse.library_page import LibraryPage
from reader.ui.commands.actions import CommandSet
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.desk import Desk
from reader.ui.tabs import Tabs
from reader.ui.theme import Theme
from reader.ui.top_bar import TopBar
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.marks_pane.feature import MarksList
from reader.ui.viewer.page import ViewerPage

ROWS = (
    Command(
        "places.marks", QT_TRANSLATE_NOOP("Commands", "Go to all annotations"), "places",
        "go_to_marks", ("Alt+A",), "annotate", "Library", 0,
    ),
    Command(
        "places.claims", QT_TRANSLATE_NOOP("Commands", "Go to the claims"), "places",
        "go_to_claims", ("Alt+C",), "card", "Library", 0,
    ),
)  # fmt: skip


class Places(QObject):
    """Puts them in place when the sidebar wants them, and takes them away again."""

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        page: LibraryPage,
        tabs: Tabs,
        top: TopBar,
        commands: CommandSet,
        papers: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._theme = theme
        self._page = page
        self._tabs = tabs
        self._top = top
        self._commands = commands
        self._actions = papers  # what the commands of papers act on
        both = (page.split.widget(1), page.split.widget(2))  # list and paper
        self._papers = [part for part in both if part is not None]
        self._sizes = page.sizes.now()
        self._front: AllMarks | ClaimsPage | None = None
        self._going: tuple[str, str] | None = None  # attachment and annotation to be shown
        self._marks: AllMarks | None = None
        self._claims: ClaimsPage | None = None
        page.paper.marks_wanted.connect(self.list_beside)
        page.sidebar.place_chosen.connect(self.show)
        page.sidebar.chosen.connect(lambda _: self.leave())
        page.turning.notes_shown.connect(self._turned)
        top.searched.connect(self._search)
        tabs.shown.connect(self._tab_shown)
        if page.sidebar.place:  # chosen before this was loaded
            self.show(page.sidebar.place)

    @property
    def marks(self) -> AllMarks:
        """All annotations; the page is made when it is first needed."""
        if self._marks is None:
            self._marks = marks = AllMarks(self._desk, self._theme, self._page)
            marks.hide()
            marks.open_wanted.connect(self.go)
            marks.status.connect(partial(self._page.saying.say, "marks"))
            marks.search(self._top.search.text())
        return self._marks

    @property
    def claims(self) -> ClaimsPage:
        """The table of claims, made when it is first needed."""
        if self._claims is None:
            page = self._page
            self._claims = made = ClaimsPage(
                self._desk, self._theme, page.model.papers, page.list.selected_orders, page
            )
            made.hide()
            made.open_wanted.connect(self.go)
            made.status.connect(partial(page.saying.say, "claims"))
        return self._claims

    def go_to_marks(self) -> None:
        """Go to all annotations of the library."""
        self._go_to("marks")

    def go_to_claims(self) -> None:
        """Go to the table of claims."""
        self._go_to("claims")

    def _go_to(self, kind: str) -> None:
        self._tabs.show_library()
        self._page.sidebar.select(Scope(kind))
        self.show(kind)

    def show(self, kind: str) -> None:
        """Show a place by the kind of its scope."""
        self._page.turning.turn(notes=False)
        front = self.claims if kind == "claims" else self.marks
        self._put(front)
        front.come()
        front.setFocus()

    def _put(self, widget: AllMarks | ClaimsPage) -> None:
        if self._front is widget:
            return
        split = self._page.split
        sizes = self._page.sizes.now() if self._front is None else split.sizes()
        if self._front is None:
            self._sizes = sizes  # of sidebar, list and paper, for coming back
        self._front = widget
        self._page.saying.turn("marks" if widget is self._marks else "claims")
        if split.indexOf(widget) < 0:
            split.addWidget(widget)
        for part in (*self._papers, self._marks, self._claims):
            if part is not None:
                part.setVisible(part is widget)
        others = [0] * (split.count() - 1)
        others[split.indexOf(widget) - 1] = sum(sizes[1:])
        split.setSizes([sizes[0], *others])
        self._commands.bind("library", None)

    def leave(self) -> None:
        """Show papers again, or the free notes where they have taken the place."""
        if self._front is None:
            return
        self._front.leave()
        self._front.hide()
        self._front = None
        self._commands.bind("library", self._actions())
        if self._page.turning.to_notes:
            return
        for part in self._papers:
            part.show()
        self._page.split.setSizes(self._sizes)
        self._page.saying.turn("")

    def _turned(self, notes: bool) -> None:
        if notes:
            self.leave()

    def close(self) -> None:
        """The window closes: what was typed is handed to the library."""
        if self._marks is not None:
            self._marks.leave()

    def _search(self, text: str) -> None:
        if self._marks is not None:
            self._marks.search(text)

    # -- going to an annotation

    def go(self, row: MarkRow) -> None:
        """Open a document at an annotation."""
        one = row.annotation
        self._going = (one.attachment, one.uid)

        def open_it(paper: Paper) -> None:
            chosen = next((it for it in paper.attachments if it.uid == one.attachment), None)
            if chosen is None or not self._desk.reader.file_of(chosen.path).is_file():
                self._going = None
                self._desk.notices.warn(
                    self.tr("The file {} is not in the library's folder any more.").format(row.path)
                )
                return
            self._tabs.open_paper(paper, chosen)
            self._land()

        self._desk.read(self._desk.reader.paper, row.paper, then=open_it, owner=self)

    def list_beside(self, paper: Paper) -> None:
        """Open a paper's PDF with the list of its annotations."""
        self._going = (paper.documents[0].uid, "")
        self._tabs.open_paper(paper)
        self._land()

    def _tab_shown(self, page: ViewerPage | None) -> None:
        if page is not None:
            self._land()
        elif self._front is not None:
            self._commands.bind("library", None)
            self._front.setFocus()

    def _land(self) -> None:
        """Lead the page that was waited for to its annotation."""
        if self._going is None:
            return
        attachment, uid = self._going
        half = self._tabs.find(lambda half: half.attachment == attachment)
        if half is None or half.page is None:
            return
        self._going = None
        half.page.complete()
        annotate = half.page.feature(Annotate)
        annotate.show_annotation(uid)
        one = annotate.store.all.get(uid)
        if not uid or (one is not None and not one.placed):
            half.page.feature(MarksList).show()
