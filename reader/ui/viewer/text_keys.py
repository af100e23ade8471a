"""Selecting text by key: Shift and the arrows lead the end of the selection."""

from __future__ import annotations

from typing import ClassVar

from reader.domain.annotation import Rect
from reader.pdf.protocol import PageText
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot, middle
from reader.ui.viewer.columns import columns_of
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.selection import Caret, Selection
from reader.ui.viewer.wants import Want

_PRIORITY = 130


def _row(name: str, text: str, *keys: str) -> Command:
    return Command(f"viewer.{name}", text, "viewer", f"text_keys.{name}", keys, enabled="document")


class TextKeys(Feature):
    """Leads the selection on; without one it begins at the first word in view."""

    name: ClassVar[str] = "text_keys"
    rows: ClassVar[tuple[Command, ...]] = (
        _row(
            "select_right",
            QT_TRANSLATE_NOOP("Commands", "Select a letter more to the right"),
            "Shift+Right",
        ),
        _row(
            "select_left",
            QT_TRANSLATE_NOOP("Commands", "Select a letter more to the left"),
            "Shift+Left",
        ),
        _row(
            "select_word_right",
            QT_TRANSLATE_NOOP("Commands", "Select a word more to the right"),
            "Ctrl+Shift+Right",
        ),
        _row(
            "select_word_left",
            QT_TRANSLATE_NOOP("Commands", "Select a word more to the left"),
            "Ctrl+Shift+Left",
        ),
        _row("select_down", QT_TRANSLATE_NOOP("Commands", "Select a line down"), "Shift+Down"),
        _row("select_up", QT_TRANSLATE_NOOP("Commands", "Select a line up"), "Shift+Up"),
        _row(
            "select_to_start",
            QT_TRANSLATE_NOOP("Commands", "Select to the start of the line"),
            "Shift+Home",
        ),
        _row(
            "select_to_end",
            QT_TRANSLATE_NOOP("Commands", "Select to the end of the line"),
            "Shift+End",
        ),
    )
    _across: float | None = None  # the place across that lines up and down keep to
    _line: int | None = None  # the line the end is on: behind a line is also before the next
    _made: Selection | None = None  # by the last step

    def select_right(self) -> None:
        self._step(1)

    def select_left(self) -> None:
        self._step(-1)

    def select_word_right(self) -> None:
        self._step_word(1)

    def select_word_left(self) -> None:
        self._step_word(-1)

    def select_down(self) -> None:
        self._step_line(1)

    def select_up(self) -> None:
        self._step_line(-1)

    def select_to_start(self) -> None:
        self._to_edge(0)

    def select_to_end(self) -> None:
        self._to_edge(1)

    # -- a caret alone

    def begin(self) -> None:
        """Put a caret at the first words in view, where nothing is selected."""
        self._head()

    def collapse(self) -> None:
        """Keep of the selection only the caret it was led to."""
        old = self.page.canvas.selection
        if isinstance(old, Selection):
            head = old.head_high if old.head_high > old.first else old.head_low
            self._made = Selection(head, head, head, head)
            self.page.choose_text(self._made)

    def caret_edge(self, text: PageText, index: int) -> Rect:
        """The upright line (view space) at a caret; behind the line whose end it was led to."""
        low, high = text.lines[self._line_at(text, index)]
        behind = index > low and index >= high
        x0, y0, x1, y1 = text.box(index - 1 if behind else index)
        return (x1, y0, x1, y1) if behind else (x0, y0, x0, y1)

    def at_keys(self) -> Spot | None:
        chosen = self.page.canvas.selection
        if not isinstance(chosen, Selection):
            return None
        head = chosen.head_high if chosen.head_high > chosen.first else chosen.head_low
        text = self._text(head.page)
        if text is None or not text.lines:
            return None
        return middle(head.page, self.caret_edge(text, min(head.index, len(text.chars))))

    # -- steps

    def _step(self, by: int) -> None:
        if (head := self._head()) is not None:
            self._lead(self._moved(head, by))

    def _step_word(self, by: int) -> None:
        head = self._head()
        text = self._text(head.page) if head is not None else None
        if head is None or text is None:
            return
        at = head.index
        inner = at if by > 0 else at - 1
        while 0 <= inner < len(text.chars) and text.chars[inner].isspace():
            inner += by
        if not 0 <= inner < len(text.chars):
            self._lead(self._moved(head, by))
            return
        word = text.word_at(inner)
        self._lead(Caret(head.page, word[1] if by > 0 else word[0]))

    def _step_line(self, by: int) -> None:
        head = self._head()
        text = self._text(head.page) if head is not None else None
        if head is None or text is None or not text.lines:
            return
        line = self._line_at(text, head.index)
        if self._across is None or self._made != self.page.canvas.selection:
            self._across = _x_of(text, head.index, text.lines[line][0])
        across, number, page = self._across, line + by, head.page
        if not 0 <= number < len(text.lines):
            page += by
            text = self._text(page)
            if text is None or not text.lines:
                return
            number = 0 if by > 0 else len(text.lines) - 1
        low, high = text.lines[number]
        index = min(range(low, high + 1), key=lambda at: abs(_x_of(text, at, low) - across))
        self._lead(Caret(page, index), number, across)

    def _to_edge(self, edge: int) -> None:
        head = self._head()
        text = self._text(head.page) if head is not None else None
        if head is not None and text is not None and text.lines:
            line = self._line_at(text, head.index)
            self._lead(Caret(head.page, text.lines[line][edge]), line)

    def _line_at(self, text: PageText, index: int) -> int:
        """The number of the line the end of the selection is on."""
        if self._line is not None and self._made == self.page.canvas.selection:
            return min(self._line, len(text.lines) - 1)
        for number, (low, high) in enumerate(text.lines):
            if low <= index < high:
                return number
        return len(text.lines) - 1

    # -- the selection

    def _head(self) -> Caret | None:
        """Where the selection is led on from."""
        chosen = self.page.canvas.selection
        if isinstance(chosen, Selection):
            head = chosen.head_high if chosen.head_high > chosen.first else chosen.head_low
            text = self._text(head.page)
            return Caret(head.page, min(head.index, len(text.chars))) if text else None
        page = self.page.canvas.camera.current()
        text = self._text(page)
        if text is None or not text.lines:
            return None
        top = self.page.canvas.camera.spot(0, 0)
        above = top.y if top.page == page else 0.0
        boxes = columns_of(text).boxes
        shown = [number for number, box in enumerate(boxes) if box[1] >= above]
        caret = Caret(page, text.lines[shown[0]][0] if shown else 0)
        self.page.canvas.selection = Selection(caret, caret, caret, caret)
        return caret

    def _moved(self, head: Caret, by: int) -> Caret:
        text = self._text(head.page)
        assert text is not None
        index = head.index + by
        if 0 <= index <= len(text.chars):
            return Caret(head.page, index)
        page = head.page + by
        other = self._text(page)
        if other is None:
            return head
        return Caret(page, 0 if by > 0 else len(other.chars))

    def _lead(self, head: Caret, line: int | None = None, across: float | None = None) -> None:
        """Lead the selection to a caret, which is on a line, and show it."""
        old = self.page.canvas.selection
        assert isinstance(old, Selection)
        backwards = old.head_low < old.first
        anchor = old.last if backwards else old.first
        made = Selection(anchor, anchor, head, head)
        self._made, self._line, self._across = made, line, across
        self.page.choose_text(made)
        text = self._text(head.page)
        if text is not None and text.chars:
            x0, y0, _, y1 = text.box(min(head.index, len(text.chars) - 1))
            self.page.canvas.reveal(Spot(head.page, x0, y0), y1 - y0)

    def _text(self, page: int) -> PageText | None:
        """The text of a page; what is not here yet is asked for, for the next key."""
        pdf = self.page.pdf
        if pdf is None or not 0 <= page < pdf.pages:
            return None
        found = self.page.canvas.content.text(page)
        if found is None:
            pdf.requests.want("keys", [Want("text", page, priority=_PRIORITY)])
        return found


def _x_of(text: PageText, index: int, low: int) -> float:
    """Where a caret of the line from `low` on is across."""
    behind = index > low and (index >= len(text.chars) or text.line_at(index)[0] != low)
    return text.box(index - 1)[2] if behind else text.box(index)[0]
