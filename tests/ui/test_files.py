"""Files come in: attached, imported, opened from outside; what is none is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from reader import paths
from reader.app.build import App
from reader.services.import_plan import Result
from reader.ui.dialogs.import_plan import ImportPlan
from tests.pdf import hostile
from tests.ui.conftest import Start
from tests.ui.driving import STARTER, Driven, is_ready

PAGE = next(paths.seeds().glob("*.txt"))


def plan_of(win: Driven) -> ImportPlan:
    win.until(lambda: isinstance(QApplication.activeModalWidget(), ImportPlan))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportPlan)
    return dialog


def test_a_pdf_dropped_on_a_paper_is_attached(win: Driven, pdf: Path) -> None:
    uid = win.app.reader.uids([win.page.model.papers()[3]])[0]
    assert win.drop_files([pdf], 3)
    win.until(lambda: len(win.on_disk(uid).attachments) == 1)
    win.until(lambda: win.notices() == ["Attached A sound paper.pdf."])
    attachment = win.on_disk(uid).attachments[0]
    assert win.app.reader.file_of(attachment.path).read_bytes() == pdf.read_bytes()
    assert attachment.pages == 3
    win.until(lambda: win.row(3).has_pdf)
    # AND the same file again is known
    assert win.drop_files([pdf], 3)
    win.until(lambda: "The paper already has this file." in win.notices())
    # AND Ctrl+Z takes it off again
    win.focus(win.list)
    win.control(Qt.Key.Key_Z)
    win.until(lambda: win.on_disk(uid).attachments == ())
    assert pdf.exists()


def test_a_web_page_that_calls_itself_a_pdf_is_refused(win: Driven, html_pdf: Path) -> None:
    uid = win.app.reader.uids([win.page.model.papers()[3]])[0]
    assert win.drop_files([html_pdf], 3)
    win.until(win.notices)
    card = win.app.notices.cards()[0]
    assert card.kind == "error"
    assert "PDF" in card.text
    assert win.on_disk(uid).attachments == ()


def test_a_pdf_is_attached_by_the_menu_and_read(
    win: Driven, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(pdf)))
    win.select(5)
    uid = win.paper().uid
    commands = win.window.commands
    assert not commands.action("paper.open").isEnabled()
    commands.action("paper.attach").trigger()
    win.until(lambda: len(win.on_disk(uid).attachments) == 1)
    # THEN the paper can be read at once, beside its note, and counts as being read
    win.until(commands.action("paper.open").isEnabled)
    win.focus(win.list)
    win.control(Qt.Key.Key_Return)
    win.until(lambda: win.app.tabs.current() is not None)
    viewer = win.app.tabs.current()
    assert viewer is not None
    win.until(lambda: is_ready(viewer))
    win.until(lambda: win.on_disk(uid).reading_state == "reading")
    assert win.window.top.tabs.count() == 2
    # AND opening it again goes to its tab
    win.app.tabs.show_library()
    win.until(win.list.hasFocus)
    win.key(Qt.Key.Key_Return)
    win.until(lambda: win.app.tabs.current() is viewer)
    assert win.window.top.tabs.count() == 2
    win.control(Qt.Key.Key_W)
    win.until(lambda: win.window.top.tabs.count() == 1)
    win.until(win.list.hasFocus)


def test_an_import_shows_its_plan_and_undo_takes_it_back(start: Start, tmp_path: Path) -> None:
    # GIVEN an empty library
    win = start(tmp_path / "new library")
    assert win.page.welcome.isVisible()
    # WHEN the page is dropped on the window
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(PAGE))])
    assert win.drop(win.page.welcome, QPoint(100, 100), data)
    dialog = plan_of(win)
    # THEN nothing has happened yet, and Enter imports
    assert dialog.windowTitle() == "Import"
    assert win.app.reader.overview().states["all"] == 0
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    win.until(lambda: win.rows() == STARTER - 1)
    win.until(lambda: any("113 papers added" in text for text in win.notices()))
    win.until(lambda: not win.page.welcome.isVisible())  # once the new counts are read
    assert win.sidebar()["Jun 11"] == STARTER - 1
    # AND the notice's Undo takes all of it back
    card = next(card for card in win.app.notices.cards() if "113" in card.text)
    undo = next(b for b in card.findChildren(QPushButton) if b.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    win.until(lambda: win.app.reader.overview().states["all"] == 0)
    win.until(win.page.welcome.isVisible)


def test_importing_twice_says_that_nothing_is_new(win: Driven) -> None:
    win.app.open_files([PAGE])
    dialog = plan_of(win)
    assert not dialog.button.isEnabled()
    assert "113 already in the library" in _words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    win.until(lambda: QApplication.activeModalWidget() is None)
    win.app.load_starter()
    win.until(lambda: any(text.startswith("Nothing new") for text in win.notices()))
    assert win.rows() == STARTER


def test_an_import_of_one_paper_is_told_of_one_paper(win: Driven) -> None:
    win.until(lambda: win.app.late is not None)
    assert win.app.late is not None
    for result in (Result(added=1), Result(unchanged=1), Result(added=2)):
        win.app.late.importer._tell(result)
    assert win.notices()[-3:] == [
        "1 paper added, 0 updated, 0 unchanged.",
        "Nothing new: the paper is already in the library.",
        "2 papers added, 0 updated, 0 unchanged.",
    ]


def _words(dialog: ImportPlan) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_an_import_of_nothing_names_the_reason(win: Driven, tmp_path: Path) -> None:
    file = tmp_path / "holiday.bin"
    file.write_bytes(bytes(range(256)) * 20)
    win.app.open_files([file])
    dialog = plan_of(win)
    assert not dialog.button.isEnabled()
    assert "holiday.bin" in dialog.findChildren(type(_list(dialog)))[0].item(0).text()
    dialog.reject()


def _list(dialog: ImportPlan):
    from PySide6.QtWidgets import QListWidget

    return dialog.findChildren(QListWidget)[0]


def test_the_welcome_page_has_three_ways_to_begin(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    win = start(tmp_path / "new library")
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: asked.append(dialog.windowTitle()))
    starter, one, folder = win.page.welcome.buttons
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    QTest.mouseClick(folder, Qt.MouseButton.LeftButton)
    assert asked == ["Import files", "Import a folder"]
    QTest.mouseClick(starter, Qt.MouseButton.LeftButton)
    win.until(lambda: win.rows() == STARTER)
    win.until(lambda: win.pane.paper is not None)
    win.until(win.page.split.isVisible)


def test_a_pdf_from_outside_is_read_without_being_added_until_asked(
    start: Start, library: Path, pdf: Path
) -> None:
    win = start(library, files=[pdf])
    win.until(lambda: win.app.tabs.current() is not None)
    viewer = win.app.tabs.current()
    assert viewer is not None
    win.until(lambda: is_ready(viewer))
    assert win.app.reader.overview().states["all"] == STARTER
    # WHEN it is to be added
    win.until(lambda: viewer.findChildren(QPushButton, "addToLibrary"))
    button = viewer.findChildren(QPushButton, "addToLibrary")[0]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    # THEN it is a paper, and its note stands beside it in the same tab
    win.until(lambda: win.app.reader.overview().states["all"] == STARTER + 1)
    win.until(lambda: viewer.findChildren(type(win.note), "noteEdit"))
    assert win.app.tabs.current() is viewer
    note = viewer.findChildren(type(win.note), "noteEdit")[0]
    win.until(note.isEnabled)
    win.focus(note)
    win.type("from outside")
    uid = win.app.tabs._tabs[0].paper
    win.until(lambda: win.note_on_disk(uid) == "from outside")


def test_a_pdf_from_outside_that_the_library_has_shows_its_note(win: Driven) -> None:
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    attachment = win.paper().attachments[0]
    win.app.open_files([win.app.reader.file_of(attachment.path)])
    win.until(lambda: win.app.tabs._tabs and win.app.tabs._tabs[0].paper == win.paper().uid)


def test_a_file_that_is_open_as_a_papers_pdf_is_not_opened_twice(win: Driven) -> None:
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    win.key(Qt.Key.Key_Return)
    win.until(lambda: win.app.tabs.current() is not None)
    viewer = win.app.tabs.current()
    win.app.tabs.show_library()
    win.key(Qt.Key.Key_F1)
    win.until(lambda: win.app.tabs.current() is viewer)
    assert win.window.top.tabs.count() == 2


def test_a_missing_file_is_named_and_the_note_is_safe(win: Driven) -> None:
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    win.app.reader.file_of(win.paper().attachments[0].path).unlink()
    win.key(Qt.Key.Key_Return)
    win.until(win.notices)
    assert "is not in the library's folder any more" in win.notices()[0]
    assert win.window.top.tabs.count() == 1


def test_a_pdf_that_was_named_is_read_before_the_rest_is_loaded(
    start: Start, library: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    load = App.after_first_paint

    def loading(app: App) -> None:
        viewer = app.tabs.current()
        seen.append(viewer is not None and viewer.canvas.pictures.has_any(0))
        load(app)

    monkeypatch.setattr(App, "after_first_paint", loading)
    start(library, files=[pdf])
    assert seen == [True]
    # AND a file that cannot be opened does not keep the rest waiting
    seen.clear()
    pdf.write_bytes(hostile.noise())
    win = start(library, files=[pdf])
    assert seen == [False]
    assert win.app.late is not None
