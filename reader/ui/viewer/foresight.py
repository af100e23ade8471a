"""What a view is going to want first of a document that is being opened.

The engine asks while the window still makes ready to show it: the two take about as long.
What was foreseen wrongly is dropped with the first picture that is wanted instead.
"""

from __future__ import annotations

from reader.domain.annotation import ReadingPosition
from reader.domain.value import dataclass
from reader.pdf.protocol import PageColors
from reader.ui.viewer import aim, wants
from reader.ui.viewer.aim import View
from reader.ui.viewer.arrangement import parse
from reader.ui.viewer.camera import Camera
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.layout import PageLayout


@dataclass(frozen=True, slots=True)
class Foresight:
    """Asks for the pictures of the page that a view of that size shows first."""

    engine: PdfEngine
    view: View
    position: ReadingPosition
    colors: PageColors | None

    def ask(self, doc: OpenDocument) -> None:
        """Ask, on whatever thread."""
        zoom, arrangement = aim.zoom_of(self.position), parse(*self._arranged())
        if zoom == "text" or arrangement.trim != "off" or not doc.info.pages:
            return  # what the margins are is not known yet
        sizes = [page.size for page in doc.info.geometry]
        camera = Camera(PageLayout(doc.info.pages, sizes, arrangement))
        anchor = aim.anchor_of(self.position, doc.info.pages)
        aim.begin(camera, self.view, zoom, anchor)
        wanted = wants.in_view(camera, camera.current(), self.colors)
        for want in sorted(wanted, key=lambda want: -want.priority)[: wants.AT_ONCE]:
            wants.ask(self.engine, doc, want)

    def _arranged(self) -> tuple[str, int]:
        return self.position.layout, self.position.rotation
