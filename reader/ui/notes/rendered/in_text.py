"""Math in a plain text, such as an abstract: formulas stand in it, nothing else is Markdown."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor

from reader.domain.tex import MathSpan, math_spans
from reader.ui.notes.abstract import AbstractText
from reader.ui.notes.formulas import Formulas
from reader.ui.notes.rendered import objects
from reader.ui.notes.rendered.images import Images
from reader.ui.notes.rendered.look import DISTANCE, leading
from reader.ui.notes.rendered.objects import OBJECT, Kind, Objects
from reader.ui.widgets.plain_text import LINE_HEIGHT


class MathInText(QObject):
    """Shows the math of one text."""

    def __init__(self, edit: AbstractText, formulas: Formulas, images: Images) -> None:
        super().__init__(edit)
        self._edit = edit
        self._formulas = formulas
        self._text = ""
        self._waits = False
        self._objects = Objects(formulas, images, edit.theme, self)
        formulas.arrived.connect(self._arrived)
        edit.theme.changed.connect(lambda: self.show(self._text))

    def show(self, text: str) -> bool:
        """Show a text with its math; False, and nothing done, when it has none."""
        spans = list(math_spans(text))
        self._text, self._waits = text if spans else "", False
        if not spans:
            return False
        edit, document = self._edit, self._edit.document()
        at = edit.verticalScrollBar().value()
        edit.clear()
        self._objects.register(document)
        cursor = QTextCursor(document)
        form = QTextBlockFormat()
        form.setLineHeight(leading(document.defaultFont(), LINE_HEIGHT), DISTANCE)
        cursor.setBlockFormat(form)
        plain = QTextCharFormat()
        plain.setFont(document.defaultFont())
        end = 0
        for span in spans:
            cursor.insertText(text[end : span.start], plain)
            self._put(cursor, span, text[span.start : span.end], plain)
            end = span.end
        cursor.insertText(text[end:], plain)
        edit.verticalScrollBar().setValue(at)
        return True

    def _put(
        self, cursor: QTextCursor, span: MathSpan, source: str, plain: QTextCharFormat
    ) -> None:
        """A formula, or its source until it is set and when it is none."""
        # Displayed or not, in an abstract it stands in its line.
        if self._formulas.get(span.tex, display=False) is None:
            self._waits = True
            cursor.insertText(source, plain)
            return
        made = objects.made(Kind.MATH, span.tex, source, self._edit.document().defaultFont())
        made.setForeground(self._edit.theme.color("text"))
        cursor.insertText(OBJECT, made)

    def _arrived(self) -> None:
        # What the reader is selecting stays as it is.
        if self._text and self._waits and not self._edit.textCursor().hasSelection():
            self.show(self._text)

    @staticmethod
    def copied(cursor: QTextCursor) -> str:
        """What is selected, formulas as their source."""
        return objects.plain(cursor)
