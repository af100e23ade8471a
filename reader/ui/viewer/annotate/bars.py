"""When the bar of marks and the strip of tools are shown, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

from reader.ui.viewer.annotate.bar import MarkBar
from reader.ui.viewer.annotate.places import in_view, seen_of
from reader.ui.viewer.annotate.strip import ToolStrip
from reader.ui.viewer.area import AreaTool
from reader.ui.viewer.selection import Chosen, running

if TYPE_CHECKING:
    from reader.ui.viewer.annotate.feature import Annotate


class Bars(QObject):
    """Shows the bar by what is selected or chosen, and the strip while it is wanted."""

    def __init__(self, owner: Annotate) -> None:
        super().__init__(owner)
        self._owner = owner
        self._page = page = owner.page
        self._offered: Chosen | None = None  # the selected text the bar stands by
        self._wanted = False
        self._marks: MarkBar | None = None  # both are made when they are first shown
        self._strip: ToolStrip | None = None
        owner.tools.changed.connect(self.show_strip)
        owner.picked.changed.connect(self.look)
        owner.words.changed.connect(self.look)
        owner.store.renamed.connect(self.show_strip)
        owner.store.changed.connect(self._renew)
        page.conditionsChanged.connect(self._check)
        page.canvas.moved.connect(self.place)

    @property
    def marks(self) -> MarkBar:
        """The bar near what is selected or chosen."""
        if self._marks is None:
            owner = self._owner
            self._marks = marks = MarkBar(
                owner.named, lambda: owner.store.cards, self._page.canvas.viewport()
            )
            marks.colored.connect(owner.use_color)
            marks.kind_wanted.connect(owner.use_kind)
            marks.carded.connect(owner.make_card)
            marks.wanted.connect(self._do)
        return self._marks

    @property
    def strip(self) -> ToolStrip:
        """The strip of tools."""
        if self._strip is None:
            owner = self._owner
            view = self._page.canvas.viewport()
            self._strip = strip = ToolStrip(self._page.theme, owner.named, view)
            strip.taken.connect(owner.take)
            strip.colored.connect(owner.use_color)
            strip.sized.connect(owner.use_size)
            strip.kept.connect(owner.set_keep)
            strip.rename_wanted.connect(owner.rename_colors)
            strip.closed.connect(owner.show_tools)
            strip.shown.connect(self.show_strip)  # another tab may have used something else
        return self._strip

    @property
    def strip_shown(self) -> bool:
        return self._strip is not None and self._strip.isVisibleTo(self._page)

    def _do(self, name: str) -> None:
        match name:
            case "comment":
                self._owner.comment()
            case "copy":
                self._owner.copy()
            case "note":
                self._owner.quote_in_note()
            case "delete":
                self._owner.delete()
            case _:
                self._owner.set_keep(not self._owner.tools.keep)

    # -- the bar

    def offer(self) -> None:
        """Text was selected with the pointer: offer to mark it."""
        chosen = self._page.canvas.selection
        in_hand = self._page.feature(AreaTool).wish is not None
        if chosen is None or chosen.empty or in_hand:
            return
        self._offered = chosen
        owner = self._owner
        self.marks.offer_marks(
            owner.color, keep=owner.tools.keep, to_note=owner.to_note is not None
        )
        self._show()

    def look(self) -> None:
        """Show the bar by the chosen annotations, unless their comment is open."""
        owner, chosen = self._owner, self._owner.picked.all
        if chosen and not owner.words.uid:
            self._offered = None
            self.marks.offer_changes(chosen, to_note=owner.to_note is not None)
            self._show()
        elif self._offered is None:
            self.hide()

    def _renew(self) -> None:
        """The chosen ones may look otherwise now."""
        if self._wanted and self._offered is None:
            self.look()

    def _show(self) -> None:
        self._wanted = True
        self.marks.show()
        self.place()

    def _check(self) -> None:
        """Hide the bar when other text, or none, is selected."""
        if self._offered is not None and self._page.canvas.selection != self._offered:
            self._offered = None
            self.look()

    def hide(self) -> bool:
        """Hide the bar; whether it was there."""
        self._offered = None
        self._wanted = False
        if self._marks is None:
            return False
        was = self._marks.isVisibleTo(self._page)
        self._marks.hide()
        return was

    def place(self) -> None:
        """Follow what the bar belongs to; out of view it is not shown."""
        canvas = self._page.canvas
        if not self._wanted:
            return
        area = seen_of(canvas, self._places())
        self.marks.setVisible(not area.isEmpty())
        if not area.isEmpty():
            self.marks.stand_by(area)

    def _places(self) -> list[QRectF]:
        canvas, visible = self._page.canvas, self._page.canvas.camera.visible()
        found: list[QRectF] = []
        if self._offered is not None:
            for page in visible:
                text = canvas.content.text(page)
                if text is not None:
                    spans = running(self._offered, page, text, canvas.content.aside(page))
                    found += [
                        in_view(canvas, page, rect) for span in spans for rect in text.rects(*span)
                    ]
            return found
        for one in self._owner.picked.all:
            for part in one.parts:
                shape = self._owner.picked.shape(one, part.page) if part.page in visible else None
                rects = (shape.rects or (shape.box,)) if shape is not None else ()
                found += [in_view(canvas, part.page, rect) for rect in rects]
        return found

    # -- the strip

    def toggle_strip(self) -> None:
        """Show the tools, or hide them."""
        self.strip.setVisible(self.strip.isHidden())
        self.show_strip()

    def resized(self) -> None:
        """The view has another size."""
        if self.strip_shown:
            self.strip.place()
        self.place()

    def show_strip(self) -> None:
        """Show on the strip what is so now."""
        owner = self._owner
        if self.strip_shown:
            tools = owner.tools
            self.strip.show_state(tools.tool, owner.color, tools.width, keep=tools.keep)
