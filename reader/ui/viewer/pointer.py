"""The mouse on the pages: selecting text, following links, telling what is under it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from reader.pdf.protocol import PageText, PdfLink
from reader.ui.viewer import selection as selecting
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.canvas import PageCanvas
from reader.ui.viewer.columns import caret_at
from reader.ui.viewer.feature import Tool

_NEAR = 3.0  # points around a letter that count as on it
_SCROLL = 16  # ms between the steps of scrolling while selecting
_FASTEST = 60.0  # logical pixels a step
_UNITS: dict[int, selecting.Unit] = {1: "char", 2: "word", 3: "line", 4: "paragraph"}


class Pointer(QObject):
    """Turns mouse events of a canvas into selections and links."""

    activated = Signal(object)  # PdfLink
    hovered = Signal(object)  # PdfLink or None
    selected = Signal()  # the selection changed

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.tools: list[Tool] = []
        self._taken: Tool | None = None  # a tool that has the pointer until the release
        self._pressed: PdfLink | None = None
        self._press_at = QPointF()
        self._selecting = False
        self._last = QPointF()
        self._hovered: PdfLink | None = None
        self._clicks = 0  # in a row, in one place
        self._clicked = QElapsedTimer()
        self._clicked_at = QPointF()
        self._column: int | None = None  # of the text the selection was led to last
        self._scroll = QTimer(self, interval=_SCROLL)
        self._scroll.timeout.connect(self._scroll_on)
        canvas.viewport().installEventFilter(self)
        canvas.moved.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QMouseEvent) and self._canvas.loader is not None:
            match event.type():
                case QEvent.Type.MouseButtonPress:
                    return self._offer(event) or self._press(event)
                case QEvent.Type.MouseButtonDblClick:
                    return self._double_click(event)
                case QEvent.Type.MouseMove:
                    return self._lead(event) or self._move(event)
                case QEvent.Type.MouseButtonRelease:
                    return self._let_go(event) or self._release(event)
                case _:
                    return False
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
            for tool in self.tools:
                tool.hover(None, self._spot(self._last))
        return False

    # -- tools

    def let_go(self) -> None:
        """A tool gives the pointer up before the button does."""
        self._taken = None

    def _offer(self, event: QMouseEvent) -> bool:
        spot = self._spot(event.position())
        self._taken = next((tool for tool in self.tools if tool.press(event, spot)), None)
        return self._taken is not None

    def _lead(self, event: QMouseEvent) -> bool:
        if self._taken is not None:
            self._taken.drag(event, self._spot(event.position()))
        return self._taken is not None

    def _let_go(self, event: QMouseEvent) -> bool:
        tool, self._taken = self._taken, None
        if tool is not None:
            tool.release(event, self._spot(event.position()))
        return tool is not None

    def _hovered_tool(self, event: QMouseEvent) -> bool:
        """Whether a tool wants what is under the pointer; its cursor is shown."""
        spot = self._spot(event.position())
        shapes = [tool.hover(event, spot) for tool in self.tools]
        shape = next((shape for shape in shapes if shape is not None), None)
        if shape is not None:
            self._hover(None)
            self._canvas.viewport().setCursor(shape)
        return shape is not None

    # -- buttons

    def _press(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._canvas.motion.stop()
        self._last = self._press_at = event.position()
        self._pressed = self._link_at(event.position())
        if self._pressed is None:
            if self._follows(2, event.position()):
                self._click(3, event.position())
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._canvas.selection:
                self._extend(event.position())
            else:
                self._click(1, event.position())
            self._selecting = True
        return True

    def _follows(self, clicks: int, at: QPointF) -> bool:
        """Whether a click comes right after so many others in the same place."""
        soon = self._clicked.isValid() and (
            self._clicked.elapsed() < QApplication.doubleClickInterval()
        )
        near = (at - self._clicked_at).manhattanLength() < QApplication.startDragDistance()
        return self._clicks == clicks and soon and near

    def _click(self, clicks: int, at: QPointF) -> None:
        """Begin a selection: of letters, words, lines or paragraphs by the number of clicks."""
        self._clicks = clicks
        self._clicked_at = at
        self._clicked.start()
        self._column = None
        self._begin(at, _UNITS[clicks])

    def _double_click(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or self._link_at(event.position()):
            return True
        # Qt reports a fourth click as a double one after the third.
        self._click(4 if self._follows(3, event.position()) else 2, event.position())
        self._selecting = True
        return True

    def _move(self, event: QMouseEvent) -> bool:
        self._last = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            if not self._hovered_tool(event):
                self._look()
            return False
        far = (event.position() - self._press_at).manhattanLength()
        if self._pressed is not None and far >= QApplication.startDragDistance():
            # Text inside a link can be selected by dragging across it.
            self._pressed = None
            self._begin(self._press_at, "char")
            self._selecting = True
        if self._selecting:
            self._extend(event.position())
            outside = not self._canvas.viewport().rect().contains(event.position().toPoint())
            if outside and not self._scroll.isActive():
                self._scroll.start()
            elif not outside:
                self._scroll.stop()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._scroll.stop()
        link, self._pressed = self._pressed, None
        if link is not None and self._link_at(event.position()) == link:
            self.activated.emit(link)
        elif self._selecting:
            self._selecting = False
            self._offer_to_primary()
        self._look()
        return True

    # -- selecting

    def _begin(self, at: QPointF, unit: selecting.Unit) -> None:
        spot, text = self._text_at(at)
        made = None
        if text is not None:
            over = self._char_at(spot, text)
            index, self._column = caret_at(text, spot.x, spot.y, self._column)
            made = selecting.begin(text, spot.page, index, over, unit)
        self._set(made)

    def _extend(self, at: QPointF) -> None:
        spot, text = self._text_at(at)
        old = self._canvas.selection
        if text is None:
            return
        if not isinstance(old, selecting.Selection):  # no text was here yet at the press
            self._begin(at, "char")
            return
        index, self._column = caret_at(text, spot.x, spot.y, self._column)
        self._set(selecting.extend(old, text, spot.page, index))

    def _set(self, made: selecting.Selection | None) -> None:
        if made != self._canvas.selection:
            self._canvas.selection = made
            self._canvas.viewport().update()
            self.selected.emit()

    def _scroll_on(self) -> None:
        """Scroll while the mouse is held outside, faster the further it is."""
        view = self._canvas.viewport().rect()
        speed = [
            max(min((value - min(max(value, low), high)) * 0.35, _FASTEST), -_FASTEST)
            for value, low, high in (
                (self._last.x(), view.left(), view.right()),
                (self._last.y(), view.top(), view.bottom()),
            )
        ]
        self._canvas.scroll_by(speed[0] * self._canvas.ratio, speed[1] * self._canvas.ratio)
        self._extend(self._last)

    def _offer_to_primary(self) -> None:
        clipboard = QGuiApplication.clipboard()
        chosen, content = self._canvas.selection, self._canvas.content
        if chosen is None or chosen.empty or not clipboard.supportsSelection():
            return
        text, missing = selecting.copied(chosen, content.text, content.aside)
        if not missing:
            clipboard.setText(text, clipboard.Mode.Selection)

    # -- what is under the mouse

    def _look(self) -> None:
        """Show by the cursor what a click would do."""
        canvas = self._canvas
        if self._selecting or canvas.loader is None or not canvas.viewport().underMouse():
            return
        link = self._link_at(self._last)
        self._hover(link)
        spot, text = self._text_at(self._last, on_page=True)
        if link is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif text is not None and self._char_at(spot, text) is not None:
            shape = Qt.CursorShape.IBeamCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if canvas.viewport().cursor().shape() != shape:
            canvas.viewport().setCursor(shape)

    def _hover(self, link: PdfLink | None) -> None:
        if link != self._hovered:
            self._hovered = link
            self.hovered.emit(link)

    def _link_at(self, at: QPointF) -> PdfLink | None:
        spot = self._spot(at)
        return self._canvas.content.link_at(spot.page, spot.x, spot.y)

    def _spot(self, at: QPointF) -> Spot:
        point = at * self._canvas.ratio
        return self._canvas.camera.spot(point.x(), point.y())

    def _text_at(self, at: QPointF, *, on_page: bool = False) -> tuple[Spot, PageText | None]:
        spot = self._spot(at)
        if on_page:
            width, height = self._canvas.camera.layout.size(spot.page)
            if not (0 <= spot.x <= width and 0 <= spot.y <= height):
                return spot, None
        return spot, self._canvas.content.text(spot.page)

    def _char_at(self, spot: Spot, text: PageText) -> int | None:
        for dx, dy in ((0, 0), (_NEAR, 0), (-_NEAR, 0), (0, _NEAR), (0, -_NEAR)):
            found = text.char_at(spot.x + dx, spot.y + dy)
            if found is not None:
                return found
        return None
