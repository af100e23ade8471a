"""Reading aloud: sentence by sentence, the one that is spoken highlighted."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPainter

from reader.domain.accents import readable
from reader.domain.errors import ReaderError
from reader.pdf.protocol import PageText
from reader.services.speaking import Saying, Voice, find_voice, sentences
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.aids.aloud_bar import AloudBar
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature, PageView
from reader.ui.viewer.selection import Selection
from reader.ui.viewer.study import Study
from reader.ui.viewer.wants import Want

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

Span = tuple[int, int]
_LOOK = 60  # ms between looks whether a sentence has been said
_PRIORITY = 65
_TELLING = 40  # characters of a sentence that takes its time to be said
_FASTEST = 100  # characters a second, three times what anybody follows
_HASTY = 3  # sentences in a row that ended sooner: nothing is heard


class Aloud(Feature):
    """Reads from the selection or the top of the view until it is stopped."""

    name = "aloud"
    rows = (
        Command(
            "viewer.aloud", QT_TRANSLATE_NOOP("Commands", "Read aloud"), "viewer", "aloud.toggle",
            ("Ctrl+Shift+S",), "aloud", "Document", 6, enabled="document", checkable=True,
            checked="aloud",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self.find: Callable[[], Voice] = find_voice
        self._voice: Voice | None = None
        self._saying: Saying | None = None
        self._spans: list[Span] = []
        self._sheet = -1  # the page that is read
        self._at = 0
        self._from = 0  # index of the character to begin at
        self._paused = False
        self._silent = False  # nothing was said since the reader asked for it
        self._begun = 0.0  # when the sentence was begun, seconds of the monotonic clock
        self._hasty = 0
        self._bar: AloudBar | None = None
        self._clock = QTimer(self, interval=_LOOK)
        self._clock.timeout.connect(self._look)
        page.canvas.layers.append(self)

    # -- commands

    @property
    def on(self) -> bool:
        return self._voice is not None

    @property
    def spoken(self) -> tuple[int, Span] | None:
        """The page and the characters that are being said."""
        if not self.on or self._at >= len(self._spans):
            return None
        return self._sheet, self._spans[self._at]

    def toggle(self, on: bool) -> None:
        """Begin to read aloud, or stop."""
        if not on:
            self.stop()
        elif not self.on and not self._tell_lack():
            try:
                self._voice = self.find()
            except ReaderError as error:
                self.page.troubled.emit(error)
            else:
                self._begin()
        self.page.tell_conditions()

    def _tell_lack(self) -> bool:
        """Say so where there is no text to read; whether that is known."""
        lack = self.page.pdf.find.lack if self.page.pdf is not None else ""
        if lack:
            self.page.statusChanged.emit(lack)
        return bool(lack)

    def _learned(self) -> None:
        """The whole text has come: without any, nothing was to be read, or is going to be."""
        if self._silent and self._tell_lack() and self.on:
            self.stop()
        self._silent = False

    def stop(self) -> None:
        """Be silent."""
        self._clock.stop()
        self._hush()
        self._voice = None
        self._spans, self._sheet, self._paused, self._hasty = [], -1, False, 0
        if self._bar is not None:
            self._bar.hide()
        self.page.canvas.viewport().update()
        self.page.tell_conditions()

    def pause(self) -> None:
        """Be silent for a while; the sentence begins anew afterwards."""
        self._paused = not self._paused
        if self._paused:
            self._clock.stop()
            self._hush()
        else:
            self._say()
        self._show()

    def step(self, by: int) -> None:
        """Go to the next or the previous sentence."""
        self._hush()
        self._at = max(self._at + by, 0)
        self._say()

    def conditions(self) -> dict[str, bool]:
        return {"aloud": self.on}

    def escape(self) -> bool:
        was = self.on
        if was:
            self.stop()
        return was

    # -- the document

    def opened(self, pdf: PdfView) -> None:
        pdf.loader.texted.connect(self._texted)
        pdf.read.connect(self._learned)
        self.page.feature(Study).ready.connect(self._studied, Qt.ConnectionType.UniqueConnection)

    def left(self) -> None:
        self._silent = False
        if self.on:
            self.stop()

    # -- speaking

    def _begin(self) -> None:
        self._silent = True
        canvas = self.page.canvas
        chosen = canvas.selection
        if isinstance(chosen, Selection) and not chosen.empty:
            self._open(chosen.start.page, chosen.start.index)
            return
        spot = canvas.camera.spot(canvas.camera.width / 2, 0)
        text = canvas.content.text(spot.page)
        first = 0
        if text is not None:
            below = (low for low, high in text.lines if text.rects(low, high)[0][1] >= spot.y)
            first = next(below, len(text.chars))
        self._open(spot.page, first)

    def _open(self, sheet: int, first: int) -> None:
        """Read a page from a character on; its text may still have to come."""
        pdf = self.page.pdf
        if pdf is None or sheet >= pdf.pages:
            self.stop()
            return
        self._sheet, self._from = sheet, first
        text = self.page.canvas.content.text(sheet)
        if text is None:
            self._spans = []
            pdf.requests.want("aloud", [Want("text", sheet, priority=_PRIORITY)])
        else:
            self._spans = [span for span in self._sentences(text) if span[1] > first]
            self._at = 0
            self._say()
        self._show()

    def _sentences(self, text: PageText) -> list[Span]:
        """What is read of the present page: nothing of running heads and page numbers."""
        plan = self.page.feature(Study).findings.plans.get(self._sheet)
        return sentences(text, plan.left_out if plan is not None else ())

    def _studied(self) -> None:
        """What is no running text has become known: what comes next is read without it."""
        text = self.page.canvas.content.text(self._sheet) if self.on else None
        if text is not None and self._at < len(self._spans):
            now = self._spans[self._at]
            later = [span for span in self._sentences(text) if span[0] >= now[1]]
            self._spans, self._at = [now, *later], 0

    def _texted(self, sheet: int) -> None:
        if self.on and sheet == self._sheet and not self._spans:
            self._open(sheet, self._from)

    def _say(self) -> None:
        if self._voice is None:
            return
        if self._at >= len(self._spans):
            # By way of the loop: a thousand empty pages are no thousand calls deep.
            QTimer.singleShot(0, self, lambda sheet=self._sheet: self._turn(sheet))
            return
        text = self.page.canvas.content.text(self._sheet)
        if text is None or self._paused:
            return
        low, high = self._spans[self._at]
        try:
            self._silent = False
            self._saying = self._voice.say(readable(text.copy(low, high)))
        except ReaderError as error:
            self.stop()
            self.page.troubled.emit(error)
            return
        self._begun = time.monotonic()
        self._clock.start()
        self._reveal()

    def _turn(self, sheet: int) -> None:
        if self.on and sheet == self._sheet:
            self._open(sheet + 1, 0)

    def _look(self) -> None:
        saying = self._saying
        if saying is None or not saying.ended:
            return
        self._clock.stop()
        self._saying = None
        self._count_hasty()
        if saying.failed:
            self._give_up(self.tr("{} ended with an error, so nothing more is read aloud."))
            return
        if self._hasty >= _HASTY:
            self._give_up(self.tr("{} ends at once without a sound, so nothing is read aloud."))
            return
        self._at += 1
        self._say()

    def _count_hasty(self) -> None:
        """Count sentences that were over before they could be said.

        Without a sound card espeak-ng ends at once, and says that all went well.
        """
        low, high = self._spans[self._at]
        if high - low >= _TELLING:
            hasty = time.monotonic() - self._begun < (high - low) / _FASTEST
            self._hasty = self._hasty + 1 if hasty else 0

    def _give_up(self, words: str) -> None:
        name = self._voice.name if self._voice is not None else ""
        self.stop()
        hint = self.tr("Check that the voice works outside this program.")
        self.page.troubled.emit(ReaderError(words.format(name), hint))

    def _hush(self) -> None:
        saying, self._saying = self._saying, None
        if saying is not None:
            saying.stop()

    # -- what is seen

    def _show(self) -> None:
        if not self.on:
            return
        if self._bar is None:
            self._bar = AloudBar(self.page.canvas)
            self._bar.stepped.connect(self.step)
            self._bar.paused.connect(self.pause)
            self._bar.stopped.connect(self.stop)
        self._bar.show_paused(self._paused)
        self._bar.show()
        self.page.canvas.viewport().update()

    def _reveal(self) -> None:
        text = self.page.canvas.content.text(self._sheet)
        rects = text.rects(*self._spans[self._at]) if text is not None else ()
        if rects:
            x0, y0, _, y1 = rects[0]
            self.page.canvas.reveal(Spot(self._sheet, x0, y0), y1 - y0)
        self.page.canvas.viewport().update()

    def paint_page(self, painter: QPainter, view: PageView) -> None:
        spoken = self.spoken
        text = self.page.canvas.content.text(view.page)
        if spoken is None or spoken[0] != view.page or text is None:
            return
        color = QColor(self.page.theme.color("accent"))
        color.setAlpha(48)
        for rect in text.rects(*spoken[1]):
            painter.fillRect(view.rect(rect).adjusted(-1, -1, 1, 1), color)

    def paint_view(self, painter: QPainter, ratio: float) -> None:
        del painter, ratio
