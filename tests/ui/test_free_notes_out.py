"""The exported list of the whole library has the free notes, and brings them to another window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from reader.services import noting
from tests.library.shelf import writing
from tests.ui.conftest import Start
from tests.ui.driving import STARTER
from tests.ui.test_files import _words, plan_of


def test_free_notes_go_out_with_the_whole_list_and_come_in(
    start: Start, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a library with a free note, all of which is listed
    with writing(library) as writer:
        noting.add(writer, "", "# A thought\n\nof no paper")
    win, target = start(library), tmp_path / "list.json"
    monkeypatch.setattr(
        QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(target)])
    )
    # WHEN the list is exported, and brought into an empty library
    win.window.commands.action("window.export").trigger()
    win.until(target.exists)
    win.until(lambda: any("Exported" in text for text in win.notices()))
    assert "A thought" in target.read_text()
    other = start(tmp_path / "new library")
    other.app.open_files([target])
    dialog = plan_of(other)
    # THEN the plan tells of it apart from the papers, and so does what was done
    assert f"{STARTER} new papers, 1 free note" in _words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    other.until(lambda: other.rows() == STARTER)
    said = f"{STARTER} papers added, 0 updated, 0 unchanged. Free notes added: 1."
    other.until(lambda: said in other.notices())
    assert [note.title for note in other.app.reader.notes_of("")] == ["A thought"]


def test_a_folder_of_markdown_comes_in_by_the_menu(
    start: Start, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN notes of another program, one of a paper and one of none
    win, vault = start(library), tmp_path / "vault"
    vault.mkdir()
    title = win.paper().title
    (vault / "a.md").write_text(f"---\ntitle: {json.dumps(title)}\n---\n\nabout it")
    (vault / "A thought.md").write_text("of no paper")
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(vault)]))
    uid = win.paper().uid
    # WHEN they are imported THEN the plan tells of both, and each is where it belongs
    win.window.commands.action("window.import_notes").trigger()
    dialog = plan_of(win)
    assert "1 free note, 1 gain something" in _words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    win.until(lambda: [note.text for note in win.app.reader.notes_of(uid)] == ["about it"])
    assert [note.text for note in win.app.reader.notes_of("")] == ["of no paper"]
    said = "0 papers added, 1 updated, 0 unchanged. Free notes added: 1."
    win.until(lambda: said in win.notices())


def test_the_list_goes_out_as_a_folder_of_markdown_by_the_menu(
    start: Start, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a library with a free note, all of which is listed
    with writing(library) as writer:
        noting.add(writer, "", "# A thought\n\nof no paper")
    win, target = start(library), tmp_path / "vault"
    monkeypatch.setattr(
        QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(target)])
    )
    # WHEN it is exported THEN there is a file for each paper and note
    win.window.commands.action("window.export_folder").trigger()
    win.until(lambda: "Exported to vault." in win.notices())
    assert len(list(target.glob("*.md"))) == STARTER
    assert [it.name for it in (target / "Notes").iterdir()] == ["A thought.md"]
    # AND some papers go without the notes
    target = tmp_path / "some"
    win.choose("starred")
    win.window.commands.action("window.export_folder").trigger()
    win.until(lambda: "Exported to some." in win.notices())
    assert not (target / "Notes").exists()


def test_a_list_of_some_papers_has_no_free_notes(
    start: Start, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(library) as writer:
        noting.add(writer, "", "# A thought")
    win, target = start(library), tmp_path / "list.json"
    monkeypatch.setattr(
        QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(target)])
    )
    win.choose("starred")
    win.window.commands.action("window.export").trigger()
    win.until(target.exists)
    assert "A thought" not in target.read_text()
