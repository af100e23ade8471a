"""Files that are missing, refused or taken off their papers: what is seen, and the way back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from reader.ui.browse.paper_pane import PaperPane
from reader.ui.browse.spoken import spoken
from tests.pdf import hostile
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready


def with_pdf(win: Driven) -> str:
    """Select the paper that has a PDF; its uid."""
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    win.select(place)
    return win.paper().uid


def buttons(pane: PaperPane) -> list[str]:
    """The words on the pane's buttons that are seen."""
    found: Sequence[QPushButton] = pane.findChildren(QPushButton)
    return [button.text() for button in found if button.isVisible()]


def test_a_missing_file_is_said_and_can_be_found_again(
    start: Start, library: Path, tmp_path: Path
) -> None:
    # GIVEN a paper whose file another program has moved away
    [file] = (library / "files").iterdir()
    moved = tmp_path / "moved.pdf"
    shutil.move(file, moved)
    win = start(library)
    uid = with_pdf(win)
    # THEN list and paper say so, where else they speak of a PDF
    win.until(lambda: "PDF missing: find it…" in buttons(win.pane))
    assert "Read PDF" not in buttons(win.pane)
    place = next(i for i in range(win.rows()) if win.row(i).has_pdf)
    assert win.row(place).lost and "PDF missing" in spoken(win.row(place))
    # WHEN the button is pressed and the file chosen
    button = next(b for b in win.pane.findChildren(QPushButton) if b.text().startswith("PDF miss"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    win.until(lambda: win.window.findChildren(QFileDialog))
    [dialog] = win.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(moved))
    dialog.reject()
    # THEN the paper has it again
    win.until(lambda: "Read PDF" in buttons(win.pane))
    assert win.app.reader.file_of(win.on_disk(uid).documents[0].path).is_file()
    assert win.notices() == ["The file is in its place."]
    win.until(lambda: not win.row(place).lost)


def test_a_file_is_taken_off_a_paper_and_undo_brings_it_back(start: Start, library: Path) -> None:
    win = start(library)
    uid = with_pdf(win)
    [file] = (library / "files").iterdir()
    win.window.commands.action("paper.detach").trigger()
    win.until(lambda: not win.on_disk(uid).documents)
    win.until(lambda: "Attach PDF" in buttons(win.pane))
    # THEN the file itself is where it was, and the notice takes the step back
    assert file.is_file() and file.name in win.notices()[-1]
    assert not win.window.commands.action("paper.detach").isEnabled()
    card = win.app.notices.cards()[-1]
    undo = next(button for button in card.findChildren(QPushButton) if button.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    win.until(lambda: len(win.on_disk(uid).documents) == 1)
    win.until(lambda: "Read PDF" in buttons(win.pane))


def test_of_several_files_one_is_chosen(start: Start, library: Path, tmp_path: Path) -> None:
    win = start(library)
    uid = with_pdf(win)
    first = win.paper().documents[0].path
    second = tmp_path / "second.pdf"
    second.write_bytes(hostile.sound())
    win.app.library.attach_file(uid, second)
    win.until(lambda: len(win.paper().documents) == 2)
    win.window.commands.action("paper.detach").trigger()
    win.until(lambda: win.pane.findChildren(QMenu))
    menu = next(m for m in win.pane.findChildren(QMenu) if m.actions()[0].text().startswith("Rem"))
    assert menu.actions()[0].text() == f"Remove “{first}”"
    menu.actions()[0].trigger()
    menu.close()
    win.until(lambda: len(win.on_disk(uid).documents) == 1)
    assert win.on_disk(uid).documents[0].path != first


@pytest.mark.parametrize("make", [hostile.html, hostile.truncated, hostile.noise])
def test_a_file_that_cannot_be_read_is_not_offered_to_the_library(
    start: Start, library: Path, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    # GIVEN a damaged file opened by itself
    path = tmp_path / "loose.pdf"
    path.write_bytes(make())
    win = start(library, files=[path])
    viewer = win.app.tabs.current()
    assert viewer is not None
    win.until(lambda: viewer.error is not None)
    win.until(lambda: viewer.side is not None)
    button = viewer.findChildren(QPushButton, "addToLibrary")[0]
    assert not button.isVisible()
    # WHEN it is a sound one at last THEN it can be added
    path.write_bytes(hostile.sound())
    viewer.retry()
    win.until(lambda: is_ready(viewer))
    win.until(button.isVisible)
