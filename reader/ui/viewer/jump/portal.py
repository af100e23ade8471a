"""Portals: figures and other targets in a pane beside the pages, pinned or following the text.

What is pinned is kept for each document, so that it is there again after a restart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QMenu

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home
from reader.ui.viewer.jump import pinned
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.portal_pane import NARROWEST, Card, PortalPane
from reader.ui.viewer.jump.view import Sight, of_mention, of_target, region
from reader.ui.viewer.region import Region, Regions
from reader.ui.viewer.study import Study

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_PRIORITY = 40
_BUDGET = 24 << 20
_SHARE, _WIDEST = 0.34, 4_000  # of the width at first; logical pixels
_MOST_SCALE = 2.4  # logical pixels a point: a small figure is not blown up to a wide pane
_ABOVE = 28
_MOST = 12  # pins
_SETTLED = 120  # ms without a move: then the text in view is looked through, pictures are asked for
_WIDTH = "portal_width"


class Portal(Feature):
    """Pins what was pointed at, and shows what is mentioned; the pane stays while pages move."""

    name = "portal"
    rows = (
        Command(
            "viewer.portal", QT_TRANSLATE_NOOP("Commands", "Pin what was pointed at last"),
            "viewer", "portal.pin", ("Shift+P",), "portal", "Document", 4, enabled="can_pin",
        ),
        Command(
            "viewer.portals", QT_TRANSLATE_NOOP("Commands", "Pinned figures beside the pages"),
            "viewer", "portal.show", (), "portal", "View", 6, enabled="document",
            checkable=True, checked="portals",
        ),
        Command(
            "viewer.portal_follow",
            QT_TRANSLATE_NOOP("Commands", "Show the figure or table the page mentions"),
            "viewer", "portal.follow", (), "follow", "View", 6, enabled="document",
            checkable=True, checked="portal_follow",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.pins: tuple[Sight, ...] = ()
        self.mentioned: Sight | None = None
        self.following = False
        self.shown = False
        self.pane: PortalPane | None = None
        self._of = ""  # the document the pins are kept of
        self._last: Sight | None = None
        self._regions = Regions(page.engine, _PRIORITY, _BUDGET, self)
        self._regions.arrived.connect(self._drawn)
        self._wanted: dict[Region, Card] = {}
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._look)
        page.theme.pages.changed.connect(self._draw)
        page.canvas.arranged.connect(self._draw)
        page.canvas.moved.connect(self._moved)
        page.feature(Jump).shown.connect(self._pointed)
        page.feature(Study).ready.connect(self._settled.start)

    # -- the document

    def homed(self, home: Home) -> None:
        del home
        self._load()

    def opened(self, pdf: PdfView) -> None:
        self._regions.use(pdf.doc)
        self._of = ""
        self._load()
        self._settled.start()

    def left(self) -> None:
        self._settled.stop()
        self._last = self.mentioned = None
        self._regions.use(None)
        self._of, self.pins = "", ()
        self.following = self.shown = False
        self._show()

    def rest(self) -> None:
        self._settled.stop()
        self._wanted.clear()
        self._regions.use(self.page.pdf.doc if self.page.pdf is not None else None)
        for card in self.pane.cards if self.pane is not None else ():
            card.picture.show_image(None, self.page.theme.pages.now.paper)

    def _load(self) -> None:
        """Bring back what was pinned in this document."""
        home, pdf = self.page.home, self.page.pdf
        if home is None or pdf is None:
            return
        name = home.attachment or str(self.page.path.absolute())
        if name == self._of:
            return
        # What was pinned before the file was known to be a paper's belongs to the paper now.
        before, self._of = self.pins, name
        found = home.kept.of(self.name, name)
        pins = found.get("pins")
        sights = map(pinned.of_json, pins if isinstance(pins, list) else ())
        known = tuple(sight for sight in sights if sight and sight.spot.page < pdf.pages)
        self.pins = tuple(dict.fromkeys((*known, *before)))[-_MOST:]
        self.following = self.following or found.get("follow") is True
        self.shown = self.shown or found.get("shown") is True
        self._show()

    def _keep(self) -> None:
        home = self.page.home
        if home is None or not self._of:
            return
        if not self.pins and not self.shown:
            home.kept.keep(self.name, self._of, {})
            return
        pins = [pinned.to_json(sight) for sight in self.pins]
        value = {"pins": pins, "follow": self.following, "shown": self.shown}
        home.kept.keep(self.name, self._of, value)

    def conditions(self) -> dict[str, bool]:
        return {
            "can_pin": self._last is not None,
            "portals": self.shown,
            "portal_follow": self.shown and self.following,
        }

    # -- what the reader does

    def pin(self) -> None:
        """Keep the target of the last preview in sight."""
        if self._last is not None:
            self.page.feature(Jump).hide()
            self.add(self._last)

    def add(self, sight: Sight) -> None:
        """Keep a target in sight."""
        sight = replace(sight, reference=None)
        if sight not in self.pins:
            self.pins = (*self.pins, sight)[-_MOST:]
        self.shown = True
        self._changed()
        place = self.pins.index(sight) - len(self.pins)
        if self.pane is not None:
            self.pane.reveal(self.pane.cards[place])

    def remove(self, sight: Sight) -> None:
        """Keep a target no longer; with the last one the pane goes."""
        self.pins = tuple(one for one in self.pins if one != sight)
        self.shown = self.shown and (bool(self.pins) or self.following)
        if not self.shown:
            self.page.canvas.setFocus()
        self._changed()

    def show(self, on: bool) -> None:
        """Show or hide the pane; what is pinned stays pinned."""
        self.shown = on
        self._changed()

    def follow(self, on: bool) -> None:
        """Show the figure or table that is mentioned where the reader is."""
        self.following = on
        self.shown = self.shown or on
        self._look()
        self._changed()

    def _changed(self) -> None:
        self._keep()
        self._show()
        self.page.tell_conditions()

    def _pointed(self, sight: Sight) -> None:
        self._last = sight
        self.page.tell_conditions()

    def _go(self, sight: Sight) -> None:
        self.page.jump(sight.spot, above=_ABOVE)

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        pdf = self.page.pdf
        findings = self.page.feature(Study).findings
        target = pinned.of_caption(findings, spot)
        sight = None
        mention = findings.mention_at(spot.page, spot.x, spot.y)
        if pdf is None:
            return
        if mention is not None and mention.target is not None:
            sight = of_mention(mention, findings, pdf.size_of(mention.target.page))
        elif target is not None:
            sight = of_target("figure", target, findings, pdf.size_of(target.page))
        if sight is not None:
            text = self.tr("Pin beside the pages")
            menu.addAction(text).triggered.connect(partial(self.add, sight))

    # -- following

    def _moved(self) -> None:
        if self.shown and self.following:
            self._settled.start()

    def _look(self) -> None:
        """Find what is mentioned where the reader is; with no mention in view, it stays."""
        pdf = self.page.pdf
        if pdf is None or not self.following:
            return
        findings = self.page.feature(Study).findings
        mention = pinned.mentioned(self.page.canvas, findings, self._places())
        if mention is None or mention.target is None:
            return
        sight = of_mention(mention, findings, pdf.size_of(mention.target.page))
        if sight != self.mentioned:
            self.mentioned = sight
            self._show()

    def _places(self) -> set[Spot]:
        return {sight.spot for sight in self.pins}

    # -- what is seen

    def _show(self) -> None:
        """Bring the pane up to date."""
        if not self.shown or self.page.pdf is None:
            if self.pane is not None:
                self.pane.hide()
                self.pane.show_cards((), "")
            return
        if self.pane is None:
            self.pane = self._made()
        pane = self.pane
        pane.follow.setChecked(self.following)
        pane.show_cards(self._cards(pane), self._note())
        if pane.isHidden():
            pane.show()
            self._divide(pane)
        self._draw()

    def _made(self) -> PortalPane:
        pane = PortalPane(self.page)
        pane.hide()
        pane.follow_wanted.connect(self.follow)
        pane.closed.connect(lambda: self.show(on=False))
        pane.resized.connect(self._draw)
        self.page.reading.addWidget(pane)
        self.page.reading.setStretchFactor(1, 0)
        self.page.reading.splitterMoved.connect(self._measure)
        return pane

    def _divide(self, pane: PortalPane) -> None:
        home, reading = self.page.home, self.page.reading
        whole = reading.width()
        kept = home.kept.number(_WIDTH, NARROWEST, _WIDEST) if home is not None else None
        width = max(min(kept or round(whole * _SHARE), whole // 2), pane.minimumWidth())
        reading.setSizes([whole - width, width])

    def _measure(self) -> None:
        home = self.page.home
        if home is not None and self.pane is not None:
            home.kept.put(_WIDTH, self.pane.width())

    def _note(self) -> str:
        if self.following and self.mentioned is None and not self.pins:
            if self.page.feature(Study).done:
                return self.tr("No figure or table is mentioned here.")
            return self.tr("The document is being looked through.")
        if not self.pins and not self.following:
            return self.tr(
                "Right-click a figure, or what mentions one, to pin it here while you read on."
            )
        return ""

    def _cards(self, pane: PortalPane) -> Sequence[Card]:
        """A card for each target; those that stay the same are kept."""
        found: list[Card] = []
        old = {card.sight: card for card in pane.cards if not card.follows}
        pinned_too = self.mentioned is not None and self.mentioned.spot in self._places()
        if self.following and self.mentioned is not None and not pinned_too:
            card = next((card for card in pane.cards if card.follows), None)
            if card is None:
                card = Card(self.page.theme, pane, self.mentioned, follows=True)
                card.followed.connect(lambda: self.mentioned and self._go(self.mentioned))
                card.kept.connect(lambda: self.mentioned and self.add(self.mentioned))
            card.sight = self.mentioned
            found.append(card)
        for sight in self.pins:
            card = old.get(sight)
            if card is None:
                card = Card(self.page.theme, pane, sight)
                card.followed.connect(partial(self._go, sight))
                card.removed.connect(partial(self.remove, sight))
            found.append(card)
        for card in found:
            card.say(self._name(card.sight), self._where(card.sight))
        return found

    def _name(self, sight: Sight) -> str:
        """How the text names it; what else the caption says is in the picture."""
        if sight.kind in pinned.FOLLOWED:
            return pinned.short_name(sight.text) or sight.text
        if sight.kind == "equation":
            return self.tr("Equation {}").format(pinned.short_number(sight.text))
        return sight.text or self.tr("A place in the text")

    def _where(self, sight: Sight) -> str:
        pdf = self.page.pdf
        return self.tr("page {}").format(pdf.label(sight.spot.page)) if pdf is not None else ""

    def _draw(self) -> None:
        """Give the pictures their size, and ask for those that are not there."""
        pane, pdf = self.pane, self.page.pdf
        if pane is None or pdf is None or not pane.isVisible():
            return
        canvas, colors = self.page.canvas, self.page.theme.pages.now
        ratio, room = canvas.ratio, pane.room()
        self._regions.recolor(colors.colors)
        self._wanted = {}
        for card in pane.cards:
            size = pdf.size_of(card.sight.spot.page)
            most = room.width() * ratio, room.height() * ratio
            wanted = region(card.sight, _MOST_SCALE * ratio, most, size, canvas.camera.rotation)
            across, down = wanted.pixels
            card.picture.setFixedSize(QSize(round(across / ratio), round(down / ratio)))
            self._wanted[wanted] = card
            image = self._regions.image(wanted)
            if image is not None:
                card.picture.show_image(image, colors.paper)
        self._regions.want(self._wanted)

    def _drawn(self, done: Region) -> None:
        card = self._wanted.get(done)
        if card is not None:
            card.picture.show_image(self._regions.image(done), self.page.theme.pages.now.paper)
