"""The bar for finding words: as one types, with the count and the way to each place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from reader.pdf.protocol import Query
from reader.ui.viewer.find import Find
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.tips import tip

_TYPING = 60  # ms without a key before the search starts
_COUNT, _SENTENCE = 64, 340  # pixels: what the count has at least, and words where there is none
_OPTION_KEYS = (Qt.Key.Key_C, Qt.Key.Key_W, Qt.Key.Key_R)


class FindField(QLineEdit):
    """Enter and Shift+Enter step; Esc closes; Down goes to the list; Alt and a letter is an option."""

    stepped = Signal(int)
    escaped = Signal()
    passed = Signal()
    toggled = Signal(int)  # the key

    def event(self, event: QEvent) -> bool:
        # Taken before a menu with the same letter gets it.
        if event.type() == QEvent.Type.ShortcutOverride and self._option(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _option(event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
            and event.key() in _OPTION_KEYS
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._option(event):
            self.toggled.emit(event.key())
            return
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.stepped.emit(-1 if back else 1)
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_Down:
                self.passed.emit()
            case _:
                super().keyPressEvent(event)


class FindBar(QWidget):
    """Edits the query; shows what a Find reports."""

    wanted = Signal(object)  # Query
    stepped = Signal(int)
    closed = Signal()
    passed = Signal()  # on to the list of what was found

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = FindField(self)
        self.field.setPlaceholderText(self.tr("Find in document"))
        self.field.setAccessibleName(self.tr("Find in document"))
        self.field.setClearButtonEnabled(False)
        self.field.setMinimumWidth(84)
        self.field.setMaximumWidth(340)
        self.case = self._option("find-case", self.tr("Case sensitive (Alt+C)"))
        self.words = self._option("find-words", self.tr("Whole words (Alt+W)"))
        self.regex = self._option("find-pattern", self.tr("Regular expression (Alt+R)"))
        self.count = QLabel(self)
        self.count.setObjectName("countLabel")
        self.count.setMinimumWidth(_COUNT)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        # What is wrong with a pattern is longer than the bar may become.
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.previous = tool("up", self.tr("Previous place (Shift+Enter)"), self)
        self.next = tool("down", self.tr("Next place (Enter)"), self)
        self.close_button = tool("close", self.tr("Close (Esc)"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(4)
        row.addWidget(self.field, 3)
        for button in (self.case, self.words, self.regex):
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.count, 3)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        # What keys do as well is left out where there is no room.
        self._spare = self.previous, self.next, self.regex, self.words, self.case
        # What is looked for in other documents: places found there, and whether there may be more.
        self.elsewhere: tuple[Query, int, bool] = Query(""), 0, False
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self._want)
        self.field.textChanged.connect(self._typing.start)
        self.field.toggled.connect(self._toggle)
        self.field.stepped.connect(self._step)
        self.field.escaped.connect(self.closed)
        self.field.passed.connect(self.passed)
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.close_button.clicked.connect(self.closed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(event.size().width())

    def _share(self, width: int) -> None:
        """Leave out what there is no room for; a sentence comes before buttons."""
        self.count.setMinimumWidth(_COUNT)
        sentence = 0 if self.next.isEnabled() else self.count.sizeHint().width()
        wish = max(min(sentence, _SENTENCE) - _COUNT, 0)
        for widget in self._spare:
            widget.setVisible(True)
        for widget in self._spare:
            if self.minimumSizeHint().width() + wish <= width:
                break
            widget.setVisible(False)
        room = max(width - self.minimumSizeHint().width(), 0)
        self.count.setMinimumWidth(_COUNT + min(wish, room))

    def _option(self, role: str, name: str) -> QToolButton:
        button = tool(role, name, self)
        button.setCheckable(True)
        button.toggled.connect(self._want)
        return button

    def _toggle(self, key: int) -> None:
        options = (self.case, self.words, self.regex)
        options[_OPTION_KEYS.index(Qt.Key(key))].toggle()

    @property
    def query(self) -> Query:
        """What is looked for."""
        words, case, regex = (o.isChecked() for o in (self.words, self.case, self.regex))
        return Query(self.field.text(), words=words, case=case, regex=regex)

    def _want(self) -> None:
        self._typing.stop()
        self.wanted.emit(self.query)

    def open_with(self, text: str) -> None:
        """Show the bar, with a selection's text if there is some, ready to type."""
        self.show()
        if text:
            self.field.setText(text)
        elif self.field.text():
            self._typing.start()
        self.field.selectAll()
        self.field.setFocus()

    def report(self, find: Find) -> None:
        """Say how many places there are, and at which one the reader is."""
        found = find.total > 0
        if find.query.empty:
            text = ""
        elif find.error is not None:
            text = find.error.message
        elif found:
            total = f"{find.total}" if find.complete else f"{find.total}…"
            text = self.tr("{} of {}").format(find.number, total)
        elif find.complete:
            text = self._said_of_none(find)
        else:
            text = self.tr("Searching…")
        self.count.setToolTip(tip(find.error.line() if find.error else "" if found else text))
        wrong = find.error is not None
        none = not find.query.empty and find.complete and not found
        nothing = wrong or (none and not any(self._elsewhere_of(find)))
        if self.field.property("nothing") != nothing:
            self.field.setProperty("nothing", nothing)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
        self.previous.setEnabled(found)
        self.next.setEnabled(found)
        if text != self.count.text():
            self.count.setText(text)
            if not found or self.count.minimumWidth() > _COUNT:
                self._share(self.width())

    def _elsewhere_of(self, find: Find) -> tuple[int, bool]:
        query, places, searching = self.elsewhere
        return (places, searching) if query == find.query else (0, False)

    def _said_of_none(self, find: Find) -> str:
        places, searching = self._elsewhere_of(find)
        if places:
            return self.tr("None here; {} in other documents").format(places)
        return self.tr("Searching…") if searching else find.lack or self.tr("Nothing found")

    def _step(self, direction: int) -> None:
        if self._typing.isActive():
            self._want()
        else:
            self.stepped.emit(direction)
