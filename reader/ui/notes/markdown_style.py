"""Markdown shown where it is written: headings, emphasis, lists, code, quotes, links."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from reader.ui.theme import Theme

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_MARKER = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"^\s*>.*$")
_INLINE = (
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), "strong"),
    (re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])"), "emphasis"),
    (re.compile(r"(`+)(.+?)\1"), "code"),
    (re.compile(r"\[\[[^\]]+\]\]|\[[^\]]*\]\([^)\s]*\)|https?://[^\s<>)]+"), "link"),
    (re.compile(r"\$[^$\s][^$]*\$"), "code"),
)
_SCALE = {1: 1.35, 2: 1.2, 3: 1.08}


class MarkdownStyle(QSyntaxHighlighter):
    """Styles a document's Markdown in a theme's colours."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        fenced = text.lstrip().startswith(("```", "~~~"))
        inside = self.previousBlockState() == 1
        self.setCurrentBlockState(int(inside != fenced))
        if inside or fenced:
            self.setFormat(0, len(text), self._format("code"))
            return
        if heading := _HEADING.match(text):
            level = len(heading[1])
            size = self.document().defaultFont().pixelSize() * _SCALE.get(level, 1.0)
            form = self._format("strong")
            form.setProperty(QTextCharFormat.Property.FontPixelSize, round(size))
            self.setFormat(0, len(text), form)
            mark = QTextCharFormat(form)
            mark.setForeground(self._theme.color("faint"))
            self.setFormat(0, level, mark)
            return
        if _QUOTE.match(text):
            self.setFormat(0, len(text), self._format("quote"))
            return
        if marker := _MARKER.match(text):
            self.setFormat(0, marker.end(), self._format("marker"))
        for pattern, kind in _INLINE:
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), self._format(kind))

    def _format(self, kind: str) -> QTextCharFormat:
        form = QTextCharFormat()
        color = self._theme.color
        match kind:
            case "strong":
                form.setFontWeight(QFont.Weight.DemiBold)
            case "emphasis":
                form.setFontItalic(True)
            case "code":
                form.setFontFamilies(["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
                form.setBackground(color("hover"))
            case "quote":
                form.setForeground(color("muted"))
                form.setFontItalic(True)
            case _:
                form.setForeground(color("accent"))
        return form
