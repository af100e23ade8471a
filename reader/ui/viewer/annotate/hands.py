"""Pointer, pen and keys on annotations: what is a click, a drag, a stroke."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip

from reader.domain.marking import Annotation, Kind
from reader.ui.viewer.annotate.rows import kind_name
from reader.ui.viewer.annotate.tools import LEAP, STEP
from reader.ui.viewer.area.feature import as_turned
from reader.ui.viewer.camera import Spot
from reader.ui.widgets.mark_drag import drag_out

if TYPE_CHECKING:
    from reader.ui.viewer.annotate.feature import Annotate

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Hands(QObject):
    """Takes the pointer for the tool in hand, or for what is chosen; hears pens and keys."""

    def __init__(self, owner: Annotate) -> None:
        super().__init__(owner)
        self._owner = owner
        self._page = owner.page
        self._pressed: QPointF | None = None  # by the left button, whoever took it
        self._pen = False  # whether a pen is drawing
        canvas = self._page.canvas
        self._page.pointer.tools.append(self)
        canvas.viewport().installEventFilter(self)
        canvas.installEventFilter(self)
        owner.picked.stepped.connect(self._say)

    def _spot(self, at: QPointF) -> Spot:
        canvas = self._page.canvas
        point = at * canvas.ratio
        return canvas.camera.spot(point.x(), point.y())

    # -- the pointer, as a tool of the page

    def press(self, event: QMouseEvent, spot: Spot) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        owner = self._owner
        if owner.tools.draws:
            owner.words.close()
            owner.picked.clear()
            owner.tools.press(spot)
            return True
        if owner.picked.press(spot, event.position(), event.modifiers()):
            self._page.choose_text(None)
            return True
        if owner.tools.tool == "select":
            owner.picked.start_band(spot)
            return True
        return False

    def drag(self, event: QMouseEvent, spot: Spot) -> None:
        del spot
        owner = self._owner
        owner.bars.hide()
        if owner.tools.drawing:
            owner.tools.drag(event.position(), regular=_shift(event.modifiers()))
        elif not self._carry_off(event.position()):
            owner.picked.drag(event.position(), event.modifiers())
            owner.words.place()

    def _carry_off(self, at: QPointF) -> bool:
        """Areas that are led out of the view are handed to whatever takes them there: a note."""
        view = self._page.canvas.viewport()
        if view.rect().contains(at.toPoint()):
            return False
        found = self._owner.picked.carried_off()
        if not found:
            return False
        self._page.pointer.let_go()
        # The drag ends with no release for the page, and turns an event loop of its own.
        QTimer.singleShot(0, self, lambda: drag_out(view, found))
        return True

    def release(self, event: QMouseEvent, spot: Spot) -> None:
        owner = self._owner
        if owner.tools.drawing:
            owner.tools.release()
            return
        band = owner.picked.band is not None
        owner.picked.release()
        if band and not owner.picked.all and self._is_click(event.position()):
            owner.picked.click(spot)

    def hover(self, event: QMouseEvent | None, spot: Spot) -> Qt.CursorShape | None:
        owner = self._owner
        if event is None:
            return None
        if owner.tools.draws:
            return owner.tools.cursor
        found = owner.picked.cursor(spot)
        if found is None and owner.tools.tool == "select":
            return owner.tools.cursor
        return found

    # -- what the page does not tell tools

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page.canvas:
            return self._takes_tab(event)
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._pressed_on(event)
            case QEvent.Type.MouseButtonRelease:
                return self._released(event)
            case QEvent.Type.MouseButtonDblClick:
                return isinstance(event, QMouseEvent) and self._double_click(event)
            case QEvent.Type.TabletPress | QEvent.Type.TabletMove | QEvent.Type.TabletRelease:
                return isinstance(event, QTabletEvent) and self._pen_moved(event)
            case QEvent.Type.ToolTip:
                return isinstance(event, QHelpEvent) and self._tell(event)
            case QEvent.Type.Resize:
                self._owner.bars.resized()
            case _:
                pass
        return False

    def _pressed_on(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._owner.words.close()
        return False

    def _is_click(self, at: QPointF) -> bool:
        still = QApplication.startDragDistance()
        return self._pressed is not None and (at - self._pressed).manhattanLength() < still

    def _released(self, event: QEvent) -> bool:
        """A click on marked text chooses the mark; selected text is offered to be marked."""
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        owner, page = self._owner, self._page
        chosen = page.canvas.selection
        if chosen is not None and not chosen.empty:
            QTimer.singleShot(0, owner, owner.selected)
        elif self._is_click(event.position()) and owner.tools.tool is None:
            spot = self._spot(event.position())
            free = not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            )
            if free and page.canvas.content.link_at(spot.page, spot.x, spot.y) is None:
                owner.picked.click(spot)
        return False

    def _double_click(self, event: QMouseEvent) -> bool:
        """On a note, a text or a drawing: write to it."""
        if event.button() != Qt.MouseButton.LeftButton or self._owner.tools.draws:
            return False
        found = self._owner.picked.at(self._spot(event.position()))
        if found is None or found.kind.on_text:
            return False
        self._owner.picked.choose([found.uid])
        self._owner.words.open(found.uid)
        return True

    def _pen_moved(self, event: QTabletEvent) -> bool:
        """A pen draws with its pressure; for all else it is a mouse, which Qt makes of it."""
        tools, at = self._owner.tools, event.position()
        if event.pointerType() == QPointingDevice.PointerType.Eraser:
            return self._erase(event)
        if event.type() == QEvent.Type.TabletPress and tools.draws:
            self._pen = True
            self._owner.words.close()
            tools.press(self._spot(at), event.pressure())
        elif event.type() == QEvent.Type.TabletMove and self._pen:
            tools.drag(at, regular=_shift(event.modifiers()), pressure=event.pressure())
        elif event.type() == QEvent.Type.TabletRelease and self._pen:
            self._pen = False
            tools.release()
        else:
            return False
        event.accept()  # or Qt makes a mouse event of it
        return True

    def _erase(self, event: QTabletEvent) -> bool:
        """The other end of a pen takes ink away."""
        spot, pdf = self._spot(event.position()), self._page.pdf
        found = self._owner.picked.at(spot) if event.pressure() else None
        geometry = pdf.geometry(spot.page) if pdf is not None else None
        if found is not None and found.kind is Kind.INK and geometry is not None:
            rest = self._owner.inking.rest(found, spot.x, spot.y, geometry)
            if rest is None:
                self._owner.store.remove([found.uid])
            elif rest is not found:
                self._owner.inking.put(rest, "Erase")
        event.accept()
        return True

    def _say(self, one: Annotation) -> None:
        """Say what was gone to by key, to eyes and to screen readers."""
        words = " ".join((one.comment or one.quote).split())[:120]
        head = f"{kind_name(one.kind)}, {self._owner.named(one.color)}"
        text = f"{head}: {words}" if words else head
        self._page.statusChanged.emit(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._page.canvas, text))

    def _tell(self, event: QHelpEvent) -> bool:
        """Show what is said of the annotation under the pointer."""
        found = self._owner.picked.at(self._spot(QPointF(event.pos())))
        text = self._owner.told(found) if found is not None and not self._owner.words.uid else ""
        if not text:
            return False
        QToolTip.showText(event.globalPos() + QPoint(0, 4), plain(text), self._page.canvas)
        return True

    # -- keys

    def _takes_tab(self, event: QEvent) -> bool:
        """Qt would take Tab for itself, before the page hears of it."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        return event.key() in _TABS and self._tab(event)

    def _tab(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if held or self._owner.words.typing or self._owner.tools.draws:
            return False
        back = event.key() == Qt.Key.Key_Backtab or _shift(event.modifiers())
        if back and not self._owner.picked.all:
            return False  # the way out of the pages by keyboard stays open
        return self._owner.picked.step(-1 if back else 1)

    def grabs(self, event: QKeyEvent) -> bool:
        """Whether a key is for the tool in hand, the caret, or what is chosen."""
        owner = self._owner
        if owner.words.typing:
            return False
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if owner.tools.draws:
            return not alt and (
                event.key() in _ARROWS
                or event.key() in _ENTER
                or (event.key() == Qt.Key.Key_Insert and not owner.tools.drawing)
            )
        if owner.caret.grabs(event):
            return True
        if not owner.picked.all:
            return False
        if event.matches(QKeySequence.StandardKey.Copy):
            return True
        if alt or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        return event.key() in _ARROWS or event.key() in _ENTER

    def key(self, event: QKeyEvent) -> None:
        """Do what a grabbed key is for."""
        owner = self._owner
        way = _ARROWS.get(Qt.Key(event.key()))
        if owner.tools.draws:
            if way is not None:
                owner.tools.nudge(*self._way(way, event), size=_shift(event.modifiers()))
            elif event.key() in _ENTER and owner.tools.drawing:
                owner.tools.release()
            else:
                owner.tools.put_down()
        elif owner.caret.grabs(event):
            owner.caret.key(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            owner.copy()
        elif way is not None:
            owner.picked.nudge(*self._way(way, event), size=_shift(event.modifiers()))
            owner.bars.place()
        else:
            owner.comment()

    def _way(self, way: tuple[int, int], event: QKeyEvent) -> tuple[float, float]:
        step = LEAP if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP
        return as_turned(way[0] * step, way[1] * step, self._page.canvas.camera.rotation)


def plain(text: str) -> str:
    """A text as a tooltip that wraps: its own marks mean nothing, and it loads nothing."""
    return f"<qt>{html.escape(text[:1200]).replace(chr(10), '<br>')}</qt>"


def _shift(modifiers: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
