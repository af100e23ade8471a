"""What the menu of the right button offers on annotations and selected text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from reader.domain.marking import Kind
from reader.ui.viewer.annotate import shapes
from reader.ui.viewer.annotate.bar import TEXT_KINDS, fill_cards
from reader.ui.viewer.annotate.rows import kind_name
from reader.ui.viewer.annotate.strip import fill_colors, fill_sizes
from reader.ui.viewer.area import AreaTool
from reader.ui.viewer.area.band import begin
from reader.ui.viewer.camera import Spot

if TYPE_CHECKING:
    from reader.ui.viewer.annotate.feature import Annotate


class Menu(QObject):
    """Fills the page's menu."""

    def __init__(self, owner: Annotate) -> None:
        super().__init__(owner)
        self._owner = owner

    def fill(self, menu: QMenu, spot: Spot) -> None:
        """Add what can be done with the annotation under the pointer, or the selected text."""
        owner = self._owner
        found = owner.picked.at(spot)
        if found is not None and not owner.picked.holds(found.uid):
            owner.picked.choose([found.uid])
        if found is not None:
            menu.addSeparator()
            self._change(menu)
        elif owner.page.conditions()["text_selected"]:
            menu.addSeparator()
            self._mark(menu)

    def _mark(self, menu: QMenu) -> None:
        owner = self._owner
        colors = menu.addMenu(self.tr("Highlight"))
        fill_colors(colors, owner.named, owner.use_color, owner.color)
        self._rename(colors)
        for kind in TEXT_KINDS[1:]:
            action = menu.addAction(kind_name(kind))
            action.triggered.connect(lambda _, kind=kind: owner.use_kind(kind))
        menu.addAction(self.tr("Comment")).triggered.connect(owner.comment)
        fill_cards(menu.addMenu(self.tr("Card")), owner.make_card, owner.store.cards)

    def _rename(self, menu: QMenu) -> None:
        menu.addSeparator()
        menu.addAction(self.tr("What the colours mean…")).triggered.connect(
            self._owner.rename_colors
        )

    def _change(self, menu: QMenu) -> None:
        owner, chosen = self._owner, self._owner.picked.all
        if owner.picked.one is not None:
            menu.addAction(self.tr("Comment\tC")).triggered.connect(owner.comment)
        now = chosen[0].color if len({one.color for one in chosen}) == 1 else ""
        colors = menu.addMenu(self.tr("Colour"))
        fill_colors(colors, owner.named, owner.use_color, now)
        self._rename(colors)
        if all(one.kind.on_text for one in chosen):
            kinds = menu.addMenu(self.tr("Kind"))
            for kind in TEXT_KINDS:
                action = kinds.addAction(kind_name(kind))
                action.setCheckable(True)
                action.setChecked({one.kind for one in chosen} == {kind})
                action.triggered.connect(lambda _, kind=kind: owner.use_kind(kind))
        sized = {one.kind for one in chosen} & set(shapes.SIZES)
        if len(sized) == 1:
            kind = sized.pop()
            size = chosen[0].size or shapes.SIZES[kind]
            letters = kind is Kind.TEXT
            title = self.tr("Letters") if letters else self.tr("Width")
            fill_sizes(menu.addMenu(title), size, owner.picked.change_size, letters=letters)
        cards = menu.addMenu(self.tr("Card"))
        fill_cards(cards, owner.make_card, owner.store.cards)
        cards.addSeparator()
        cards.addAction(self.tr("No card")).triggered.connect(lambda: owner.make_card(""))
        self._copy(menu)
        menu.addAction(self.tr("Delete\tDel")).triggered.connect(owner.delete)

    def _copy(self, menu: QMenu) -> None:
        owner, one = self._owner, self._owner.picked.one
        if any(other.quote or other.comment for other in owner.picked.all):
            menu.addAction(self.tr("Copy its words")).triggered.connect(owner.picked.copy)
        if one is not None and one.kind is Kind.AREA:
            menu.addAction(self.tr("Copy as a picture")).triggered.connect(self._copy_picture)

    def _copy_picture(self) -> None:
        """Have the engine draw the area, for the clipboard."""
        owner, one = self._owner, self._owner.picked.one
        shape = owner.picked.shape(one, one.page) if one is not None else None
        if one is not None and shape is not None:
            x0, y0, x1, y1 = shape.box
            size = owner.page.canvas.camera.layout.size(one.page)
            band = begin(one.page, size, x0, y0).lead_to(x1, y1)
            owner.page.feature(AreaTool).outcome.make("picture", band)
