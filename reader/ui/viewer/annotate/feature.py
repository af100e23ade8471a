"""Annotating: the commands that make and change the annotations of the document that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partialmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu

from reader.domain.marking import PALETTE, Annotation, Kind
from reader.ui.commands.row import Command
from reader.ui.viewer.annotate import drafting, shapes
from reader.ui.viewer.annotate.bars import Bars
from reader.ui.viewer.annotate.caret import CaretMode
from reader.ui.viewer.annotate.habits import Habits
from reader.ui.viewer.annotate.hands import Hands
from reader.ui.viewer.annotate.inking import Inking
from reader.ui.viewer.annotate.looks import Looks
from reader.ui.viewer.annotate.making import Making
from reader.ui.viewer.annotate.meanings import MeaningsDialog
from reader.ui.viewer.annotate.menu import Menu
from reader.ui.viewer.annotate.picked import Picked
from reader.ui.viewer.annotate.rows import ROWS, color_name, kind_name
from reader.ui.viewer.annotate.shapes import Shape
from reader.ui.viewer.annotate.store import Store
from reader.ui.viewer.annotate.tools import Tool, Tools
from reader.ui.viewer.annotate.way_home import WayHome
from reader.ui.viewer.annotate.words import Words
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.home import Home
from reader.ui.viewer.wants import Want
from reader.ui.widgets.buttons import tool

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_ABOVE = 90.0  # points left free above an annotation that was gone to


class Annotate(Feature):
    """The parts put together.  `to_note`, when set, quotes an annotation in the paper's note."""

    name: ClassVar[str] = "annotate"
    rows: ClassVar[tuple[Command, ...]] = ROWS

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.habits = Habits()
        self.to_note: Callable[[Annotation], None] | None = None
        self.store = Store(self)
        self.making = Making(page)
        self.picked = Picked(page, self.store)
        self.tools = Tools(page, self.habits)
        self.inking = Inking(page, self.tools, self.store)
        self.caret = CaretMode(page)
        self.words = Words(page, self.store, self.picked)
        self.looks = Looks(self)
        self.bars = Bars(self)
        self.hands = Hands(self)
        self._menu = Menu(self)
        self._last = ""  # what was made last
        self._wanted = ""  # what is to be shown as soon as it is here
        self._way_home = WayHome(page, self.store)
        self.store.changed.connect(self._changed)
        self.picked.changed.connect(page.tell_conditions)
        self.tools.drawn.connect(self._drawn)
        self._button = tool("annotate", self.tr("Tools for annotations (A)"), page.bar)
        self._button.setCheckable(True)
        self._button.clicked.connect(self.show_tools)
        page.bar.add(self._button)
        page.canvas.layers.insert(0, self)  # under hints, forms and all that is led over the page

    # -- the document

    def homed(self, home: Home) -> None:
        self.habits.kept = home.kept
        self.store.use(home.desk, home.attachment)

    def opened(self, pdf: PdfView) -> None:
        self.looks.opened()
        self.picked.forget()
        self.making.opened(pdf)
        pdf.requests.answered.connect(self._answered)
        self._show_wanted()

    def left(self) -> None:
        self.words.close()
        self.making.stop()
        self.tools.take(None)
        self.picked.clear()
        self.looks.stop()
        self.bars.hide()
        self.caret.end()

    def rest(self) -> None:
        self.words.flush()

    def closed(self) -> None:
        self.words.close()
        self._way_home.leave()
        self.store.leave()

    def conditions(self) -> dict[str, bool]:
        return {"annotation": bool(self.picked.all)}

    def _answered(self, want: Want, _value: object) -> None:
        if want.kind == "geometry":  # what is on these pages could not be painted before
            self.page.canvas.viewport().update()

    def _changed(self) -> None:
        self.page.canvas.viewport().update()
        self._show_wanted()

    # -- colours and kinds

    @property
    def color(self) -> str:
        """The colour of what is marked next."""
        return self.habits.color

    def use_color(self, color: str) -> None:
        """Use a colour: for the chosen annotations, else to mark the selected text, else later."""
        self.habits.color = color
        if self.picked.all:
            self.picked.recolor(color)
        elif not self._mark(self._marker()):
            self.page.statusChanged.emit(self.tr("Colour: {}").format(self.named(color)))
        self.bars.show_strip()
        self.bars.look()

    def _marker(self) -> Kind:
        kind = self.tools.kind
        return kind if kind is not None and kind.on_text else Kind.HIGHLIGHT

    def _color(self, number: int) -> None:
        self.use_color(PALETTE[number].name)

    color_1 = partialmethod(_color, 0)
    color_2 = partialmethod(_color, 1)
    color_3 = partialmethod(_color, 2)
    color_4 = partialmethod(_color, 3)
    color_5 = partialmethod(_color, 4)
    color_6 = partialmethod(_color, 5)
    color_7 = partialmethod(_color, 6)
    color_8 = partialmethod(_color, 7)

    def use_kind(self, kind: Kind) -> None:
        """Use a kind of mark: for the chosen ones, else for the selected text, else as a tool."""
        if any(one.kind.on_text for one in self.picked.all):
            self.picked.change_kind(kind)
            self.bars.look()
        elif not self._mark(kind):
            self.take(kind)

    highlight = partialmethod(use_kind, Kind.HIGHLIGHT)
    underline = partialmethod(use_kind, Kind.UNDERLINE)
    strike_out = partialmethod(use_kind, Kind.STRIKEOUT)
    squiggle = partialmethod(use_kind, Kind.SQUIGGLY)

    def named(self, color: str) -> str:
        """A colour with what it means: "Green, result"."""
        meaning = self.store.meanings.get(color, "")
        return f"{color_name(color)}, {meaning}" if meaning else color_name(color)

    def rename_colors(self) -> None:
        """Ask what the colours mean."""
        dialog = MeaningsDialog(self.store.meanings, self.page)
        dialog.renamed.connect(self.store.set_meaning)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- tools

    def take(self, tool: Tool) -> None:
        """Take a tool; one that marks text does so at once where some is selected."""
        if self.page.pdf is None:
            return
        self.page.pagesWanted.emit()
        self.page.canvas.setFocus()
        if isinstance(tool, Kind) and tool.on_text and self._mark(tool) and not self.tools.keep:
            return
        if tool != "select":
            self.picked.clear()
        self.tools.take(tool)
        self.page.statusChanged.emit(self.tools.hint or self.page.status())

    note = partialmethod(take, Kind.NOTE)
    text = partialmethod(take, Kind.TEXT)
    area = partialmethod(take, Kind.AREA)
    ink = partialmethod(take, Kind.INK)
    rectangle = partialmethod(take, Kind.RECTANGLE)
    ellipse = partialmethod(take, Kind.ELLIPSE)
    line = partialmethod(take, Kind.LINE)
    arrow = partialmethod(take, Kind.ARROW)
    select = partialmethod(take, "select")

    def use_size(self, size: float) -> None:
        """Draw with another width, or letters of another size, from now on."""
        if self.tools.kind is not None:
            self.habits.set_size(self.tools.kind, size)
        self.bars.show_strip()

    def set_keep(self, keep: bool) -> None:
        """Keep the tool after each use; without one, the one of the last time is taken."""
        self.tools.keep = keep
        if keep and self.tools.tool is None:
            self.take(self.habits.tool)
        elif not keep:
            self.tools.take(None)
        self.bars.hide()
        self.bars.show_strip()
        told = self.tr("The tool is kept") if keep else self.tr("The tool is not kept")
        self.page.statusChanged.emit(told)

    def keep_tool(self) -> None:
        """Keep the tool after each use, or no longer."""
        self.set_keep(not self.tools.keep)

    def show_tools(self) -> None:
        """Show the strip of tools, or hide it."""
        self.bars.toggle_strip()
        self._button.setChecked(self.bars.strip_shown)

    # -- making

    def draft(self, kind: Kind = Kind.HIGHLIGHT, color: str = "") -> Annotation | None:
        """The selected text as an annotation that is not kept yet; None without any."""
        return self.making.draft(kind, color or self.color)

    def selected(self) -> None:
        """Text was selected with the pointer: mark it with the tool in hand, or offer to."""
        kind = self.tools.kind
        chosen = self.page.canvas.selection
        if chosen is None or chosen.empty:
            return
        self.picked.clear()
        if kind is not None and kind.on_text:
            self._mark(kind)
        else:
            self.bars.offer()

    def _mark(self, kind: Kind, card: str = "", then: Callable[[str], None] | None = None) -> bool:
        """Mark the selected text; False when there is none."""

        def add(made: Annotation) -> None:
            uid = self.add(replace(made, card=card))
            self.tools.used()
            if then is not None:
                then(uid)

        return self.making.make(kind, self.color, add)

    def add(self, made: Annotation) -> str:
        """Keep a new annotation; its uid."""
        [self._last] = self.store.add([made])
        if made.kind.on_text:
            if self.caret.on:
                self.caret.collapse()
            else:
                self.page.choose_text(None)
        told = self.tr("{}: {}").format(kind_name(made.kind), self.named(made.color))
        self.page.statusChanged.emit(told)
        self._way_home.ask()
        return self._last

    def _drawn(self, page: int, shape: Shape) -> None:
        """Something was drawn with a tool."""
        pdf = self.page.pdf
        geometry = pdf.geometry(page) if pdf is not None else None
        if pdf is None or geometry is None:
            return
        kind = shape.kind
        made = Annotation(
            kind,
            (shapes.kept(page, shape, geometry),),
            color=self.color,
            size=self.habits.size(kind),
            sha256=pdf.doc.info.sha256,
        )
        made = drafting.witnessed(made, self.page.canvas.content.text, pdf.geometry)
        if kind is Kind.TEXT:
            self._last = self.store.hold(made)
            self._way_home.ask()
            self.words.open(self._last)
        elif joined := self.inking.joined(made, shape, geometry):
            self.inking.put(joined, "Draw")
            self._last = joined.uid
        else:
            self.add(made)
        self.inking.drawn(self._last)
        self.tools.used()
        if self.tools.tool is None:
            self.picked.choose([self._last])
        if kind is Kind.NOTE:
            self.words.open(self._last)

    # -- what is chosen

    def next(self) -> None:
        """Choose the next annotation of the page."""
        self.picked.step(1)

    def previous(self) -> None:
        """Choose the one before."""
        self.picked.step(-1)

    def at_keys(self) -> Spot | None:
        return self.picked.middle()

    def comment(self) -> None:
        """Write to the chosen annotation, to a new one over the selected text, or to the last."""
        if self.picked.one is not None:
            self.words.open(self.picked.one.uid)
        elif self._mark(Kind.HIGHLIGHT, then=self.words.open):
            return
        elif self._last in self.store.all:
            self.words.open(self._last)
        else:
            self.page.statusChanged.emit(self.tr("Select text, or choose an annotation, first"))

    def delete(self) -> None:
        """Take the chosen ones away."""
        self.words.close()
        self.picked.delete()

    def copy(self) -> None:
        """Copy the chosen ones' words, else the selected text."""
        if self.picked.all:
            self.picked.copy()
        else:
            self.page.copy()

    def make_card(self, card: str) -> None:
        """Make the chosen ones, or the selected text, claim cards of a kind."""
        if self.picked.all:
            self.picked.set_card(card)
        else:
            self._mark(self._marker(), card)

    def quote_in_note(self) -> None:
        """Quote what is chosen or selected in the paper's note."""
        if self.to_note is None:
            return
        for one in self.picked.all or filter(None, [self.draft()]):
            self.to_note(one)

    def show_annotation(self, uid: str) -> None:
        """Scroll to an annotation and put a ring around it, as soon as it is here."""
        self._wanted = uid
        self._show_wanted()

    def _show_wanted(self) -> None:
        one = self.store.all.get(self._wanted)
        if one is None or self.page.pdf is None:
            return
        self._wanted = ""
        shape = self.picked.shape(one, one.page)
        if shape is not None:
            x0, y0, _, _ = shape.rects[0] if shape.rects else shape.box
            self.page.jump(Spot(one.page, x0, y0), _ABOVE)
            self.looks.flash(uid=one.uid)

    def told(self, one: Annotation) -> str:
        """What a tooltip says of an annotation."""
        if one.kind is Kind.TEXT:
            return ""
        meaning = self.store.meanings.get(one.color, "")
        head = " · ".join(filter(None, (meaning, one.card, ", ".join(one.tags))))
        return "\n".join(filter(None, (head, one.comment)))

    # -- the page asks

    def grabs(self, event: QKeyEvent) -> bool:
        return self.hands.grabs(event)

    def key(self, event: QKeyEvent) -> None:
        self.hands.key(event)

    def escape(self) -> bool:
        if self.words.uid:
            self.words.close()
            self.page.canvas.setFocus()
            return True
        return self.tools.drop() or self.bars.hide() or self.picked.clear() or self.caret.end()

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        self._menu.fill(menu, spot)

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        self.looks.paint(painter, view)

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        del painter, ratio
