"""What stands inside of a paragraph: words, emphasis, code, links, math, pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

from reader.ui.notes import links
from reader.ui.notes.formulas import Formulas
from reader.ui.notes.rendered import objects
from reader.ui.notes.rendered.look import Look
from reader.ui.notes.rendered.objects import OBJECT, Kind
from reader.ui.widgets.tips import tip

if TYPE_CHECKING:
    from markdown_it.token import Token

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_NAME = re.compile(r"[^/\\:][^\\:]*")


class Inline:
    """Writes runs of text; `targets` are the links, by the number in their anchor."""

    def __init__(self, look: Look, formulas: Formulas) -> None:
        self._look = look
        self._formulas = formulas
        self.targets: list[str] = []
        self.feet: dict[str, int] = {}  # a footnote's id -> its block

    def write(
        self, cursor: QTextCursor, tokens: list[Token], plain: QTextCharFormat, skip: int = 0
    ) -> None:
        """Write tokens at a cursor; `skip` characters of the first are shown already."""
        form = QTextCharFormat(plain)
        stack: list[QTextCharFormat] = []
        for number, token in enumerate(tokens):
            if token.nesting > 0:
                stack.append(form)
                form = self._changed(form, token)
            elif token.nesting < 0:
                form = stack.pop()
            elif token.type == "text" and skip and not number:
                self._words(cursor, token.content[skip:].lstrip(), form)
            else:
                self._run(cursor, token, form)

    def _run(self, cursor: QTextCursor, token: Token, form: QTextCharFormat) -> None:
        match token.type:
            case "text":
                self._words(cursor, token.content, form)
            case "softbreak":
                cursor.insertText(" ", form)
            case "hardbreak":
                cursor.insertText("\u2028", form)
            case "code_inline":
                code = QTextCharFormat(form)
                self._look.code(code)
                cursor.insertText(token.content, code)
            case "math_inline":
                self.math(cursor, token.content, form, display=token.markup == "$$")
            case "image":
                self._image(cursor, str(token.attrs.get("src", "")), token.content)
            case "wiki":
                shown = token.content[2:-2].rpartition("|")[2].strip()
                cursor.insertText(shown, self._linked(form, token.content))
            case "footnote_ref":
                self._foot_link(cursor, token, form)
            case "footnote_anchor":
                pass
            case _:
                cursor.insertText(token.content, form)

    def _changed(self, form: QTextCharFormat, token: Token) -> QTextCharFormat:
        new = QTextCharFormat(form)
        match token.type:
            case "em_open":
                new.setFontItalic(True)
            case "strong_open":
                new.setFontWeight(QFont.Weight.DemiBold)
            case "s_open":
                new.setFontStrikeOut(True)
            case _:
                return self._linked(form, str(token.attrs.get("href", "")))
        return new

    def _linked(self, form: QTextCharFormat, target: str) -> QTextCharFormat:
        """A format that is a link, where the target is one that may be followed."""
        new = QTextCharFormat(form)
        if not links.may_lead(target):
            return new
        new.setAnchor(True)
        # A number and not the address: Qt never gets to see one that it could open.
        new.setAnchorHref(f"l:{len(self.targets)}")
        new.setToolTip(tip(target))
        new.setForeground(self._look.theme.color("accent"))
        self.targets.append(target)
        return new

    def _words(self, cursor: QTextCursor, text: str, form: QTextCharFormat) -> None:
        at = 0
        for image in _IMAGE.finditer(text):
            self._with_addresses(cursor, text[at : image.start()], form)
            source = _SOURCE.search(image[0])
            name = next((part for part in source.groups() if part), "") if source else image[0]
            self._placeholder(cursor, name, image[0])
            at = image.end()
        self._with_addresses(cursor, text[at:], form)

    def _with_addresses(self, cursor: QTextCursor, text: str, form: QTextCharFormat) -> None:
        at = 0
        for address in () if form.isAnchor() else links.ADDRESS.finditer(text):
            cursor.insertText(text[at : address.start()], form)
            cursor.insertText(address[0], self._linked(form, address[0]))
            at = address.end()
        if text[at:]:
            cursor.insertText(text[at:], form)

    def math(self, cursor: QTextCursor, tex: str, form: QTextCharFormat, *, display: bool) -> None:
        """A formula, or its source as long as it is not set or when it is none."""
        tex = tex.strip()
        sign = "$$" if display else "$"
        source = f"{sign}{tex}{sign}"
        if self._formulas.get(tex, display=display) is None:
            code = QTextCharFormat(form)
            self._look.code(code)
            cursor.insertText(source.replace("\n", "\u2028"), code)
            return
        size = form.font().pixelSize()
        made = objects.made(
            Kind.MATH, tex, source, self._look.sized(size / self._look.size), flag=display
        )
        made.setForeground(form.foreground())
        cursor.insertText(OBJECT, made)

    def box(self, cursor: QTextCursor, line: int, form: QTextCharFormat, *, ticked: bool) -> None:
        """A checkbox that can be clicked; `line` is where it stands in the note."""
        source = "- [x] " if ticked else "- [ ] "
        made = objects.before_item(
            Kind.BOX, "", source, form.font(), self._look.step, ticked=ticked
        )
        made.setAnchor(True)
        made.setAnchorHref(f"b:{line}")
        cursor.insertText(OBJECT, made)

    def marker(self, cursor: QTextCursor, text: str, form: QTextCharFormat) -> None:
        """What stands before an item: a number with its point, or one of MARKERS."""
        source = "- " if text in objects.MARKERS else f"{text} "
        made = objects.before_item(Kind.MARKER, text, source, form.font(), self._look.step)
        cursor.insertText(OBJECT, made)

    def _image(self, cursor: QTextCursor, name: str, alt: str) -> None:
        """A picture of the library by its name; for anything else a placeholder."""
        source = f"![{alt}]({name})"
        if _NAME.fullmatch(name) and ".." not in name:
            font = self._look.sized(0.9)
            cursor.insertText(OBJECT, objects.made(Kind.PICTURE, name, source, font, flag=True))
        else:
            self._placeholder(cursor, name, source)

    def _placeholder(self, cursor: QTextCursor, name: str, source: str) -> None:
        font = self._look.sized(0.9)
        cursor.insertText(OBJECT, objects.made(Kind.PICTURE, name, source, font))

    def _foot_link(self, cursor: QTextCursor, token: Token, form: QTextCharFormat) -> None:
        number = str(token.meta.get("id", 0))
        new = QTextCharFormat(form)
        new.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        new.setForeground(self._look.theme.color("accent"))
        new.setAnchor(True)
        new.setAnchorHref(f"f:{number}")
        cursor.insertText(str(int(number) + 1), new)

    def foot(self, cursor: QTextCursor, number: str, form: QTextCharFormat) -> None:
        """The number before a footnote, where links to it lead."""
        self.feet[number] = cursor.blockNumber()
        cursor.insertText(f"{int(number) + 1}.\u00a0", form)
