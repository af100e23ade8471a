"""Smart jump: what a mention or link leads to is shown near it, and followed by a click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from reader.domain.annotation import Rect
from reader.domain.errors import CancelledError
from reader.pdf.protocol import PdfLink
from reader.services import citing
from reader.services.findings import Mention, Reference
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.jump import placing
from reader.ui.viewer.jump.places import on_view
from reader.ui.viewer.jump.popup import FOOT, Preview
from reader.ui.viewer.jump.view import Sight, of_link, of_mention, region
from reader.ui.viewer.region import Region, Regions
from reader.ui.viewer.study import Study
from reader.ui.widgets.outwards import focus_in

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

_SOON, _LATER = 150, 280  # ms until a preview shows, and until it goes
_PATIENCE = 400  # ms until a preview shows without its picture
_PRIORITY = 45
_BUDGET = 24 << 20
_ABOVE = 28


class Jump(Feature):
    """Makes mentions links, and shows previews of them and of the file's own links."""

    shown = Signal(object)  # the Sight a preview shows
    open_wanted = Signal(str)  # the uid of a paper of the library

    name = "smart_jump"
    rows = (
        Command(
            "viewer.previews", QT_TRANSLATE_NOOP("Commands", "Previews of what is pointed at"),
            "viewer", "smart_jump.toggle", (), "", "Document", 4, enabled="document",
            checkable=True, checked="previews",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.on = True
        self.preview: Preview | None = None
        self._link: PdfLink | None = None  # the one under the pointer
        self._shown: PdfLink | None = None  # the one a preview stands at
        self._sheet = -1  # its page
        self._sight: Sight | None = None
        self._by_key = False  # the preview was asked for by key, and has the focus
        self._region: Region | None = None
        self._links: dict[int, tuple[PdfLink, ...]] = {}
        self._regions = Regions(page.engine, _PRIORITY, _BUDGET, self)
        self._regions.arrived.connect(self._drawn)
        self._regions.failed.connect(self._undrawn)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._appear)
        self._show_timer = QTimer(self, singleShot=True, interval=_SOON)
        self._show_timer.timeout.connect(self._show)
        self._hide_timer = QTimer(self, singleShot=True, interval=_LATER)
        self._hide_timer.timeout.connect(self.hide)
        page.pointer.hovered.connect(self._hovered)
        page.canvas.moved.connect(self.hide)

    # -- the document

    def opened(self, pdf: PdfView) -> None:
        self._regions.use(pdf.doc)
        self.page.canvas.content.found = self._found
        self.page.feature(Study).ready.connect(self._links.clear)

    def left(self) -> None:
        self.hide()
        self._links.clear()
        self._regions.use(None)

    def rest(self) -> None:
        self.hide()
        if self.preview is not None:
            self.preview.picture.show_image(None)
        self._regions.use(self.page.pdf.doc if self.page.pdf is not None else None)

    def conditions(self) -> dict[str, bool]:
        return {"previews": self.on}

    def escape(self) -> bool:
        was = self.preview is not None and self.preview.isVisible()
        self.hide()
        return was

    def toggle(self, on: bool) -> None:
        """Show previews, or only follow what is clicked."""
        self.on = on
        self.hide()
        self.page.tell_conditions()

    def _found(self, sheet: int) -> Sequence[PdfLink]:
        """The mentions of a page as links."""
        if sheet not in self._links:
            findings = self.page.feature(Study).findings
            self._links[sheet] = tuple(
                PdfLink(rect, mention.target.page, mention.target.rect[0], mention.target.rect[1])
                for mention in findings.mentions.get(sheet, ())
                if mention.target is not None
                for rect in mention.rects
            )
        return self._links[sheet]

    # -- pointing

    def _hovered(self, link: PdfLink | None) -> None:
        if link is None or link.page is None:
            self._show_timer.stop()
            if not self._by_key:
                self._hide_timer.start()
            return
        if link is self._shown and self._sight is not None:
            self._show_timer.stop()
            self._hide_timer.stop()
            return
        self._link = link
        if self.on:
            self._by_key = False
            self._show_timer.start()

    def _mention(self, link: PdfLink) -> tuple[int, Mention | None]:
        """The page a link is on, and the mention it was made of or covers."""
        findings = self.page.feature(Study).findings
        x, y = (link.rect[0] + link.rect[2]) / 2, (link.rect[1] + link.rect[3]) / 2
        content = self.page.canvas.content
        for sheet in self.page.canvas.camera.visible():
            if link in self._found(sheet) or link in (content.links(sheet) or ()):
                return sheet, findings.mention_at(sheet, x, y)
        return self.page.canvas.camera.current(), None

    def preview_of(self, link: PdfLink) -> None:
        """Show the preview of a link in view at once, and let keys go there."""
        self.hide()
        self._link = link
        self._by_key = True
        self._show()

    def _show(self) -> None:
        link, pdf = self._link, self.page.pdf
        if link is None or link.page is None or pdf is None:
            return
        self._hide_timer.stop()
        self._shown = link
        findings = self.page.feature(Study).findings
        self._sheet, mention = self._mention(link)
        sight = None
        if mention is not None and mention.target is not None:
            sight = of_mention(mention, findings, pdf.size_of(mention.target.page))
        self._sight = sight or of_link(link, findings, pdf.size_of(link.page))
        if self._sight is None:
            return
        self.shown.emit(self._sight)
        if self.preview is None:
            self.preview = self._made()
        if self._sight.reference is not None:
            self._show_reference(self.preview, self._sight.reference)
        else:
            self._show_picture(self.preview, self._sight)

    def _made(self) -> Preview:
        preview = Preview(self.page.canvas)
        preview.followed.connect(self.follow)
        preview.entered.connect(self._hide_timer.stop)
        preview.exited.connect(self._hide_timer.start)
        preview.closed.connect(self._close)
        preview.card.open_wanted.connect(self._open)
        preview.card.add_wanted.connect(self._add)
        return preview

    # -- what is shown

    def _line(self) -> QRect:
        """The line that is pointed at, in the canvas' logical pixels."""
        canvas = self.page.canvas
        assert self._shown is not None
        x0, _, x1, _ = self._shown.rect
        y0, y1 = self._heights(self._sheet, self._shown.rect)
        box = on_view(canvas, self._sheet, (x0, y0, x1, y1))
        ratio = canvas.ratio
        corner = canvas.viewport().mapTo(
            canvas, QPoint(round(box.x() / ratio), round(box.y() / ratio))
        )
        return QRect(corner, QSize(round(box.width() / ratio), round(box.height() / ratio)))

    def _heights(self, sheet: int, rect: Rect) -> tuple[float, float]:
        """Top and foot of the whole line a link stands in: a superscript is less than its line."""
        text = self.page.canvas.content.text(sheet)
        index = None
        if text is not None:
            index = text.char_at((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2)
        if text is None or index is None:
            return rect[1], rect[3]
        boxes = text.rects(*text.line_at(index))
        if not boxes or boxes[0][3] - boxes[0][1] > 4 * (rect[3] - rect[1]):  # it runs upwards
            return rect[1], rect[3]
        return min(boxes[0][1], rect[1]), max(boxes[0][3], rect[3])

    def _window(self) -> QRect:
        return self.page.canvas.viewport().geometry()

    def _show_picture(self, preview: Preview, sight: Sight) -> None:
        canvas, pdf = self.page.canvas, self.page.pdf
        assert pdf is not None
        room = placing.room(self._line(), self._window(), wanted=180)
        ratio = canvas.ratio
        most = (room.size.width() * ratio, max(room.size.height() - FOOT, 40) * ratio)
        colors = self.page.theme.pages.now
        self._regions.recolor(colors.colors)
        size, camera = pdf.size_of(sight.spot.page), canvas.camera
        self._region = region(sight, camera.scale, most, size, camera.rotation)
        self._regions.want([self._region])
        image: QImage | None = self._regions.image(self._region)
        width, height = self._region.pixels
        size = QSize(max(round(width / ratio), 150), max(round(height / ratio), 24))
        preview.show_picture(size, image, colors.paper, self._foot(sight))
        self._place(preview, room.below)
        if image is not None:
            self._appear()
        else:  # blank paper that is filled a moment later would only flicker
            preview.hide()
            self._patience.start()

    def _foot(self, sight: Sight) -> str:
        assert self.page.pdf is not None
        label = self.tr("page {}").format(self.page.pdf.label(sight.spot.page))
        words = " ".join(sight.text.split())
        return f"{label} · {words}" if words and sight.kind == "section" else label

    def _show_reference(self, preview: Preview, reference: Reference) -> None:
        preview.card.show_reference(reference)
        preview.show_card()
        room = placing.room(self._line(), self._window(), wanted=preview.height())
        self._place(preview, room.below)
        self._appear()
        home = self.page.home
        if home is None:
            return
        desk = home.desk
        desk.read(
            lambda: citing.in_library(desk.reader, [reference]),
            then=partial(self._told, reference),
            owner=self,
            newest="reference",
        )

    def _told(self, reference: Reference, found: dict[int, str]) -> None:
        preview = self.preview
        if preview is None or self._sight is None or self._sight.reference is not reference:
            return
        paper = found.get(reference.number, "")
        preview.card.tell(paper, addable=bool(citing.draft(reference).title))
        preview.fit_card()
        room = placing.room(self._line(), self._window(), wanted=preview.height())
        self._place(preview, room.below)
        if self._by_key:
            preview.take_focus()

    def _place(self, preview: Preview, below: bool) -> None:
        preview.move(placing.corner(self._line(), self._window(), preview.size(), below=below))

    def _appear(self) -> None:
        """Show the preview, which is made and in its place."""
        self._patience.stop()
        preview = self.preview
        if preview is None or self._sight is None:
            return
        preview.show()
        preview.raise_()
        if self._by_key:
            preview.take_focus()

    def _drawn(self, done: Region) -> None:
        if self.preview is not None and done == self._region:
            paper = self.page.theme.pages.now.paper
            self.preview.picture.show_image(self._regions.image(done), paper)
            self._appear()

    def _undrawn(self, region: Region) -> None:
        """A part of a page that cannot be drawn has no preview; a click goes there all the same."""
        if region == self._region:
            self.hide()

    # -- going

    def hide(self) -> None:
        """Take the preview away."""
        for timer in (self._show_timer, self._hide_timer, self._patience):
            timer.stop()
        self._regions.want(())
        self._region = self._sight = self._shown = None
        self._by_key = False
        if self.preview is not None:
            focused = self.preview.isAncestorOf(focus_in(self.page) or self.page)
            self.preview.hide()
            if focused or self.preview.hasFocus():
                self.page.canvas.setFocus()

    def _close(self) -> None:
        self.hide()
        self.page.canvas.setFocus()

    def follow(self) -> None:
        """Go to what the preview shows."""
        sight = self._sight
        self._close()
        if sight is not None:
            self.page.jump(sight.spot, above=_ABOVE)

    def _open(self, paper: str) -> None:
        self.hide()
        self.open_wanted.emit(paper)

    def _add(self) -> None:
        sight, home = self._sight, self.page.home
        if sight is None or sight.reference is None or home is None:
            return
        reference = sight.reference
        home.desk.write(
            lambda writer: citing.add(writer, reference),
            then=lambda _result: self._added(reference),
            failed=self._refused,
            owner=self,
        )

    def _added(self, reference: Reference) -> None:
        if self.page.home is not None:
            title = citing.draft(reference).title
            self.page.home.desk.notices.ok(self.tr("“{}” is in your library.").format(title))
        self.hide()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self.page.troubled.emit(error)
