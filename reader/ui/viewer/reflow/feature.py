"""The reading view as a feature: fills the column page by page while it is read."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reader.pdf.protocol import PageColors, PageText
from reader.services.reflowing import Flow, PagePlan
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home
from reader.ui.viewer.reflow.pictures import ColumnPictures
from reader.ui.viewer.reflow.scrolling import scroll_step
from reader.ui.viewer.reflow.together import HIT, NEAR, Together, item_at
from reader.ui.viewer.reflow.view import ReflowView
from reader.ui.viewer.study import Study
from reader.ui.viewer.wants import Want

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_AHEAD = 8  # pages asked for at once
_PRIORITY = 58
_SLICE = 0.006  # seconds of the window's thread at a time
_CHOSEN = 400  # ms after the reader's last change of font, size or width
_KEYS = ("reflow_font", "reflow_size", "reflow_width")
_RESIZING = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_SHARP = 2.0  # rendered pixels a point, before the screen's own ratio


class Reflow(Feature):
    """Shows the text instead of the pages, and goes back to the place that was read."""

    name = "reflow"
    rows = (
        Command(
            "viewer.reflow", QT_TRANSLATE_NOOP("Commands", "Reading view"), "viewer",
            "reflow.toggle", ("Ctrl+Shift+V",), "reading-view", "View", 3, enabled="document",
            checkable=True, checked="reflow",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.view: ReflowView | None = None
        self.plan_of: Callable[[int], PagePlan] = lambda _page: PagePlan()
        self.style: tuple[str, int, int] = ("", 17, 34)
        self._pictures = ColumnPictures(page.engine, self)
        self._flow = Flow()
        self._next = 0  # the page whose text comes next
        self._target: Spot | None = None  # shown as soon as its page is set
        self._near = NEAR  # points below it that count
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)
        page.pagesWanted.connect(lambda: self.toggle(on=False) if self.on else None)
        self._together = Together(page.canvas, lambda: self.on, self._lead, self)
        # A key that is held changes the size many times; the disk hears of the last.
        self._keeping = False
        self._chosen = QTimer(self, singleShot=True, interval=_CHOSEN)
        self._chosen.timeout.connect(self._keep_style)

    @property
    def on(self) -> bool:
        return self.view is not None and self.page.stack.currentWidget() is self.view

    # -- commands

    def toggle(self, on: bool) -> None:
        """Show the text, or the pages again at the paragraph that was read."""
        if on and self.page.pdf is not None:
            self._show()
        elif not on and self.on:
            self._hide()
        self.page.tell_conditions()

    def conditions(self) -> dict[str, bool]:
        return {"reflow": self.on}

    def escape(self) -> bool:
        was = self.on
        if was:
            self.toggle(on=False)
        return was

    def grabs(self, event: QKeyEvent) -> bool:
        if not self.on or self.view is None:
            return False
        return event.key() in _RESIZING or (self._keyed() and scroll_step(event) is not None)

    def _keyed(self) -> bool:
        """Whether keys go to the text, and not to a field or list beside it."""
        focus = QApplication.focusWidget()
        mine = (None, self.page, self.page.canvas, self.view and self.view.column)
        return focus in mine or not self.page.isAncestorOf(focus)

    def key(self, event: QKeyEvent) -> None:
        if self.view is None:
            return
        step = scroll_step(event)
        if event.key() in _RESIZING:
            self.view.resize_text(_RESIZING[Qt.Key(event.key())])
        elif step is not None:
            self.view.column.verticalScrollBar().triggerAction(step)

    # -- showing

    def _show(self) -> None:
        canvas = self.page.canvas
        if self.view is None:
            self.view = ReflowView(self.page.theme, self.page.stack)
            self.view.use(*self.style)
            self.view.column.picture_of = self._pictures.image
            self.view.column.wanted.connect(self._draw)
            self.view.column.followed.connect(self._follow)
            self.view.left.connect(lambda: self.toggle(on=False))
            self.view.restyled.connect(self._restyled)
            self._pictures.arrived.connect(self.view.column.viewport().update)
            self.page.theme.changed.connect(self._pictures.clear)
            self.page.stack.addWidget(self.view)
            self._together.follow(self.view.column)
        self._target, self._near = canvas.camera.spot(0, 0), NEAR
        self.page.stack.setCurrentWidget(self.view)
        self._together.begin()
        canvas.setFocusProxy(self.view.column)  # whoever gives the pages the keys means the text
        self.view.column.setFocus()
        self._go_on()
        self._find_target()
        self.page.statusChanged.emit(
            self.tr("Double-click a paragraph to see it on its page; Esc leads back to the pages")
        )
        self._tell_lack()

    def _tell_lack(self) -> None:
        """Say so where there is no text to show."""
        pdf = self.page.pdf
        if self.on and self.view is not None and pdf is not None and pdf.find.lack:
            self.view.column.setPlaceholderText(pdf.find.lack)
            self.page.statusChanged.emit(pdf.find.lack)

    def _hide(self) -> None:
        if self._target is None:
            self._together.settle()
        self._to_pages()
        self.page.statusChanged.emit(self.page.status())

    def _to_pages(self) -> None:
        canvas = self.page.canvas
        canvas.setFocusProxy(None)  # pyright: ignore[reportArgumentType]
        self.page.stack.setCurrentWidget(canvas)
        canvas.setFocus()

    def _follow(self, number: int) -> None:
        """Go to the place of a paragraph on its page."""
        self._target = None
        self._together.settle()
        self._to_pages()
        self._go_to(number)
        self.page.statusChanged.emit(self.page.status())
        self.page.tell_conditions()

    def _go_to(self, number: int) -> None:
        assert self.view is not None
        item = self.view.column.item(number)
        self.page.jump(Spot(item.page, item.rect[0], item.rect[1]))

    # -- how it looks

    def homed(self, home: Home) -> None:
        if home.settings is not None:
            home.settings.changed.connect(self._take_style, Qt.ConnectionType.UniqueConnection)
            self._take_style(_KEYS[0])

    def _take_style(self, key: str) -> None:
        """Look as the reader chose, here or elsewhere."""
        settings = self.page.home.settings if self.page.home is not None else None
        if settings is None or key not in _KEYS or self._chosen.isActive() or self._keeping:
            return
        font, size, width = _KEYS
        style = (settings.text(font), settings.number(size), settings.number(width))
        if style != self.style:
            self.style = style
            if self.view is not None:
                self.view.use(*style)

    def _restyled(self, family: str, size: int, width: int) -> None:
        self.style = (family, size, width)
        self._chosen.start()

    def _keep_style(self) -> None:
        settings = self.page.home.settings if self.page.home is not None else None
        if settings is None:
            return
        self._keeping = True
        for key, value in zip(_KEYS, self.style, strict=True):
            now = settings.text(key) if isinstance(value, str) else settings.number(key)
            if now != value:
                settings.set(key, value)
        self._keeping = False

    # -- the document

    def opened(self, pdf: PdfView) -> None:
        self.page.feature(Study).ready.connect(self._studied, Qt.ConnectionType.UniqueConnection)
        pdf.loader.texted.connect(lambda _page: self._timer.start() if self.on else None)
        pdf.read.connect(self._tell_lack)
        pdf.find.landed.connect(self._together.landed)
        pdf.find.changed.connect(lambda: self._together.sought(pdf.find.needle))

    def left(self) -> None:
        if self._chosen.isActive():
            self._chosen.stop()
            self._keep_style()
        self._drop()

    def _drop(self) -> None:
        """Give up the column; it is set anew when it is wanted."""
        self._timer.stop()
        self._pictures.clear()
        self._flow, self._next, self._target = Flow(), 0, None
        if self.view is not None:
            self._together.forget()
            self.page.canvas.setFocusProxy(None)  # pyright: ignore[reportArgumentType]
            self.page.stack.removeWidget(self.view)
            self.view.deleteLater()
            self.view = None

    def _studied(self) -> None:
        plans = self.page.feature(Study).findings.plans
        self.plan_of = lambda page: plans.get(page, PagePlan())
        self.replan()

    def rest(self) -> None:
        if self.on:  # its place is the reader's, so the text stays
            self._pictures.clear()
        else:
            self._drop()

    def replan(self) -> None:
        """More is known of the pages (headings, figures): set the text anew."""
        if self.view is None or not self.view.column.count:
            return
        column = self.view.column
        top = column.number_at_top()
        if self._target is None and top >= 0:
            item = column.item(top)
            self._target, self._near = Spot(item.page, item.rect[0], item.rect[1]), HIT
        self._pictures.clear()
        self._flow, self._next = Flow(), 0
        column.clear_items()
        self._timer.start()

    def _go_on(self) -> None:
        """Set the pages whose text is here; ask for the next ones."""
        pdf, view = self.page.pdf, self.view
        if pdf is None or view is None:
            return
        until = time.monotonic() + _SLICE
        while self._next < pdf.pages and time.monotonic() < until:
            text = self.page.canvas.content.text(self._next)
            if text is None:
                self._ask(pdf)
                break
            self._set(view, text)
            if self._next == pdf.pages:
                view.column.append_items(self._flow.end())
                self._find_target()
                self._together.mark()
        else:
            if self._next < pdf.pages:
                self._timer.start()
        done = self._next >= pdf.pages
        view.state.setText("" if done else self.tr("Page {} of {}…").format(self._next, pdf.pages))

    def _set(self, view: ReflowView, text: PageText) -> None:
        items = self._flow.add(self._next, text, self.plan_of(self._next))
        view.column.append_items(items)
        self._next += 1
        if self._target is not None and self._target.page < self._next - 1:
            self._find_target()

    def _find_target(self) -> None:
        """Show the paragraph that stands where the reader was."""
        target, view, pdf = self._target, self.view, self.page.pdf
        if target is None or view is None or pdf is None:
            return
        column = view.column
        if self._next <= target.page + 1 and self._next < pdf.pages:
            return  # its paragraph may not be complete yet
        best = item_at(map(column.item, range(column.count)), target, self._near)
        # While the text below is missing the column cannot be scrolled that far.
        if column.show_item(max(best, 0)) or self._next >= pdf.pages:
            self._target = None
        self._together.led()

    def _lead(self, spot: Spot, near: float) -> None:
        """Show what stands at a place, or begins `near` it, as soon as it is set."""
        self._target, self._near = spot, near
        self._find_target()

    def _ask(self, pdf: PdfView) -> None:
        pages = range(self._next, min(self._next + _AHEAD, pdf.pages))
        content = self.page.canvas.content
        pdf.requests.want(
            "reflow",
            [
                Want("text", page, priority=_PRIORITY)
                for page in pages
                if content.text(page) is None
            ],
        )

    def _colors(self) -> PageColors | None:
        """Formulas and drawings in the dark are like the text around them."""
        theme = self.page.theme
        if not theme.is_dark():
            return None
        paper, ink = (theme.color(role).rgb() & 0xFFFFFF for role in ("background", "text"))
        return PageColors(paper, ink)

    def _draw(self, number: int) -> None:
        pdf, view = self.page.pdf, self.view
        if pdf is None or view is None:
            return
        item = view.column.item(number)
        shown = view.column.picture_size(number)
        scale = max(shown.width() / max(item.rect[2] - item.rect[0], 1.0), 0.1)
        scale = min(scale * self.page.canvas.ratio, _SHARP * 3)
        self._pictures.ask(pdf.doc, number, item.page, item.rect, scale, self._colors())
