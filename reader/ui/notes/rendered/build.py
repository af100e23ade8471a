"""Makes a QTextDocument of a note's tree, a block at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from reader.ui.notes.rendered.inline import Inline
from reader.ui.notes.rendered.look import Look
from reader.ui.notes.rendered.objects import MARKERS

if TYPE_CHECKING:
    from markdown_it.token import Token

QUOTE = QTextFormat.Property.UserProperty.value + 10  # a block's depth of quotes
CODE = QTextFormat.Property.UserProperty.value + 11  # the pixels around a block of code
_BOX = re.compile(r"\[([ xX])\](?=\s|$)")
_SIDES = {
    "text-align:right": Qt.AlignmentFlag.AlignRight,
    "text-align:center": Qt.AlignmentFlag.AlignHCenter,
}


class Builder:
    """Fills a document; `anchors` says which line of the note each block came from."""

    def __init__(self, document: QTextDocument, look: Look, inline: Inline) -> None:
        self._document = document
        self._look = look
        self._inline = inline
        self._cursor = QTextCursor(document)
        self._fresh = True  # the cursor stands in an empty block that is to be used
        self._lists: list[int | None] = []  # the next number of each open list; None for dots
        self._item_begins = False
        self._quotes = 0
        self._foot = ""
        self.anchors: list[tuple[int, int]] = []  # (line, block number)

    def steps(self, tokens: Sequence[Token]) -> Iterator[None]:
        """Build, with a rest after each block."""
        at = 0
        while at < len(tokens):
            at = self._take(tokens, at)
            yield
        if self._fresh:
            self._shrink()

    def _take(self, tokens: Sequence[Token], at: int) -> int:
        """Build what begins with a token; the place of the first token after it."""
        token = tokens[at]
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
                form = self._look.block(above=0.9 if level < 3 else 0.6, below=0.35)
                form.setHeadingLevel(level)
                self._paragraph(tokens[at + 1], form, self._look.heading(level))
                return at + 3
            case "inline":
                below = 0.2 if self._lists else 0.6
                self._paragraph(token, self._look.block(below=below), self._look.text())
            case "fence" | "code_block":
                self._code(token)
            case "math_block":
                self._display(token)
            case "hr" | "footnote_block_open":
                self._rule(token)
            case "table_open":
                return self._table(tokens, at)
            case _:
                self._enter(token)
        return at + 1

    def _enter(self, token: Token) -> None:
        """Lists, items, quotations and footnotes begin and end."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._item_begins = True
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "footnote_open":
                self._foot = str(token.meta.get("id", 0))
            case _:
                pass

    # -- blocks ----------------------------------------------------------

    def _begin(self, form: QTextBlockFormat, line: int | None) -> None:
        """Begin a block at the document's end."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        depth = len(self._lists) + self._quotes
        form.setLeftMargin(form.leftMargin() + depth * self._look.step)
        if self._item_begins:
            form.setTextIndent(-self._look.step)
        if self._quotes:
            form.setProperty(QUOTE, self._quotes)
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(self._look.text())
        else:
            self._cursor.insertBlock(form, self._look.text())
        self._fresh = False
        if line is not None:
            self.anchors.append((line, self._cursor.blockNumber()))

    def _paragraph(self, token: Token, form: QTextBlockFormat, text: QTextCharFormat) -> None:
        children = list(token.children or ())
        line = token.map[0] if token.map else None
        box = None
        if self._lists and self._item_begins and children and children[0].type == "text":
            box = _BOX.match(children[0].content)
        self._begin(form, line)
        if self._lists and self._item_begins and box is None:
            self._inline.marker(self._cursor, self._marker(), self._look.text())
        self._item_begins = False
        if self._foot:
            self._inline.foot(self._cursor, self._foot, text)
            self._foot = ""
        if self._quotes:
            text.setForeground(self._look.theme.color("muted"))
        if box is not None:
            ticked = box[1] != " "
            self._inline.box(self._cursor, line or 0, self._look.text(), ticked=ticked)
            if ticked:
                text.setForeground(self._look.theme.color("muted"))
        self._inline.write(self._cursor, children, text, skip=box.end() if box else 0)

    def _open_list(self, token: Token) -> None:
        numbered = token.type == "ordered_list_open"
        self._lists.append(int(token.attrs.get("start", 1)) if numbered else None)

    def _marker(self) -> str:
        """What the next item of the innermost list begins with."""
        number = self._lists[-1]
        if number is None:
            level = self._lists.count(None) - 1
            return MARKERS[min(level, len(MARKERS) - 1)]
        self._lists[-1] = number + 1
        return f"{number}."

    def _frame_format(self) -> QTextFrameFormat:
        form = QTextFrameFormat()
        form.setBorder(0)
        form.setLeftMargin((len(self._lists) + self._quotes) * self._look.step)
        form.setTopMargin(self._look.size * 0.2)
        form.setBottomMargin(self._look.size * 0.8)
        return form

    def _code(self, token: Token) -> None:
        self._item_begins = False
        self._before_frame()
        form = self._frame_format()
        form.setPadding(self._look.size * 0.75)
        self._cursor.insertFrame(form)
        text = self._look.text()
        self._look.code(text, block=True)
        block = self._look.block(below=0)
        block.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setProperty(CODE, form.padding())
        self._cursor.setBlockFormat(block)
        self._cursor.setBlockCharFormat(text)
        self._note(token)
        self._cursor.insertText(token.content.rstrip("\n").replace("\n", "\u2028"), text)
        self._fresh = True

    def _display(self, token: Token) -> None:
        form = self._look.block(above=0.2, below=0.6)
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._begin(form, token.map[0] if token.map else None)
        self._item_begins = False
        self._inline.math(self._cursor, token.content, self._look.text(), display=True)

    def _rule(self, token: Token) -> None:
        form = self._look.block(above=0.6, below=0.9)
        form.setProperty(
            QTextFormat.Property.BlockTrailingHorizontalRulerWidth,
            QTextLength(QTextLength.Type.PercentageLength, 100),
        )
        form.setProperty(QTextFormat.Property.BackgroundBrush, self._look.theme.color("line"))
        form.setLineHeight(2, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._begin(form, token.map[0] if token.map else None)

    def _note(self, token: Token) -> None:
        if token.map:
            self.anchors.append((token.map[0], self._cursor.blockNumber()))

    def _before_frame(self) -> None:
        """A frame in an empty block leaves it empty above itself: it gets no height."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        if self._fresh:
            self._shrink()

    def _shrink(self) -> None:
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockFormat(self._look.thin())
        tiny = QTextCharFormat()
        tiny.setProperty(QTextCharFormat.Property.FontPixelSize, 1)
        self._cursor.setBlockCharFormat(tiny)

    # -- tables ----------------------------------------------------------

    def _table(self, tokens: Sequence[Token], at: int) -> int:
        end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
        inside = tokens[at:end]
        rows = sum(token.type == "tr_open" for token in inside)
        columns = sum(token.type == "th_open" for token in inside)
        self._item_begins = False
        self._before_frame()
        table = self._cursor.insertTable(rows, columns, self._table_format())
        row = column = -1
        side = Qt.AlignmentFlag.AlignLeft
        head = True
        for token in inside:
            match token.type:
                case "tr_open":
                    row, column = row + 1, -1
                    self._cursor = table.cellAt(row, 0).firstCursorPosition()
                    self._note(token)
                case "th_open" | "td_open":
                    column += 1
                    head = token.type == "th_open"
                    side = _SIDES.get(str(token.attrs.get("style", "")), Qt.AlignmentFlag.AlignLeft)
                case "inline":
                    self._cell(table, row, column, token, side, head=head)
                case _:
                    pass
        self._cursor = QTextCursor(self._document)
        self._fresh = True
        return end + 1

    def _cell(
        self,
        table: QTextTable,
        row: int,
        column: int,
        token: Token,
        side: Qt.AlignmentFlag,
        *,
        head: bool,
    ) -> None:
        cell = table.cellAt(row, column)
        middle = cell.format()
        middle.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        cell.setFormat(middle)
        cursor = cell.firstCursorPosition()
        form = self._look.block(below=0)
        form.setAlignment(side)
        cursor.setBlockFormat(form)
        text = self._look.text()
        if head:
            text.setFont(self._look.sized(bold=True))
        self._inline.write(cursor, list(token.children or ()), text)

    def _table_format(self) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setBorder(1)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(self._look.theme.color("control_line"))
        form.setBorderCollapse(True)
        form.setCellPadding(self._look.size * 0.4)
        form.setCellSpacing(0)
        form.setLeftMargin((len(self._lists) + self._quotes) * self._look.step)
        form.setTopMargin(self._look.size * 0.2)
        form.setBottomMargin(self._look.size * 0.8)
        form.setHeaderRowCount(1)
        return form
