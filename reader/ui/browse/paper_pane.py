"""The paper: title, authors, links and marks above; abstract and note side by side below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.lists import TagMark
from reader.domain.paper import Paper, ReadingState
from reader.ui import icons
from reader.ui.browse.remark import RemarkLine
from reader.ui.commands.actions import CommandSet
from reader.ui.desk import Desk
from reader.ui.notes.abstract import AbstractText
from reader.ui.notes.editor import FOOT, HEAD, NoteEditor
from reader.ui.notes.kit import Kit
from reader.ui.theme import Theme
from reader.ui.turns import paint_apart
from reader.ui.widgets.buttons import HairSplitter, push, tool
from reader.ui.widgets.few_lines import FewLines
from reader.ui.widgets.file_drag import new_files
from reader.ui.widgets.flow import FlowArea
from reader.ui.widgets.tips import tip

_LINK_ICONS = {"arxiv": "page", "doi": "doi", "pdf": "pdf", "page": "web", "web": "web"}
_MOST_AUTHORS = 12
_MOST_LINKS = 6
_TITLE_LINES = 6  # at most, of a title and of what stands below it
_WIDEST_TAG = 180  # pixels of a tag's name
_LOW = 460  # pixels of a pane in which the abstract would have no room below six lines


class PaperPane(QWidget):
    """Shows one paper, many selected papers, or nothing."""

    link_clicked = Signal(str)
    marks_wanted = Signal(object)  # the Paper whose annotations are to be listed
    tag_clicked = Signal(str)  # the name of a tag to take away
    sizes_changed = Signal(object)
    files_dropped = Signal(object)  # paths of files dropped on the paper

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        commands: CommandSet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paperPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._theme = theme
        self._commands = commands
        self.paper: Paper | None = None
        self._stack = QStackedLayout(self)
        self._empty = self._make_empty()
        self._stack.addWidget(self._empty)
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_head())
        self._split = HairSplitter(Qt.Orientation.Horizontal, page)
        self._split.addWidget(self._make_abstract(desk.kit))
        self.note = NoteEditor(desk.notebook, theme, desk.kit, page)
        self._split.addWidget(self.note)
        self._split.setSizes([500, 500])
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        self._split.splitterMoved.connect(lambda: self.sizes_changed.emit(self._split.sizes()))
        box.addWidget(self._split, 1)
        self._stack.addWidget(page)
        self._page = page

    # -- parts -----------------------------------------------------------

    def _make_empty(self) -> QLabel:
        label = QLabel(self.tr("Choose a paper to read its abstract and write a note."), self)
        label.setProperty("class", "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        return label

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        head.setObjectName("paperHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = QVBoxLayout(head)
        box.setContentsMargins(24, 18, 24, 14)
        box.setSpacing(7)
        self._title = FewLines("paperTitle", _TITLE_LINES, head)
        self._title.setAccessibleName(self.tr("Title"))
        self._meta = FewLines("paperMeta", _TITLE_LINES, head)
        self._meta.setAccessibleName(self.tr("Authors, date and place on the page"))
        self.remark = RemarkLine(head)
        box.addWidget(self._title)
        box.addWidget(self._meta)
        told = self.tr("One line, shown in the list")
        self._commands.keep_tip(self.remark, "paper.remark", text=told)
        box.addWidget(self.remark)
        area = FlowArea(head)
        self._buttons_area, self._buttons, self._flow = area, area.inner, area.flow
        self._make_buttons()
        box.addSpacing(4)
        box.addWidget(area)
        return head

    def _make_buttons(self) -> None:
        action = self._commands.action
        self._read = push(self.tr("Read PDF"), "pdf", self._buttons, "primary")
        self._commands.keep_tip(self._read, "paper.open")
        self._read.clicked.connect(action("paper.open").trigger)
        self._lost = push(self.tr("PDF missing: find it…"), "warn", self._buttons)
        self._lost.clicked.connect(action("paper.replace_file").trigger)
        self._attach = push(self.tr("Attach PDF"), "attach", self._buttons)
        self._commands.keep_tip(self._attach, "paper.attach")
        self._attach.clicked.connect(action("paper.attach").trigger)
        self._state = push("", "unread", self._buttons)
        self._state.setAccessibleName(self.tr("Reading state"))
        states = ("paper.unread", "paper.reading", "paper.read")
        self._commands.keep_tip(self._state, *states, text=self.tr("Reading state"))
        menu = QMenu(self._state)
        for name in states:
            menu.addAction(action(name))
        self._state.setMenu(menu)
        self._star = tool("star", self.tr("Star"), self._buttons)
        self._star.setProperty("kind", "")
        self._star.setObjectName("square")
        self._commands.keep_tip(self._star, "paper.star")
        self._star.clicked.connect(action("paper.star").trigger)
        self._tag = push(self.tr("Tag"), "tag", self._buttons)
        self._commands.keep_tip(self._tag, "paper.tags")
        self._tag.clicked.connect(action("paper.tags").trigger)
        self._collection = tool("collection", self.tr("Collections"), self._buttons)
        self._collection.setProperty("kind", "")
        self._collection.setObjectName("square")
        self._commands.keep_tip(self._collection, "paper.collections")
        self._collection.clicked.connect(action("paper.collections").trigger)
        self._marks = push("", "annotate", self._buttons, "flat")
        self._marks.setToolTip(self.tr("List them beside the PDF"))
        self._marks.clicked.connect(lambda: self.marks_wanted.emit(self.paper))
        self._fixed = (
            self._read,
            self._lost,
            self._attach,
            self._state,
            self._star,
            self._tag,
            self._collection,
            self._marks,
        )
        for button in self._fixed:
            self._flow.addWidget(button)
        self._made: list[QWidget] = []

    def _make_abstract(self, kit: Kit) -> QWidget:
        side = QWidget(self)
        box = QVBoxLayout(side)
        box.setContentsMargins(24, 8, 14, FOOT + 12)
        box.setSpacing(6)
        heading = QLabel(self.tr("Abstract"), side)
        heading.setFixedHeight(HEAD)
        heading.setObjectName("sectionLabel")
        row = QHBoxLayout()
        row.addWidget(heading)
        row.addStretch(1)
        box.addLayout(row)
        self.abstract = AbstractText(kit, self._theme, side)
        self.abstract.setObjectName("abstract")
        self.abstract.setAccessibleName(self.tr("Abstract"))
        self.abstract.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        box.addWidget(self.abstract, 1)
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = event.size().height() < _LOW
        self._title.set_most(2 if low else _TITLE_LINES)
        self._meta.set_most(1 if low else _TITLE_LINES)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if new_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(new_files(event.mimeData()))

    # -- showing ---------------------------------------------------------

    def set_size(self, pixels: int) -> None:
        """The size of abstract and note, in pixels."""
        self.abstract.set_size(pixels)
        self.note.set_size(pixels)

    def set_sizes(self, sizes: list[int]) -> None:
        """The widths of abstract and note."""
        if len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self._split.setSizes(sizes)

    def show_paper(
        self, paper: Paper, tags: tuple[TagMark, ...], marks: int = 0, lost: str = ""
    ) -> None:
        """Show a paper with so many annotations; what does not change keeps its place.

        `lost` is the name of its file where that is missing, else "".
        """
        self._lost.setVisible(bool(lost))
        self._lost.setToolTip(
            self.tr(
                "The file “{}” is not in the library's folder any more. Choose it, or another "
                "in its place; notes and annotations are kept."
            ).format(tip(lost))
        )
        count = self.tr("1 annotation") if marks == 1 else self.tr("{} annotations")
        self._marks.setText(count.format(f"{marks:,}"))
        self._marks.setVisible(marks > 0)
        before, self.paper = self.paper, paper
        if before is None or before.uid != paper.uid:
            paint_apart(self)
        self._title.say(paper.title)
        self._meta.say(meta_line(paper, self.tr("place {} on {}")))
        self.remark.show_remark(paper.uid, paper.remark)
        self._show_buttons(paper, tags)
        if before is None or (before.uid, before.abstract) != (paper.uid, paper.abstract):
            empty = self.tr("This paper came without an abstract.")
            self.abstract.show_text(paper.abstract or empty)
        self.note.show_notes(paper.uid, paper.notes)
        self._stack.setCurrentWidget(self._page)

    def show_nothing(self, selected: int = 0) -> None:
        """Show how many papers are selected, or that none is."""
        self.paper = None
        self.note.clear()
        if selected > 1:
            self._empty.setText(
                self.tr(
                    "{} papers selected.\nState, star, tags, collections and trash act on all."
                ).format(selected)
            )
        else:
            self._empty.setText(self.tr("Choose a paper to read its abstract and write a note."))
        self._stack.setCurrentWidget(self._empty)

    def _show_buttons(self, paper: Paper, tags: tuple[TagMark, ...]) -> None:
        has_pdf = bool(paper.documents)
        for button in (self._star, self._collection):
            button.setFixedHeight(self._tag.sizeHint().height())
        self._read.setVisible(has_pdf and not self._lost.isVisibleTo(self._buttons))
        self._attach.setVisible(not has_pdf)
        names = {
            ReadingState.UNREAD: self.tr("Unread"),
            ReadingState.READING: self.tr("Reading"),
            ReadingState.READ: self.tr("Read"),
        }
        self._state.setText(names[paper.reading_state])
        icons.put(self._state, paper.reading_state.value, "accent")
        icons.put(
            self._star,
            "star-filled" if paper.starred else "star",
            "star" if paper.starred else "muted",
        )
        self._star.setAccessibleName(
            self.tr("Remove the star") if paper.starred else self.tr("Star")
        )
        while self._flow.count() > len(self._fixed):
            self._flow.takeAt(self._flow.count() - 1)
        for widget in self._made:
            widget.hide()
            widget.deleteLater()
        self._made = [*self._link_buttons(paper), *(self._chip(tag) for tag in tags)]
        for widget in self._made:
            self._flow.addWidget(widget)
        self._buttons_area.refit()

    def _link_buttons(self, paper: Paper) -> list[QWidget]:
        wanted: list[tuple[str, str, str]] = []
        if paper.arxiv_id:
            wanted.append(("arXiv", "page", f"https://arxiv.org/abs/{paper.arxiv_id}"))
        if paper.doi:
            wanted.append(("DOI", "doi", f"https://doi.org/{paper.doi}"))
        names = {
            "code": self.tr("Code"),
            "project": self.tr("Project"),
            "model": self.tr("Model"),
            "data": self.tr("Data"),
            "demo": self.tr("Demo"),
            "arxiv": "arXiv",
            "doi": "DOI",
            "pdf": self.tr("PDF online"),
            "page": self.tr("Page"),
            "web": self.tr("Web"),
        }
        for link in paper.links:
            if not any(address == link.url for _, _, address in wanted):
                role = _LINK_ICONS.get(link.kind, link.kind)
                role = role if role in icons.ROLES else "web"
                wanted.append((names.get(link.kind, self.tr("Web")), role, link.url))
        return [self._link(*item) for item in wanted[:_MOST_LINKS]] + self._more(
            wanted[_MOST_LINKS:]
        )

    def _link(self, name: str, role: str, url: str) -> QWidget:
        button = push(name, role, self._buttons)
        button.setToolTip(tip(url))
        button.setAccessibleDescription(url)
        button.clicked.connect(lambda: self.link_clicked.emit(url))
        button.show()
        return button

    def _more(self, rest: list[tuple[str, str, str]]) -> list[QWidget]:
        if not rest:
            return []
        button = QToolButton(self._buttons)
        button.setText(self.tr("{} more").format(len(rest)))
        button.setIconSize(QSize(16, 16))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for _, _, url in rest:
            menu.addAction(url).triggered.connect(
                lambda _checked, url=url: self.link_clicked.emit(url)
            )
        button.setMenu(menu)
        button.show()
        return [button]

    def _chip(self, tag: TagMark) -> QWidget:
        chip = push("", "", self._buttons)
        cut = Qt.TextElideMode.ElideRight
        chip.setText(chip.fontMetrics().elidedText(tag.name.replace("&", "&&"), cut, _WIDEST_TAG))
        chip.setObjectName("chip")
        chip.setAccessibleName(tag.name)
        chip.setToolTip(self.tr("Remove the tag “{}”").format(tip(tag.name)))
        chip.setIcon(_dot_icon(self._theme.color(f"tag{tag.color}")))
        chip.setIconSize(QSize(9, 9))
        chip.clicked.connect(lambda: self.tag_clicked.emit(tag.name))
        chip.show()
        return chip


def _dot_icon(color: QColor) -> QIcon:
    """A round mark in a tag's colour, drawn large enough for every screen."""
    picture = QPixmap(36, 36)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(1, 1, 34, 34)
    painter.end()
    return QIcon(picture)


def meta_line(paper: Paper, position: str) -> str:
    """Authors, venue, date, identifiers and the place on a page, in one line."""
    names = [author.name for author in paper.authors]
    people = ", ".join(names[:_MOST_AUTHORS]) + (", …" if len(names) > _MOST_AUTHORS else "")
    parts = [people, paper.venue, paper.published]
    if paper.arxiv_id:
        parts.append(f"arXiv {paper.arxiv_id}")
    if paper.pages:
        entry = paper.pages[-1]
        parts.append(position.format(entry.position, f"{entry.page}, {entry.date}"))
        if entry.upvotes is not None:
            parts.append(f"▲ {entry.upvotes}")
    return "  ·  ".join(part for part in parts if part)
