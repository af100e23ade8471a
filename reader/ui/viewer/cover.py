"""What is seen of a document before its first picture: nothing new for a moment, then its words.

Most first pictures are there sooner than anybody could see a page without one.  Where a
file takes longer, the title, the people and the abstract that the library knows stand on
the sheet, to be read meanwhile.
"""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.domain.value import dataclass
from reader.ui.page_themes import PageTheme
from reader.ui.theme import Theme
from reader.ui.turns import paint_apart
from reader.ui.viewer.aim import START, View, begin
from reader.ui.viewer.camera import Camera
from reader.ui.viewer.feature import PageView
from reader.ui.viewer.frame import ViewerFrame
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.shadow import paint_shadow
from reader.ui.widgets.cut_lines import few_lines

_HELD = 34  # ms at most that a page is not painted because its first picture is on its way
_SIDE, _MOST_SIDE = 0.1, 72  # beside and below the words: of the sheet's width, and pixels
_WIDEST = 760  # logical pixels of a line, which the eye still follows back
_ABOVE = 44  # logical pixels over the words
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
_FAINT, _STRONG = 0.62, 0.92  # how much of the ink is in the words

Words = tuple[str, str, str]  # of a document: title, people, abstract


@dataclass(frozen=True, slots=True)
class _Style:
    """How some of the words are set: logical pixels, and as many lines as there may be."""

    size: int
    leading: float
    after: int
    most: int
    strength: float
    weight: QFont.Weight = QFont.Weight.Normal


_NOW = _Style(12, 1.3, 14, 1, _FAINT)
_TITLE = _Style(24, 1.25, 12, 4, _STRONG, QFont.Weight.DemiBold)
_PEOPLE = _Style(13, 1.4, 22, 2, _FAINT)
_ABSTRACT = _Style(15, 1.6, 0, 40, _STRONG)


class Cover(QObject):
    """Stands in for the first picture of a page's document."""

    def __init__(self, page: ViewerFrame) -> None:
        super().__init__(page)
        self._page = page
        self._canvas = page.canvas
        self._words: Words = ("", "", "")
        self._on = False
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._lift)
        page.canvas.layers.append(self)

    def say(self, title: str, people: str = "", abstract: str = "") -> None:
        """This is known of the page's document."""
        self._words = title, people, abstract

    def put_on(self) -> None:
        """The document is being opened: its words are seen until there is a picture."""
        self._on = True

    def hold(self, *, soon: bool) -> None:
        """Have the page painted once, with its first picture, where that comes `soon`."""
        self._page.setUpdatesEnabled(False)
        self._patience.start(_HELD if soon else 0)

    def take_off(self) -> None:
        """There is something to be seen."""
        self._on = False
        if self._patience.isActive():
            self._patience.stop()
            self._lift()

    def _lift(self) -> None:
        """The sheet is painted at once, and what is around it in the turns after it."""
        page = self._page
        paint_apart(*filter(None, (page.bar, page.panel, page.side)))
        # Its own hold: what it stands in may be held too, for another reason and longer.
        page.setUpdatesEnabled(True)
        self._canvas.viewport().repaint()

    # -- painting

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        """Write on the first page in view, as long as it is empty."""
        canvas = self._canvas
        if not self._on or canvas.pictures.has_any(view.page):
            return
        camera = canvas.camera
        if view.page == camera.visible().start:
            left, top, width, height = camera.shown_rect(view.page)
            seen = QRect(left - camera.left, top - camera.top, width, height) & _all(camera)
            # On a clean sheet: neither what hints at waiting nor marks without their page.
            painter.fillRect(seen, view.colors.paper)
            _write(painter, self._words, seen, view.ratio, view.colors)

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        """Write on a sheet where the pages are going to be."""
        del ratio
        if not self._on or self._canvas.loader is not None:
            return
        canvas = self._canvas
        _paint_sheet(painter, self._words, canvas.view, canvas.zoom, canvas.theme)


class Sheet(QWidget):
    """The words of a document whose page is not even made, at once; it goes in the next turn.

    `pages` is where in its parent the pages are going to be, more or less.
    """

    def __init__(
        self, words: Words, zoom: str, pages: QRect, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._words, self._zoom, self._pages, self._theme = words, zoom, pages, theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setGeometry(parent.rect())
        self.show()
        self.repaint()
        QTimer.singleShot(0, self, self._go)

    def _go(self) -> None:
        self.hide()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, place = self.devicePixelRatioF(), self._pages
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("background"))
        painter.setClipRect(place)
        painter.fillRect(place, self._theme.color("viewer_background"))
        painter.translate(place.topLeft())
        painter.scale(1 / ratio, 1 / ratio)
        view = View(place.width(), place.height(), ratio)
        _paint_sheet(painter, self._words, view, self._zoom, self._theme)
        painter.end()


def _paint_sheet(painter: QPainter, words: Words, view: View, zoom: str, theme: Theme) -> None:
    """Paint words on a page where the first one of a document is going to be, in device pixels."""
    camera, ratio = Camera(PageLayout(1)), view.ratio
    begin(camera, view, zoom, START)
    left, top, width, height = camera.shown_rect(0)
    sheet, seen = QRect(left - camera.left, top - camera.top, width, height), _all(camera)
    colors = theme.pages.now
    paint_shadow(painter, sheet, seen, ratio, theme.color("page_shadow"), colors.edge)
    painter.fillRect(sheet & seen, colors.paper)
    _write(painter, words, sheet & seen, ratio, colors)


def _all(camera: Camera) -> QRect:
    return QRect(0, 0, camera.width, camera.height)


def _write(painter: QPainter, words: Words, seen: QRect, ratio: float, colors: PageTheme) -> None:
    below = round(min(seen.width() * _SIDE, _MOST_SIDE * ratio))
    side = max(below, round((seen.width() - _WIDEST * ratio) / 2))
    place = seen.adjusted(side, round(_ABOVE * ratio), -side, -below)
    said = (QCoreApplication.translate("Cover", "Opening…"), *words)
    for text, style in zip(said, (_NOW, _TITLE, _PEOPLE, _ABSTRACT), strict=True):
        _set(painter, text, style, place, ratio, colors)


def _set(
    painter: QPainter, text: str, style: _Style, place: QRect, ratio: float, colors: PageTheme
) -> None:
    """Set some words at the top of a place, which then begins below them."""
    if not text or place.width() < 1:
        return
    font = QFont(painter.font())
    font.setPixelSize(round(style.size * ratio))
    font.setWeight(style.weight)
    painter.setFont(font)
    ink = QColor(colors.ink)
    ink.setAlphaF(style.strength)
    painter.setPen(ink)
    painter.setLayoutDirection(_direction(text))
    line = round(style.size * style.leading * ratio)
    most = min(style.most, place.height() // line)
    for words in few_lines(text, font, place.width(), most) if most > 0 else ():
        painter.drawText(place, _LINE, words)
        place.setTop(place.top() + line)
    place.setTop(place.top() + round(style.after * ratio))


def _direction(text: str) -> Qt.LayoutDirection:
    """How a text runs, as its first letter does: its lines begin on that side."""
    kinds = (kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL"))
    leftward = next(kinds, "L") != "L"
    return Qt.LayoutDirection.RightToLeft if leftward else Qt.LayoutDirection.LeftToRight
