"""An open document and all that works on it: requests, loader, find, copying, outline, labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reader.domain.annotation import PageGeometry
from reader.domain.errors import CancelledError, ReaderError
from reader.pdf.protocol import LabelRule, OutlineItem, PageLabels
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer.canvas import PageCanvas
from reader.ui.viewer.copying import Copying
from reader.ui.viewer.engine_type import OpenDocument, PdfEngine
from reader.ui.viewer.find import Find
from reader.ui.viewer.layout import PageLayout
from reader.ui.viewer.loader import Loader
from reader.ui.viewer.requests import Requests
from reader.ui.viewer.wants import Want
from reader.ui.viewer.whole_text import WholeText

if TYPE_CHECKING:
    from reader.services.texts import Texts

_LABELS, _OUTLINE = 90, 80


class PdfView(QObject):
    """What lives as long as a document is open in a canvas."""

    outlined = Signal(object)  # tuple of OutlineItem
    outline_failed = Signal(object)  # ReaderError
    labelled = Signal()
    whole_begun = Signal()  # `whole` is there
    read = Signal()  # its text is

    def __init__(
        self, engine: PdfEngine, doc: OpenDocument, canvas: PageCanvas, tasks: Tasks
    ) -> None:
        super().__init__(canvas)
        self.engine = engine
        self.doc = doc
        self._canvas = canvas
        self._tasks = tasks
        self.whole: WholeText | None = None
        self.labels = PageLabels()
        self.outline: Sequence[OutlineItem] = ()
        self.layout = layout = PageLayout(doc.info.pages, [page.size for page in doc.info.geometry])
        canvas.camera.layout = layout
        self._geometry: dict[int, PageGeometry] = dict(enumerate(doc.info.geometry))
        self.requests = Requests(engine, doc, tasks, self)
        self.requests.answered.connect(self._measured)
        self.loader = Loader(self.requests, canvas.camera, canvas.pictures, canvas.content, self)
        self.find = Find(self.requests, canvas.content, layout, self)
        self.copying = Copying(self.requests, canvas.content, self)
        self.loader.texted.connect(self._texted)

    def begin(self) -> None:
        """Ask for labels and outline; they come after what the canvas sees."""
        follow, engine, doc = self._tasks.follow, self.engine, self.doc
        follow(engine.labels(doc, priority=_LABELS), self._take_labels, self)
        follow(engine.outline(doc, priority=_OUTLINE), self._take_outline, self)

    def use_texts(self, texts: Texts) -> None:
        """Have the whole text read in the background, and find in it."""
        if self.whole is None:
            camera = self._canvas.camera
            self.whole = WholeText(texts, self.doc, camera.current, self._tasks, self)
            self.find.use(self.whole)
            self.whole.arrived.connect(self.read)
            self.whole_begun.emit()

    @property
    def pages(self) -> int:
        return self.doc.info.pages

    def size_of(self, page: int) -> tuple[float, float]:
        """Width and height of a page, points of view space; an estimate until it is measured."""
        return self.layout.size(page)

    def geometry(self, page: int) -> PageGeometry | None:
        """The way between user and view space of a page; None until it is measured."""
        return self._geometry.get(page)

    def label(self, page: int) -> str:
        """The name of a page, cut where a crafted one would fill the window."""
        return self.labels.label(page)[:24]

    def page_of(self, text: str) -> int | None:
        """The page a reader means: by its label, else by its number."""
        wanted = text.strip().casefold()
        if not wanted:
            return None
        for page in self._candidates(wanted):
            if 0 <= page < self.pages and self.labels.label(page).casefold() == wanted:
                return page
        if wanted.isdecimal() and 1 <= int(wanted) <= self.pages:
            return int(wanted) - 1
        return None

    def _candidates(self, wanted: str) -> Sequence[int]:
        """The pages that may have a label: computed from numbers, tried one by one otherwise."""
        tail = wanted[len(wanted.rstrip("0123456789")) :]
        found: list[int] = []
        if tail:
            found = [rule.page + int(tail[-9:]) - rule.first for rule in self.labels.rules]
        for rule, ends in self._ranges():
            if rule.style not in ("", "D"):
                found += range(rule.page, min(ends, rule.page + 5_000))
            elif rule.style == "":
                found.append(rule.page)
        return found

    def _ranges(self) -> Iterable[tuple[LabelRule, int]]:
        rules = self.labels.rules
        ends = [*(rule.page for rule in rules[1:]), self.pages]
        # A document without labels has no rule, and then an end too many.
        return zip(rules, ends, strict=False)

    def close(self) -> None:
        """Cancel what is asked and let the engine close the document."""
        self.find.stop()
        if self.whole is not None:
            self.whole.close()
        self.copying.stop()
        self.requests.close()
        self.engine.forget(self.doc)

    def _measured(self, want: Want, value: Any) -> None:
        if want.kind == "geometry":
            self._geometry.update(enumerate(value, want.page))

    def _texted(self, page: int) -> None:
        del page
        self.find.texted()
        self.copying.go_on()

    def _take_labels(self, answer: Ok[Any] | Err) -> None:
        if isinstance(answer, Ok):  # without labels pages go by their numbers
            self.labels = answer.value
            self.labelled.emit()

    def _take_outline(self, answer: Ok[Any] | Err) -> None:
        match answer:
            case Ok(value):
                self.outline = value
                self.outlined.emit(value)
            case Err(CancelledError()):
                pass
            case Err(ReaderError() as error):
                self.outline_failed.emit(error)
