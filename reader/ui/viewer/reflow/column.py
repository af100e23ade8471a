"""The column of text: a text browser that loads nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPyTextObject,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from reader.services.reflowing import Item
from reader.ui.page_themes import ORIGINAL, PageTheme, page_theme
from reader.ui.theme import Theme

_NUMBER = QTextFormat.Property.UserProperty + 1  # which item a block or picture is
_PICTURE = QTextFormat.ObjectTypes.UserObject + 1
_HEADINGS = (1.55, 1.25, 1.1, 1.0)  # times the size of the text
_LINE_HEIGHT = 160  # per cent
_MARGIN = 36
_MOST_MARKED = 1000  # places
_TOP = 8  # pixels below the view's edge: what is read begins here
_SCALE = 1.15  # a picture's points against the text's pixels, at a text size of 13


class Around(NamedTuple):
    """A place of a page: the letters before and after it, and the item it should be in."""

    before: str
    after: str
    page: int
    number: int


class _Pictures(QPyTextObject):
    """Draws the pictures among the text, and asks for those that are seen."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._column = column

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: N802, N803, A002 - Qt's own names
        del doc, posInDocument
        return self._column.picture_size(int(format.property(_NUMBER)))

    def drawObject(  # noqa: N802
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002
    ) -> None:
        del doc, posInDocument
        self._column.draw(painter, QRectF(rect), int(format.property(_NUMBER)))


class Column(QTextBrowser):
    """Shows items; says which one is clicked, and which pictures it needs."""

    wanted = Signal(int)  # the picture of an item is to be drawn and is not here
    followed = Signal(int)  # an item was double-clicked: go to its place

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readingColumn")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(self.tr("Text of the paper"))
        self._theme = theme
        self._items: list[Item] = []
        self._images: dict[int, QImage] = {}
        self._words = ""  # that are looked for
        self._around: Around | None = None  # the place where the reader is
        self.marked: list[QTextCursor] = []  # where they stand
        self.current: QTextCursor | None = None  # where the reader is
        self.picture_of: Callable[[int], QImage | None] = self._images.get
        self.family = ""
        self.text_size = 17  # pixels
        self.width_em = 34  # of the column
        self._handler = _Pictures(self)
        self.document().documentLayout().registerHandler(_PICTURE, self._handler)
        self.document().setDocumentMargin(_MARGIN)
        theme.changed.connect(self.restyle)
        self.restyle()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: the text of a file names nothing that would be loaded."""
        del kind, name
        return None

    # -- filling

    def clear_items(self) -> None:
        """Show no text."""
        self._items = []
        self.mark("")
        self.clear()

    def append_items(self, items: Sequence[Item]) -> None:
        """Put items at the end; the place that is seen stays."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for item in items:
            number = len(self._items)
            self._items.append(item)
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(self._block_format(item, number))
            if item.kind == "picture":
                form = QTextCharFormat()
                form.setObjectType(_PICTURE)
                form.setProperty(_NUMBER, number)
                cursor.insertText("\ufffc", form)
            for run in item.runs:
                cursor.insertText(
                    run.text, self._char_format(item, run.bold, run.italic, run.raised)
                )
        cursor.endEditBlock()

    def _block_format(self, item: Item, number: int) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setProperty(_NUMBER, number)
        em = self.text_size
        above, below = 0.0, 0.75 * em
        if item.kind == "heading":
            form.setHeadingLevel(min(item.level, 6))
            above, below = (1.6 * em if number else 0.4 * em), 0.6 * em
        elif item.kind == "picture":
            form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            above, below = 0.7 * em, 1.1 * em
        if item.kind != "picture":
            kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            form.setLineHeight(130 if item.kind == "heading" else _LINE_HEIGHT, kind)
        form.setTopMargin(above)
        form.setBottomMargin(below)
        return form

    def _char_format(self, item: Item, bold: bool, italic: bool, raised: bool) -> QTextCharFormat:
        form = QTextCharFormat()
        if item.kind == "heading":
            step = _HEADINGS[min(item.level, len(_HEADINGS)) - 1]
            form.setProperty(QTextFormat.Property.FontPixelSize, round(self.text_size * step))
            form.setFontWeight(QFont.Weight.DemiBold)
        elif bold:
            form.setFontWeight(QFont.Weight.DemiBold)
        form.setFontItalic(italic)
        if raised:
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        return form

    # -- looks

    def restyle(self) -> None:
        """Take the reader's font, size and width, and the theme's colours."""
        font = QFont(self.family) if self.family else QFont(self.font())
        font.setPixelSize(self.text_size)
        self.document().setDefaultFont(font)
        background = self._theme.color("background").name()
        self.setStyleSheet(
            f"#readingColumn {{ background: {background}; color: {self._theme.color('text').name()};"
            f" font-size: {self.text_size}px; border: 0; }}"
        )
        self._fit()

    def rebuild(self) -> None:
        """Set everything anew in another size; the paragraph at the top stays there."""
        top, items = self.number_at_top(), self._items
        marked = self._words, self._around
        self.setUpdatesEnabled(False)
        self.clear_items()
        self.restyle()
        self.append_items(items)
        self.mark(*marked)
        self.show_item(top)
        self.setUpdatesEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep the lines at the width that was chosen, in the middle."""
        side = max((self.width() - self.width_em * self.text_size) // 2 - _MARGIN, 0)
        self.setViewportMargins(side, 0, side, 0)

    # -- places

    def item(self, number: int) -> Item:
        return self._items[number]

    @property
    def count(self) -> int:
        return len(self._items)

    def number_at(self, y: float) -> int:
        """The item at a height of the view; -1 for none."""
        return _number(self.cursorForPosition(QPointF(_MARGIN + 2, y).toPoint()).block())

    def number_at_top(self) -> int:
        """The item at the top of the view, also where only the room above its text is there."""
        block = self.cursorForPosition(QPoint(_MARGIN + 2, _TOP)).block()
        bottom = self.document().documentLayout().blockBoundingRect(block).bottom()
        if bottom <= self.verticalScrollBar().value() + _TOP and block.next().isValid():
            block = block.next()
        return _number(block)

    def show_item(self, number: int) -> bool:
        """Scroll an item to the top; False where the text ends too soon for that."""
        block = self.document().findBlockByNumber(min(number, self.document().blockCount() - 1))
        if not block.isValid():
            return False
        top = round(self.document().documentLayout().blockBoundingRect(block).top() - _TOP)
        self.verticalScrollBar().setValue(top)
        return self.verticalScrollBar().maximum() >= top

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self.number_at(event.position().y())
        if number >= 0:
            self.followed.emit(number)

    def mark(self, words: str, here: Around | None = None) -> None:
        """Mark words wherever they stand, whatever their case; "" marks nothing.

        The place `here` stands out: where the reader is.
        """
        self._words, self._around, self.marked, self.current = words, here, [], None
        found = QTextCursor(self.document())
        while words and len(self.marked) < _MOST_MARKED:
            found = self.document().find(words, found)
            if found.isNull():
                break
            self.marked.append(QTextCursor(found))
        if here is not None:
            text = self.document().toRawText()
            near = (one for one in self.marked if self._begins_near(one, here.page))
            self.current = max(near, key=lambda one: _likeness(one, text, here), default=None)
        colors = page_theme("dark" if self._theme.is_dark() else ORIGINAL)
        self.setExtraSelections([self._selection(one, colors) for one in self.marked])

    def _begins_near(self, place: QTextCursor, page: int) -> bool:
        """Whether a place may be on a page: its item begins there, or on the page before."""
        number = _number(place.block())
        return number >= 0 and page - self._items[number].page in (0, 1)

    def _selection(self, place: QTextCursor, colors: PageTheme) -> QTextEdit.ExtraSelection:
        one = QTextEdit.ExtraSelection()
        one.cursor = QTextCursor(place)  # pyright: ignore[reportAttributeAccessIssue]
        color = colors.current if place is self.current else colors.hit
        one.format.setBackground(color)  # pyright: ignore[reportAttributeAccessIssue]
        one.format.setForeground(colors.ink)  # pyright: ignore[reportAttributeAccessIssue]
        return one

    def show_current(self) -> None:
        """Scroll to the place that stands out, where it is not in the view."""
        if self.current is None:
            return
        rect, height = self.cursorRect(self.current), self.viewport().height()
        if rect.top() < 0 or rect.bottom() > height:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.bottom() - height * 2 // 3)

    # -- pictures

    def picture_size(self, number: int) -> QSizeF:
        """The size of a picture in the column, logical pixels."""
        x0, y0, x1, y1 = self._items[number].rect
        most = max(self.viewport().width() - 2 * _MARGIN - 2, 40)
        scale = min(_SCALE * self.text_size / 13, most / max(x1 - x0, 1.0))
        return QSizeF((x1 - x0) * scale, (y1 - y0) * scale)

    def draw(self, painter: QPainter, rect: QRectF, number: int) -> None:
        """Paint a picture, or a quiet frame until it is here."""
        image = self.picture_of(number)
        if image is None:
            painter.fillRect(rect, QColor(self._theme.color("pane")))
            self.wanted.emit(number)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, image)


def _number(block: QTextBlock) -> int:
    value = block.blockFormat().property(_NUMBER)
    return int(value) if value is not None else -1


def _likeness(place: QTextCursor, text: str, here: Around) -> tuple[int, int]:
    """How many letters around a place of a text are those around another; and how near it is."""
    before, after, _, number = here
    start, end = place.selectionStart(), place.selectionEnd()
    ahead = _alike(text[max(start - len(before), 0) : start][::-1], before[::-1])
    behind = _alike(text[end : end + len(after)], after)
    return ahead + behind, -abs(_number(place.block()) - number)


def _alike(one: str, other: str) -> int:
    """How many letters and digits two texts have in common from their beginnings on."""
    first, second = (filter(str.isalnum, text.casefold()) for text in (one, other))
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    )
