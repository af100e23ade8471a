"""A small bar near selected text or chosen annotations: colours, kinds, and what else can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from reader.domain.marking import CARDS, PALETTE, Annotation, Kind
from reader.ui.viewer.annotate.rows import ICONS, TOOL_KEYS, kind_name
from reader.ui.viewer.annotate.swatches import SIDE, swatch
from reader.ui.widgets.buttons import tool
from reader.ui.widgets.tips import tip

_GAP = 8  # logical pixels between the bar and what it stands by
TEXT_KINDS = (Kind.HIGHLIGHT, Kind.UNDERLINE, Kind.STRIKEOUT, Kind.SQUIGGLY)


class MarkBar(QFrame):
    """Buttons over the pages; emits what is wanted and does nothing itself."""

    colored = Signal(str)
    kind_wanted = Signal(object)  # Kind
    carded = Signal(str)
    wanted = Signal(str)  # "comment", "copy", "note", "delete", "keep"

    def __init__(
        self,
        named: Callable[[str], str],
        cards_in_use: Callable[[], Iterable[str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._room = parent
        self._cards_in_use = cards_in_use
        self._named = named
        self.setObjectName("markBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # What is pressed between the buttons is not the page's under it.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Marks"))
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(5, 3, 5, 3)
        self._rows.setSpacing(2)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(0)
            self._rows.addLayout(row)
        self.colors = {color.name: self._color(color.name, first) for color in PALETTE}
        first.addSpacing(4)
        self.kinds = {kind: self._kind(kind, second) for kind in TEXT_KINDS}
        second.addSpacing(4)
        self.comment = self._other("comment", self.tr("Comment (C)"), second)
        self.card = self._cards(second)
        self.copy = self._other("copy", self.tr("Copy (Ctrl+C)"), second)
        self.note = self._other("note", self.tr("Quote in the note (Q)"), second)
        self.keep = self._other("keep-tool", self.tr("Keep the tool (Shift+H)"), second, "keep")
        self.keep.setCheckable(True)
        self.delete = self._other("trash", self.tr("Delete (Del)"), second, "delete")
        second.addStretch(1)
        self.hide()

    def _color(self, color: str, row: QHBoxLayout) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "flat")
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.colored.emit(color))
        row.addWidget(button)
        return button

    def _kind(self, kind: Kind, row: QHBoxLayout) -> QToolButton:
        button = tool(ICONS[kind], f"{kind_name(kind)} ({TOOL_KEYS[kind]})", self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.kind_wanted.emit(kind))
        row.addWidget(button)
        return button

    def _other(self, role: str, text: str, row: QHBoxLayout, name: str = "") -> QToolButton:
        button = tool(role, text, self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.wanted.emit(name or role))
        row.addWidget(button)
        return button

    def _cards(self, row: QHBoxLayout) -> QToolButton:
        button = tool("card", self.tr("Make it a card"), self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_cards(menu))
        self._fill_cards(menu)
        button.setMenu(menu)
        row.addWidget(button)
        return button

    def _fill_cards(self, menu: QMenu) -> None:
        menu.clear()
        fill_cards(menu, self.carded.emit, self._cards_in_use())

    # -- what is shown

    def offer_marks(self, color: str, *, keep: bool, to_note: bool) -> None:
        """Stand ready to mark selected text."""
        self._show(color, None, to_note=to_note)
        for button, shown in ((self.keep, True), (self.delete, False), (self.card, True)):
            button.setVisible(shown)
        self.keep.setChecked(keep)

    def offer_changes(self, chosen: Sequence[Annotation], *, to_note: bool) -> None:
        """Stand ready to change chosen annotations."""
        colors = {one.color for one in chosen}
        kinds = {one.kind for one in chosen}
        self._show(
            colors.pop() if len(colors) == 1 else "",
            kinds.copy().pop() if len(kinds) == 1 else None,
            to_note=to_note,
        )
        on_text = all(kind.on_text for kind in kinds)
        for button in self.kinds.values():
            button.setVisible(on_text)
        self.keep.hide()
        self.delete.show()
        self.comment.setVisible(len(chosen) == 1)
        self.copy.setVisible(any(one.quote or one.comment for one in chosen))

    def _show(self, color: str, kind: Kind | None, *, to_note: bool) -> None:
        for number, (name, button) in enumerate(self.colors.items(), 1):
            button.setIcon(swatch(name, chosen=name == color))
            text = f"{self._named(name)} ({number})"
            button.setToolTip(tip(text))
            button.setAccessibleName(text)
        for other, button in self.kinds.items():
            button.setVisible(True)
            button.setCheckable(kind is not None)
            button.setChecked(other is kind)
        self.comment.show()
        self.copy.show()
        self.note.setVisible(to_note)

    def stand_by(self, area: QRectF) -> None:
        """Stand under an area (logical pixels of the parent), above it where there is no room."""
        room = self._room.rect()
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight)
        self._rows.activate()  # buttons were shown and hidden since it was last measured
        if self.sizeHint().width() > room.width() - 2 * _GAP:
            self._rows.setDirection(QBoxLayout.Direction.TopToBottom)
            self._rows.activate()
        self.resize(self.sizeHint())
        place_by(self, area)


def fill_cards(menu: QMenu, carded: Callable[[str], None], own: Iterable[str]) -> None:
    """A menu of the kinds of cards, those the reader made among them."""
    for card in dict.fromkeys((*CARDS, *own)):
        text = (card[:1].upper() + card[1:]).replace("&", "&&")
        menu.addAction(text).triggered.connect(lambda _, card=card: carded(card))


def place_by(widget: QWidget, area: QRectF) -> None:
    """Put a widget of a view next to an area of it: under, else above, else at the foot."""
    parent = widget.parentWidget()
    assert parent is not None
    room, width, height = parent.rect(), widget.width(), widget.height()
    below, above = area.bottom() + _GAP, area.top() - _GAP - height
    if below + height <= room.bottom() - _GAP:
        y = below
    elif above >= _GAP:
        y = above
    else:
        y = room.bottom() - _GAP - height
    x = area.center().x() - width / 2
    left = min(max(x, _GAP), max(room.width() - width - _GAP, _GAP))
    widget.move(round(left), round(y))
    widget.raise_()
