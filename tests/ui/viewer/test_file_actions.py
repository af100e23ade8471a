"""The file that is shown: copied, told about, its files saved, dragged out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.pdf.protocol import EmbeddedFile
from reader.ui.viewer.file import FileActions, facts
from reader.ui.viewer.file.dialogs import AttachmentsDialog, PropertiesDialog
from reader.ui.viewer.page import ViewerPage
from tests.pdf import books
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.homes import FakeDesk, home

pytestmark = pytest.mark.shared
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A document with two files within, one with a hostile name."""
    doc: Any = pymupdf.open()
    doc.new_page().insert_text((72, 90), "With files")
    doc.embfile_add("one", b"a,b\n", filename="data.csv")
    doc.embfile_add("two", b"echo", filename="../../evil.sh")
    doc.set_metadata({"title": "A title", "author": "Ada", "creationDate": "D:20240131120000Z"})
    path = tmp_path / "packed.pdf"
    doc.save(path)
    doc.close()
    return path


def shown(page: ViewerPage, kind: type, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: bool(page.findChildren(kind)), timeout=10_000)
    return page.findChildren(kind)[-1]


def test_a_copy_is_saved_where_it_is_asked_for(
    viewer: Viewer, engine: Engine, packed: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    page, desk = viewer(engine, packed), FakeDesk()
    page.live_in(home(desk))
    QTest.keyClick(page.canvas, Key.Key_S, CTRL)
    dialog = shown(page, QFileDialog, qtbot)
    assert dialog.selectedFiles()[0].endswith("packed.pdf")
    dialog.fileSelected.emit(str(tmp_path / "copy.pdf"))
    dialog.close()
    assert (tmp_path / "copy.pdf").read_bytes() == packed.read_bytes()
    assert desk.notices.all == [("ok", "Saved as copy.pdf.")]


def test_the_file_itself_is_never_written_to(
    viewer: Viewer, engine: Engine, packed: Path, tmp_path: Path
) -> None:
    page, desk = viewer(engine, packed), FakeDesk()
    page.live_in(home(desk))
    (tmp_path / "link.pdf").symlink_to(packed)
    before = packed.read_bytes()
    for target in (packed, tmp_path / "link.pdf"):
        page.feature(FileActions).copy_to(target)
    assert packed.read_bytes() == before
    assert [kind for kind, _ in desk.notices.all] == ["error", "error"]
    # A place that cannot be written is told, and leaves nothing.
    page.feature(FileActions).copy_to(tmp_path / "no" / "such" / "folder.pdf")
    assert desk.notices.all[-1][0] == "error"
    assert "could not be written" in desk.notices.all[-1][1]


def test_properties_tell_what_the_document_says_and_is(
    viewer: Viewer, engine: Engine, packed: Path, qtbot: QtBot
) -> None:
    page = viewer(engine, packed)
    QTest.keyClick(page.canvas, Key.Key_I, CTRL | SHIFT)
    dialog = shown(page, PropertiesDialog, qtbot)
    for line in ("Title: A title", "Authors: Ada", "Created: 2024-01-31 12:00", "Pages: 1"):
        assert line in dialog.text
    assert "File: packed.pdf" in dialog.text
    assert "Page size: 210 × 297 mm (A4)" in dialog.text
    values = [label for label in dialog.findChildren(QLabel) if label.text() == "A title"]
    assert values[0].textFormat() == Qt.TextFormat.PlainText
    dialog.close()


def test_a_comic_is_called_what_readers_call_it(
    viewer: Viewer, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "comic.cbz"
    path.write_bytes(books.cbz())
    page = viewer(engine, path)
    page.feature(FileActions).show_properties()
    dialog = shown(page, PropertiesDialog, qtbot)
    assert "Format: CBZ\n" in dialog.text
    dialog.close()


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("D:20240131", "2024-01-31"),
        ("D:20240131120509+01'00'", "2024-01-31 12:05"),
        ("2024", "2024-01-01"),
        ("D:20241399", "D:20241399"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_dates_as_they_are_written(text: str, wanted: str) -> None:
    assert facts.date(text) == wanted


def test_page_sizes_in_words() -> None:
    assert facts.sizes([(612, 792, 3), (842, 595, 1)]) == (
        "216 × 279 mm (Letter), 3×; 297 × 210 mm (A4, landscape)"
    )


def test_files_within_are_listed_and_saved_under_harmless_names(
    viewer: Viewer, engine: Engine, packed: Path, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def never(url: QUrl) -> bool:
        raise AssertionError(url)

    monkeypatch.setattr(QDesktopServices, "openUrl", never)
    page, desk = viewer(engine, packed), FakeDesk()
    page.live_in(home(desk))
    page.feature(FileActions).show_attachments()
    dialog = shown(page, AttachmentsDialog, qtbot)
    assert dialog.list.count() == 2
    QTest.mouseDClick(dialog.list.viewport(), LEFT, pos=QPoint(40, 10))
    dialog.list.selectAll()
    found = dialog.chosen()
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "data.csv").write_text("mine")
    page.feature(FileActions).save_into(folder, found)
    qtbot.waitUntil(lambda: len(list(folder.iterdir())) == 3, timeout=10_000)
    assert (folder / "data.csv").read_text() == "mine"
    assert (folder / "data (2).csv").read_bytes() == b"a,b\n"
    assert (folder / "evil.sh").read_bytes() == b"echo"
    dialog.close()


def test_a_long_name_within_is_cut_in_its_line_and_told_in_full(
    viewer: Viewer, qtbot: QtBot
) -> None:
    fake = FakeEngine()
    page = viewer(fake)
    long = "measurements " * 20 + "table 2.csv"
    fake.inside = (EmbeddedFile(0, long), EmbeddedFile(1, "two\nlines.txt"))
    page.feature(FileActions).show_attachments()
    dialog = shown(page, AttachmentsDialog, qtbot)
    rows = [dialog.list.item(number) for number in range(2)]
    sizes = {dialog.list.visualItemRect(row).size() for row in rows}
    assert len(sizes) == 1
    assert sizes.pop().width() <= dialog.list.viewport().width()
    assert rows[0].toolTip() == long
    assert rows[1].text() == "two lines.txt"
    dialog.close()


def test_a_file_within_is_not_saved_over_the_document(
    viewer: Viewer, engine: Engine, packed: Path, qtbot: QtBot
) -> None:
    page, desk = viewer(engine, packed), FakeDesk()
    page.live_in(home(desk))
    before = packed.read_bytes()
    page.feature(FileActions)._extract(EmbeddedFile(0, "data.csv"), packed)
    qtbot.waitUntil(lambda: bool(desk.notices.all), timeout=10_000)
    assert "document itself" in desk.notices.all[0][1]
    assert packed.read_bytes() == before


def test_a_document_without_files_says_so(viewer: Viewer, qtbot: QtBot) -> None:
    fake = FakeEngine()
    page = viewer(fake)
    page.feature(FileActions).show_attachments()
    dialog = shown(page, AttachmentsDialog, qtbot)
    assert not dialog.save.isEnabled()
    dialog.close()
    fake.inside = (EmbeddedFile(0, "x" * 300 + ".txt"),)
    page.feature(FileActions).save_attachments(list(fake.inside))
    chooser = shown(page, QFileDialog, qtbot)
    assert len(Path(chooser.selectedFiles()[0]).name) <= 120
    chooser.close()


def test_the_file_is_dragged_out_to_be_copied(
    viewer: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[tuple[str, Qt.DropAction]] = []

    def exec_(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        dragged.append((drag.mimeData().urls()[0].toLocalFile(), action))
        return action

    monkeypatch.setattr(QDrag, "exec", exec_)
    page = viewer(FakeEngine(), tmp_path / "paper.pdf")
    handle = page.feature(FileActions).handle
    assert handle.isVisible()
    QTest.mousePress(handle, LEFT, pos=QPoint(8, 8))
    QTest.mouseMove(handle, QPoint(12, 8))
    assert dragged == []
    QTest.mouseMove(handle, QPoint(60, 80))
    assert dragged == [(str(tmp_path / "paper.pdf"), Qt.DropAction.CopyAction)]
    QTest.mouseRelease(handle, LEFT, pos=QPoint(60, 80))
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton


def test_the_handle_has_a_menu_by_key_too(
    viewer: Viewer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True
    )
    page = viewer(FakeEngine())
    asked: list[Path] = []
    page.showInFolderRequested.connect(asked.append)
    feature = page.feature(FileActions)
    feature.menu.aboutToShow.emit()
    actions = {action.text(): action for action in feature.menu.actions()}
    actions["Show the file in its folder"].trigger()
    actions["Open in the system's viewer"].trigger()
    assert asked == [page.path]
    assert opened == [str(page.path.absolute())]
