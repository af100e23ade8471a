"""Opens what links of notes lead to: papers, pages, annotations, notes.  It never writes by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.domain.annotation import ReadingPosition
from reader.domain.errors import NotFoundError, ReaderError
from reader.domain.note_links import Place, place_of
from reader.domain.paper import Attachment, Paper
from reader.domain.value import dataclass
from reader.services.access import Reader
from reader.ui.desk import Desk
from reader.ui.notes.free import FreeNotes
from reader.ui.notes.whole import WholeNotes
from reader.ui.tabs import Tabs
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.window_actions import WindowActions


@dataclass(frozen=True, slots=True)
class Found:
    """What a place is: a paper with one of its files, or a note; `title` for a name of nothing."""

    paper: Paper | None = None
    order: int | None = None
    attachment: Attachment | None = None
    page: int | None = None
    annotation: str = ""
    note: str = ""
    title: str = ""


class Places(QObject):
    """The way to a place, from wherever the reader is."""

    def __init__(
        self, whole: WholeNotes, free: FreeNotes, tabs: Tabs, actions: WindowActions
    ) -> None:
        super().__init__(whole)
        self._whole, self._free, self._tabs, self._actions = whole, free, tabs, actions
        self._desk: Desk = whole.desk
        self._awaited = ("", "")  # (attachment, annotation) to be shown when its tab is
        tabs.shown.connect(self._shown)

    def open(self, target: str) -> None:
        """Open "[[Title]]", an address "paper-reader://...", or the name of a paper or note."""
        reader = self._desk.reader
        self._desk.read(
            lambda: found_of(reader, target), then=self._show, failed=self._missing, owner=self
        )

    def _missing(self, error: ReaderError) -> None:
        self._desk.notices.warn(error.message, error.hint)

    def _show(self, found: Found) -> None:
        if found.title:
            title = found.title
            self._desk.notices.info(
                self.tr("There is no paper and no note called “{}”.").format(title),
                (self.tr("Make a note"), lambda: self._whole.add("", f"# {title}\n\n")),
            )
        elif found.note and found.paper is None:
            self._actions.show_library()
            self._free.show_notes(found.note)
        elif found.paper is not None and found.attachment is not None:
            self._read(found.paper, found.attachment, found)
        elif found.paper is not None and found.order is not None:
            if found.note:
                self._desk.kit.choose(found.paper.uid, found.note)
            self._actions.go_to(found.order)
            if found.note:
                self._whole.refresh(found.paper.uid)

    def _read(self, paper: Paper, attachment: Attachment, found: Found) -> None:
        """Show a page of a paper's file, and the annotation on it."""
        place = ReadingPosition(page=found.page) if found.page is not None else None
        self._tabs.open_paper(paper, attachment, None if found.annotation else place)
        if found.annotation:
            self._awaited = (attachment.uid, found.annotation)
            self._shown()

    def _shown(self, _page: object = None) -> None:
        """Show the annotation that was asked for, once its file is there."""
        slot, annotation = self._awaited
        half = self._tabs.find(lambda it: it.attachment == slot) if slot else None
        if half is None or half.page is None:
            return
        self._awaited = ("", "")
        half.page.complete()
        half.page.feature(Annotate).show_annotation(annotation)


def found_of(reader: Reader, target: str) -> Found:
    """What a target leads to; raises NotFoundError.  For the read lane."""
    place = place_of(target)
    if place is not None:
        return _at(reader, place)
    name = target.strip()
    if name.startswith("[[") and name.endswith("]]"):
        name = name[2:-2].partition("|")[0].strip()
    if ":" in name[:20] and name.lower().startswith("paper-reader:"):
        raise NotFoundError("That address leads to no place in a library.", name[:200])
    titled = reader.titled(name)
    if titled is None:
        whole = place_of(f"paper-reader://paper/{name}")
        return _at(reader, whole) if whole else Found(title=" ".join(name.split())[:200])
    return _at(reader, Place(*titled))


def _at(reader: Reader, place: Place) -> Found:
    match place.kind:
        case "note":
            note = reader.note(place.uid)
            if not note.paper:
                return Found(note=place.uid)
            return Found(reader.paper(note.paper), reader.order_of(note.paper), note=place.uid)
        case "annotation":
            mark = reader.annotation(place.uid)
            slot, page = mark.attachment, mark.page
        case "attachment":
            slot, page = place.uid, place.page
        case _:
            paper, order = reader.paper(place.uid), reader.order_of(place.uid)
            first = paper.documents[0] if paper.documents and place.page is not None else None
            return Found(paper, order, first, place.page)
    held = reader.place_of_slot(slot)
    if held is None:
        raise NotFoundError("The file that the link leads to is not in this library.")
    paper = reader.paper(held[0])
    file = next((it for it in paper.attachments if it.uid == slot), None)
    annotation = place.uid if place.kind == "annotation" else ""
    return Found(paper, reader.order_of(held[0]), file, page, annotation)
