"""A file replaced in the viewer: the report, what waits, and places given by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from reader.domain.errors import NotFoundError
from reader.domain.marking import Annotation, Kind
from reader.domain.paper import Changes
from reader.library import files
from reader.pdf.engine import Engine
from reader.pdf.protocol import Limits
from reader.services import annotating, placing, replacing
from reader.services.lanes import to_the_end
from reader.services.replacing import Replacing
from reader.services.texts import Texts
from reader.ui.viewer.file.feature import FileActions
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.replace.feature import PANE, Replace
from reader.ui.viewer.replace.pane import Waiting
from reader.ui.viewer.selection import whole
from tests.ui.viewer.fakes import Viewer
from tests.ui.viewer.shelves import Shelf

pytestmark = pytest.mark.shared

OLD = (
    "The first sentence of this page says what is to come later on.",
    "A second one is about certainty, which is what counts in all of this.",
    "Then follows a third, in which nothing of interest is said at all.",
)
NEW = (
    "A new beginning that was not there before.",
    *OLD[:2],
    "In a third, little of interest is told to us.",
)


def made(path: Path, lines: Sequence[str]) -> Path:
    doc = pymupdf.open()
    page = doc.new_page(width=500, height=600)
    for row, line in enumerate(lines):
        page.insert_text((60, 90 + 22 * row), line, fontsize=11)
    doc.save(path)
    return path


@pytest.fixture
def engine(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Engine]:
    """The module's engine, or one with the limits a test names."""
    if not hasattr(request, "param"):
        yield engine
        return
    own = Engine(request.param)
    yield own
    own.close()


@pytest.fixture
def page(
    viewer: Viewer,
    engine: Engine,
    texts: Texts,
    shelf: Shelf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> ViewerPage:
    """The library's paper with its file, and marks on two of its sentences."""
    stored = files.store(shelf.writer.place, made(tmp_path / "old.pdf", OLD), "a paper.pdf")
    with shelf.writer.edit("Attach") as edit:
        for name in ("path", "sha256", "size"):
            edit.set("attachment", shelf.attachment, name, getattr(stored, name))
    _, slot = shelf.reader.slot(shelf.attachment)
    path = shelf.reader.file_of(slot.path)
    for quote in ("certainty, which is what counts", "nothing of interest is said at all"):
        wanted = Annotation(Kind.HIGHLIGHT, (), quote=quote, comment="why is that?")
        draft = placing.on_quote(engine, texts, path, 0, wanted, slot).draft
        annotating.add(shelf.writer, [draft])
    write = shelf.desk.write

    def tell(work: Callable[..., Any], *args: Any, **options: Any) -> None:
        """As the desk does: what changed is told to all before it is told to whoever asked."""
        then = options.pop("then", None)

        def done(value: Any) -> None:
            if value is not None:
                shelf.desk.changed.emit(value if isinstance(value, Changes) else value.changes)
            if then is not None:
                then(value)

        write(work, *args, then=done, **options)

    monkeypatch.setattr(shelf.desk, "write", tell)
    page = viewer(engine, path)
    page.use_texts(texts)
    page.live_in(shelf.home)
    return page


def swap(page: ViewerPage, shelf: Shelf, texts: Texts, path: Path, qtbot: QtBot) -> None:
    """Replace the file as the command does, and wait until the new one is shown."""
    plan = to_the_end(Replacing(shelf.reader, page.engine, texts).plan(shelf.attachment, path))  # pyright: ignore[reportArgumentType]
    before = page.pdf
    shelf.desk.changed.emit(replacing.commit(shelf.writer, plan).changes)
    qtbot.waitUntil(lambda: page.pdf is not None and page.pdf is not before)


def test_the_command_replaces_shows_the_new_file_and_reports(
    page: ViewerPage, shelf: Shelf, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a paper's file that is shown
    feature, old = page.feature(Replace), page.path
    worker = feature._worker()
    assert worker is not None and page.conditions()["in_library"]
    # WHEN it is replaced
    worker.replace(shelf.attachment, made(tmp_path / "new.pdf", NEW))
    qtbot.waitUntil(lambda: page.pdf is not None and page.path != old)
    # THEN the report says what became of the annotations, and the new file is shown
    assert shelf.desk.notices.all == [("info", "0 annotations stayed, 1 moved, 1 needs you.")]
    assert page.path == shelf.reader.file_of(shelf.reader.slot(shelf.attachment)[1].path)
    # AND what is done with the file is done with the new one
    actions, outside = page.feature(FileActions), list[Path]()
    page.showInFolderRequested.connect(outside.append)
    actions.show_in_folder()
    assert [actions.handle.path, *outside] == [page.path, page.path]
    # AND undo shows the old one again
    shelf.undo()
    qtbot.waitUntil(lambda: page.pdf is not None and page.path == old)
    assert actions.handle.path == old
    assert all(one.placed for one in shelf.all)


def rows(page: ViewerPage) -> list[str]:
    return [entry.name for entry in page.feature(Replace).pane.list.model.shown]


def test_what_waits_is_listed_offered_and_placed_by_hand(
    page: ViewerPage, shelf: Shelf, texts: Texts, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a file in which one of the marks has no certain place
    swap(page, shelf, texts, made(tmp_path / "new.pdf", NEW), qtbot)
    feature = page.feature(Replace)
    feature.show()
    assert page.panel.shows(PANE)
    assert rows(page) == ["Need a place (1)", "Highlight"]
    assert not feature.pane.here.isVisible()
    # WHEN it is chosen THEN places are offered beside it with their certainty
    pane = feature.pane
    pane.list.chosen.emit(pane.list.model.shown[1].value)
    assert rows(page)[2] == "May be on page 1"
    offer = pane.list.model.shown[2]
    assert "of interest" in offer.text and offer.mark.endswith("% sure")
    assert not pane.here.isEnabled()
    # WHEN one is looked at and taken
    pane.list.chosen.emit(offer.value)
    pane.here.click()
    # THEN the mark is there, the list is empty, and undo lists it again
    assert all(one.placed for one in shelf.all) and rows(page) == []
    assert shelf.undo() == "Place annotation"
    assert rows(page) == ["Need a place (1)", "Highlight"]


def test_a_place_given_while_the_file_is_read_is_taken_and_said(
    page: ViewerPage,
    shelf: Shelf,
    texts: Texts,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # GIVEN a mark that waits, and a file whose text takes a while to be read
    swap(page, shelf, texts, made(tmp_path / "new.pdf", ["Altogether other words."]), qtbot)
    feature = page.feature(Replace)
    feature.show()
    pane, read = feature.pane, shelf.desk.read
    waiting: list[Callable[[], None]] = []

    def later(*args: Any, **options: Any) -> None:
        waiting.append(lambda: read(*args, **options))

    monkeypatch.setattr(shelf.desk, "read", later)
    pane.list.chosen.emit(pane.list.model.shown[1].value)
    assert rows(page)[2] == "Reading the file for its place…"
    said: list[str] = []
    page.statusChanged.connect(said.append)
    # WHEN it is placed before its offers are there
    qtbot.waitUntil(lambda: page.canvas.content.text(0) is not None)
    page.choose_text(whole(0, 0))
    pane.select.click()
    assert said[-1] == "Placing it: reading the words around…"
    monkeypatch.setattr(shelf.desk, "read", read)
    for go_on in waiting:
        go_on()
    # THEN it is placed, and the reader is told
    assert [one.quote for one in shelf.all if one.placed] == ["Altogether other words."]
    assert said[-1] == "Placed on page 1"


def test_selected_text_is_a_place_too_and_one_may_be_kept_without(
    page: ViewerPage, shelf: Shelf, texts: Texts, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN two marks of which nothing is left
    swap(page, shelf, texts, made(tmp_path / "new.pdf", ["Altogether other words."]), qtbot)
    feature = page.feature(Replace)
    feature.show()
    pane = feature.pane
    assert rows(page) == ["Need a place (2)", "Highlight", "Highlight"]
    pane.list.chosen.emit(pane.list.model.shown[1].value)
    assert rows(page)[2] == "No place is like it: select its text"
    # WHEN text is selected and the mark put there
    qtbot.waitUntil(lambda: page.canvas.content.text(0) is not None)
    page.choose_text(whole(0, 0))
    pane.select.click()
    # THEN it has the words of the selection
    [placed] = [one for one in shelf.all if one.placed]
    assert (placed.quote, placed.comment) == ("Altogether other words.", "why is that?")
    # WHEN the other is kept without a place THEN it stays listed, apart
    pane.list.chosen.emit(pane.list.model.shown[1].value)
    pane.keep.click()
    assert rows(page)[0] == "Kept without one (1)"
    assert isinstance(pane.list.model.shown[1].value, Waiting)


def test_a_file_that_cannot_be_read_is_said_and_nothing_waits_for_it(
    page: ViewerPage,
    shelf: Shelf,
    texts: Texts,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    swap(page, shelf, texts, made(tmp_path / "new.pdf", ["Altogether other words."]), qtbot)
    feature = page.feature(Replace)
    feature.show()

    def refuse(*_args: object) -> None:
        raise NotFoundError("The file is gone.")

    monkeypatch.setattr(placing, "hand", refuse)
    pane = feature.pane
    pane.list.chosen.emit(pane.list.model.shown[1].value)
    assert shelf.desk.notices.all[-1] == ("error", "The file is gone.")
    assert rows(page)[2] == "No place is like it: select its text"


@pytest.mark.parametrize("moment", ["tab closed", "program ends", "cancelled"])
def test_a_plan_that_is_given_up_leaves_no_copy_behind(
    page: ViewerPage,
    shelf: Shelf,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    # GIVEN a plan whose answer is on its way to the window
    feature, read = page.feature(Replace), shelf.desk.read
    path, kept = page.path, sorted(page.path.parent.iterdir())
    answers: list[Callable[[], None]] = []

    def hold(work: Callable[..., Any], *args: Any, **options: Any) -> None:
        then = options.pop("then")

        def arrived(value: Any) -> None:
            answers.append(lambda: then(value))

        read(work, *args, then=arrived, **options)

    monkeypatch.setattr(shelf.desk, "read", hold)
    worker = feature._worker()
    assert worker is not None
    worker.replace(shelf.attachment, made(tmp_path / "new.pdf", NEW))
    assert len(sorted(page.path.parent.iterdir())) == len(kept) + 1
    # WHEN nobody is there any more to take it
    match moment:
        case "tab closed":
            shiboken6.delete(worker)
        case "program ends":
            shelf.desk.ending.emit()
        case _:
            shelf.desk.notices.stops[-1]()
            answers.pop()()
            assert shelf.desk.notices.all[-1] == ("info", "Cancelled; the file is as it was.")
    # THEN its copy is gone, and the file is as it was
    assert sorted(page.path.parent.iterdir()) == kept
    assert shelf.reader.file_of(shelf.reader.slot(shelf.attachment)[1].path) == path


@pytest.mark.parametrize(
    "engine", [Limits(open=6.0, stage=4.0), Limits(open=6.0, stage=4.0, hashed=64)], indirect=True
)
def test_a_file_that_was_written_over_is_told_once(
    page: ViewerPage, shelf: Shelf, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a file that is shown, small or too large to be read through when it is opened
    # WHEN another program writes over it
    before = page.pdf
    assert shelf.desk.notices.all == []
    page.path.write_bytes(made(tmp_path / "new.pdf", NEW).read_bytes())
    qtbot.waitUntil(lambda: page.pdf is not None and page.pdf is not before)
    # THEN its reader is told
    said = ("info", "Another program has changed this file since it was annotated.")
    qtbot.waitUntil(lambda: said in shelf.desk.notices.all)
    # AND when the annotations are found again, the library knows the file
    page.feature(Replace)._again()
    assert shelf.desk.notices.all[-1][1] == "0 annotations stayed, 1 moved, 1 needs you."
    assert shelf.desk.notices.all.count(said) == 1
    assert {one.placed for one in shelf.all} == {True, False}


def test_long_words_and_many_rows_are_shown(page: ViewerPage, shelf: Shelf) -> None:
    # GIVEN many that wait, with long words and without any
    pane = page.feature(Replace).pane
    one = replace(shelf.all[0], placed=False)
    many = [
        Waiting(
            replace(one, uid=str(number), quote="word " * 400 * (number % 2), comment=""), False
        )
        for number in range(300)
    ]
    pane.fill(many, str)
    # THEN each has its row
    assert len(pane.list.model.shown) == 301
    assert pane.list.model.shown[1].text == "(no words)"
