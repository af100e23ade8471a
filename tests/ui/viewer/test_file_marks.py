"""Annotations of the file: offered, imported, drawn once, written into a copy, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from reader.domain.marking import Annotation, Kind, Part
from reader.domain.paper import Changes
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.pdf.engine import Engine
from reader.services import annotating, attaching
from reader.services.lanes import Steps
from reader.services.pdf_facts import PdfFacts
from reader.ui.viewer import printing
from reader.ui.viewer.file import FileActions
from reader.ui.viewer.file_marks import FileMarks
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.printing.dialog import PrintDialog
from reader.ui.viewer.printing.job import PrintJob
from tests.library.shelf import add, open_writer
from tests.pdf import marked
from tests.ui.viewer.fakes import Viewer, pdf_of, settle
from tests.ui.viewer.homes import FakeDesk, home
from tests.ui.viewer.paper_out import asked, print_into

pytestmark = pytest.mark.shared
BOX = marked.quad(100, 40, 180, 80)


class LibraryDesk(FakeDesk):
    """A desk at a real library: what is written is told at once."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        super().__init__()
        self.writer, self.reader = writer, reader
        self.offers: list[Callable[[], None]] = []

    def write(self, work: Callable[..., Any], *args: Any, **options: Any) -> None:
        then = options.get("then") or (lambda _: None)
        value = work(self.writer, *args)
        if hasattr(value, "send"):
            steps = Steps(value)
            list(steps)
            value = steps.answer
        changes = value[1] if isinstance(value, tuple) else getattr(value, "changes", value)
        if isinstance(changes, Changes):
            self.changed.emit(changes)
        then(value)

    def undo(self) -> None:
        return


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LibraryDesk]:
    folder = tmp_path / "library"
    with closing(open_writer(folder)) as writer, closing(Reader(folder)) as reader:
        yield LibraryDesk(writer, reader)


Show = Callable[[bytes], tuple[ViewerPage, str]]


@pytest.fixture
def show(viewer: Viewer, engine: Engine, desk: LibraryDesk, tmp_path: Path, qtbot: QtBot) -> Show:
    """Attach a file to a paper and show it; the page, and the attachment's uid."""

    def shown(data: bytes) -> tuple[ViewerPage, str]:
        source = tmp_path / "source.pdf"
        source.write_bytes(data)
        [paper] = add(desk.writer, "A paper")
        slot = attaching.attach(desk.writer, paper, source, lambda path: PdfFacts(pages=1)).uid
        [item] = desk.reader.paper(paper).attachments
        page = viewer(engine, desk.reader.file_of(item.path))
        page.live_in(home(desk, paper, slot))
        qtbot.waitUntil(lambda: page.feature(FileMarks).plan is not None, timeout=20_000)
        settle(qtbot, page)
        return page, slot

    return shown


def drawn(page: ViewerPage, engine: Engine) -> bool:
    """Whether the engine draws the foreign rectangle."""
    doc: Any = pdf_of(page).doc
    picture = engine.render(doc, 0, 1.0, clip=(99, 219, 181, 261)).result(20)
    return any(picture.pixels[at] < 200 for at in range(0, len(picture.pixels), 4))


SQUARE = b"/Subtype/Square/Rect[100 40 180 80]/C[1 0 0]/BS<</W 3>>/NM(sq)/Contents(Look here)/T(Bo)"


def test_the_files_annotations_are_offered_and_imported_and_drawn_once(
    show: Show, desk: LibraryDesk, engine: Engine, qtbot: QtBot
) -> None:
    # GIVEN a file with two annotations WHEN it is shown THEN they are drawn and offered
    page, slot = show(marked.foreign(SQUARE, marked.HIGHLIGHT))
    assert desk.notices.all == [
        ("info", "2 annotations in the file of “A paper” are not in the library yet.")
    ]
    assert page.conditions()["file_annotations"] and drawn(page, engine)
    # WHEN they are imported
    page.feature(FileMarks).take()
    qtbot.waitUntil(lambda: not page.conditions()["file_annotations"], timeout=20_000)
    # THEN the library has them, says so, and the engine leaves them to the program
    kept = desk.reader.annotations(slot)
    assert {item.comment for item in kept} == {"Look here", "Their words"}
    assert desk.notices.all[-1] == ("ok", "2 annotations imported into “A paper”.")
    assert not drawn(page, engine)
    # WHEN one is deleted in the library THEN the file's is not drawn either
    gone = [item.uid for item in kept if item.kind is Kind.RECTANGLE]
    desk.write(annotating.remove, gone)
    assert not drawn(page, engine)


def test_an_import_tells_what_was_kept_twice_and_left_out(
    show: Show, desk: LibraryDesk, qtbot: QtBot
) -> None:
    page, slot = show(marked.foreign(SQUARE, marked.HOSTILE[0][0]))
    assert desk.notices.all[0][1] == (
        "One annotation in the file of “A paper” is not in the library yet."
    )
    page.feature(FileMarks).take()
    qtbot.waitUntil(lambda: len(desk.notices.all) == 3, timeout=20_000)
    assert desk.notices.all[1:] == [
        ("ok", "One annotation imported into “A paper”."), ("warn", "1 could not be read and was left out."),
    ]  # fmt: skip
    assert len(desk.reader.annotations(slot)) == 1


def test_a_file_that_is_not_of_the_library_is_left_alone(
    viewer: Viewer, engine: Engine, desk: LibraryDesk, tmp_path: Path
) -> None:
    path = tmp_path / "loose.pdf"
    path.write_bytes(marked.foreign(SQUARE))
    page = viewer(engine, path)
    page.live_in(home(desk))
    assert not page.feature(FileMarks)._timer.isActive()
    assert not page.conditions()["copies_annotated"]
    menu = QMenu(page)
    page.feature(FileActions)._offer(menu)
    shown = {action.text(): action.isVisible() for action in menu.actions()}
    assert not shown["Save a copy with annotations…"] and shown["Save a copy…"]


def test_a_copy_with_annotations_is_saved(
    show: Show, desk: LibraryDesk, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    page, slot = show(marked.document())
    desk.write(annotating.add, marked.one_of_each(slot))
    page.feature(FileMarks).save_copy()
    dialog = page.findChildren(QFileDialog)[-1]
    assert dialog.selectedFiles()[0].endswith("A paper, annotated.pdf")
    dialog.fileSelected.emit(str(tmp_path / "copy.pdf"))
    dialog.close()
    assert desk.notices.all[-1] == ("ok", "Saved as copy.pdf with 12 annotations.")
    copy = engine.open(tmp_path / "copy.pdf").result(20)
    assert len(engine.marks(copy).result(20).found) == 13
    # Over the file itself nothing is written.
    page.feature(FileMarks).copy_to(page.path)
    assert desk.notices.all[-1][0] == "error"


@pytest.mark.parametrize("wanted", [True, False])
def test_printing_with_annotations_prints_the_librarys(
    show: Show, desk: LibraryDesk, engine: Engine, qtbot: QtBot, tmp_path: Path, wanted: bool
) -> None:
    printing.load(PrintDialog, PrintJob)
    page, slot = show(marked.document())
    desk.write(
        annotating.add, [Annotation(Kind.RECTANGLE, (Part(0, (BOX,)),), slot, "red", size=9.0)]
    )
    qtbot.waitUntil(lambda: page.feature(FileMarks).kept)
    dialog = asked(page, qtbot)
    dialog.one.setChecked(True)
    dialog.annotations.setChecked(wanted)
    target = tmp_path / "printed.pdf"
    print_into(qtbot, dialog, target)
    qtbot.waitUntil(target.exists, timeout=20_000)
    doc = engine.open(target).result(20)
    picture = engine.render(doc, 0, 1.0).result(20)
    red = sum(
        picture.pixels[at + 2] > 180 and picture.pixels[at] < 120
        for at in range(0, len(picture.pixels), 4)
    )
    assert (red > 500) == wanted
