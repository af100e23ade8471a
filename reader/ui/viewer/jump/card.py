"""A reference as text: title, the rest of its entry, and whether the paper is in the library."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.services.findings import Reference
from reader.ui.widgets.buttons import push

_MOST_NAMES = 6
_LONGEST = 700  # characters of an entry that are shown
_MOST_BEFORE = 160  # characters before the title, past which the authors are counted out


class ReferenceCard(QWidget):
    """An entry of the bibliography, with what can be done about it."""

    open_wanted = Signal(str)  # the paper's uid
    add_wanted = Signal()
    go_wanted = Signal()

    def __init__(self, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._width = width
        self._paper = ""
        self.title = self._words("cardTitle")
        self.authors = self._words("cardMuted")
        self.facts = self._words("cardMuted")
        self.open = push(self.tr("Open"), "open", self, "primary")
        self.add = push(self.tr("Add to the library"), "add", self)
        self.go = push(self.tr("Go there"), "forward", self, "flat")
        self.state = QLabel(self)
        self.state.setObjectName("cardMuted")
        self.open.clicked.connect(lambda: self.open_wanted.emit(self._paper))
        self.add.clicked.connect(self.add_wanted)
        self.go.clicked.connect(self.go_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.open)
        row.addWidget(self.add)
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 12, 10)
        column.setSpacing(4)
        for label in (self.title, self.authors, self.facts):
            column.addWidget(label)
        column.addLayout(row)
        self.setFixedWidth(width)

    def _words(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)  # a file's words are never markup
        label.setWordWrap(True)
        label.setFixedWidth(self._width - 26)
        return label

    def show_reference(self, reference: Reference) -> None:
        """Show an entry; `tell` then says what the library has."""
        self._say(self.title, reference.title or reference.text[:_LONGEST])
        before, after = around_title(reference)
        self._say(self.authors, before)
        self._say(self.facts, after)
        self.title.setProperty("entry", not reference.title)
        self.title.style().polish(self.title)
        for widget in (self.open, self.add, self.state):
            widget.hide()
        self._settle()

    def tell(self, paper: str | None, *, addable: bool) -> None:
        """Whether the library has it: the paper's uid, "" for no, None when there is none to ask."""
        self._paper = paper or ""
        self.open.setVisible(bool(paper))
        self.add.setVisible(paper == "" and addable)
        self.state.setVisible(bool(paper) or (paper == "" and not addable))
        self.state.setText(self.tr("In your library") if paper else self.tr("Not in your library"))
        self._settle()

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(" ".join(text.split()))
        label.setVisible(bool(text))

    def _settle(self) -> None:
        for label in (self.title, self.authors, self.facts):
            # A wrapped label is as high as its text only where it is told so.
            label.ensurePolished()
            label.setFixedHeight(max(label.heightForWidth(label.width()), 0))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(self._width, self.sizeHint().height())


def around_title(reference: Reference) -> tuple[str, str]:
    """What an entry says before its title, mostly who wrote it, and after it, mostly where.

    The words are the entry's own, so that a title that was told apart wrongly
    hides nothing.  Where the title does not stand in the entry as it is, they are
    made of what is known; without a title both are "".
    """
    if not reference.title:
        return "", ""
    entry, title = (" ".join(text.split()) for text in (reference.text, reference.title))
    start = entry.find(title)
    known = [f"arXiv:{reference.arxiv_id}" if reference.arxiv_id else "", reference.doi]
    if start < 0:
        facts = filter(None, (reference.year, *known))
        return names(reference.authors), " · ".join(facts)
    before = entry[:start].rstrip(" ,:;\"'“‘„«([")
    if len(before) > _MOST_BEFORE and reference.authors:
        before = names(reference.authors)
    after = entry[start + len(title) :].lstrip(" .,:;\"'”’“»)]")
    lower = entry.casefold()
    lacking = [fact for fact in known if fact.removeprefix("arXiv:").casefold() not in lower]
    return before[:_LONGEST], " · ".join(filter(None, (after[:_LONGEST], *lacking)))


def names(authors: tuple[str, ...]) -> str:
    """The authors as a line; a long list is cut."""
    shown = ", ".join(authors[:_MOST_NAMES])
    return f"{shown}, …" if len(authors) > _MOST_NAMES else shown
