"""[[Links]] in notes: completed by keys, opened, counted backwards; addresses from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reader.app.start import open_window
from reader.arguments import WindowStart
from reader.services import noting
from reader.ui.notes.parts import EditorParts
from tests.ui.driving import Driven, is_ready


def parts(win: Driven) -> EditorParts:
    found = win.pane.note.parts
    assert isinstance(found, EditorParts)
    return found


def test_a_title_is_completed_by_keys_and_the_link_opens_the_paper(win: Driven) -> None:
    # GIVEN the beginning of a title typed after [[
    wanted = win.row(3)
    win.focus(win.note)
    win.type("see [[" + wanted.title[:12])
    popup = parts(win).completing
    win.until(popup.frame.isVisible)
    # WHEN it is chosen by Enter
    win.key(Qt.Key.Key_Return)
    # THEN the link is whole, and the popup gone
    assert win.note.toPlainText() == f"see [[{' '.join(wanted.title.split())}]]"
    assert not popup.frame.isVisible()
    # AND it opens the paper, which says who mentions it
    win.until(lambda: not win.app.desk.notebook.unsaved())
    parts(win).side.open_link(f"[[{wanted.title}]]")
    win.until(lambda: win.paper().uid == wanted.uid)
    line = parts(win).backlinks.line
    win.until(line.isVisible)
    assert line.accessibleName() == "Mentioned in 1 note"
    line.click()
    links = parts(win).backlinks
    links._open(links.list.item(0))
    win.until(lambda: win.paper().uid != wanted.uid and "see [[" in win.note.toPlainText())


def test_esc_puts_the_completion_off_until_another_link_is_begun(win: Driven) -> None:
    win.focus(win.note)
    win.type("[[")
    popup = parts(win).completing
    win.until(popup.frame.isVisible)
    win.key(Qt.Key.Key_Escape)
    assert not popup.frame.isVisible()
    assert win.note.hasFocus()
    win.type("On")
    win.settled()
    assert not popup.frame.isVisible()
    win.type("]] [[")
    win.until(popup.frame.isVisible)


def test_an_unknown_title_is_offered_as_a_note(win: Driven) -> None:
    win.app.desk.kit.go("[[A plan of mine]]")
    win.until(lambda: any("A plan of mine" in text for text in win.notices()))
    assert win.app.reader.notes_of("") == []
    card = win.app.notices.cards()[-1]
    next(it for it in card.findChildren(QPushButton) if it.text() == "Make a note").click()
    win.until(lambda: [it.title for it in win.app.reader.notes_of("")] == ["A plan of mine"])
    assert win.app.late is not None
    win.until(win.app.late.note_side.free.isVisible)


def test_an_address_of_a_note_of_a_paper_shows_it(win: Driven) -> None:
    # GIVEN two notes of the third paper
    there = win.row(3).uid
    made: list[str] = []
    for text in ("one", "two"):
        win.app.desk.write(noting.add, there, text, then=lambda found: made.append(found[0]))
    win.until(lambda: len(made) == 2)
    # WHEN the address of the second is opened
    win.app.desk.kit.go(f"paper-reader://note/{made[1]}")
    # THEN it is shown with its paper
    win.until(lambda: win.paper().uid == there and win.note.toPlainText() == "two")


def test_an_address_of_a_page_opens_the_pdf_there(win: Driven) -> None:
    guide = next(it for it in range(win.rows()) if win.row(it).has_pdf)
    slot = win.on_disk(win.row(guide).uid).attachments[0].uid
    win.app.desk.kit.go(f"paper-reader://attachment/{slot}?page=3")
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: is_ready(page))
    win.until(lambda: (place := page.position()) is not None and place.page == 2)


def test_an_address_given_before_the_window_is_complete_is_opened_then(
    win: Driven,
) -> None:
    kit = win.app.desk.kit
    way, kit.way = kit.way, None
    kit.go("[[nothing of that name]]")
    assert win.notices() == []
    assert way is not None
    kit.lead(way)
    win.until(lambda: any("nothing of that name" in text for text in win.notices()))


def test_what_is_no_place_is_said_and_changes_nothing(win: Driven) -> None:
    done = win.app.reader.undo_labels()
    for address in (
        "paper-reader://note/00000000-0000-4000-8000-000000000000",
        "paper-reader://delete/everything",
    ):
        before = len(win.notices())
        win.app.desk.kit.go(address)
        win.until(lambda before=before: len(win.notices()) > before)
    assert win.app.reader.undo_labels() == done
    assert win.app.reader.notes_of("") == []


def test_an_address_of_no_place_opens_no_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "library"
    assert open_window(WindowStart(folder, places=("paper-reader://delete/everything",))) == 2
    assert "leads to no place" in capsys.readouterr().err
    assert not folder.exists()


def test_a_remark_is_written_by_key_shown_in_the_list_and_undone(win: Driven) -> None:
    win.list.setFocus()
    win.key(Qt.Key.Key_F2)
    win.until(win.pane.remark.hasFocus)
    win.type("Read this first")
    win.key(Qt.Key.Key_Return)
    uid = win.paper().uid
    win.until(lambda: win.on_disk(uid).remark == "Read this first")
    assert win.list.hasFocus()
    win.until(lambda: win.row(0).remark == "Read this first")
    win.control(Qt.Key.Key_Z)
    win.until(lambda: win.on_disk(uid).remark == "" and win.pane.remark.text() == "")


def test_esc_leaves_the_remark_as_it_was(win: Driven) -> None:
    win.list.setFocus()
    win.key(Qt.Key.Key_F2)
    win.until(win.pane.remark.hasFocus)
    win.type("no")
    win.key(Qt.Key.Key_Escape)
    win.settled()
    assert win.pane.remark.text() == ""
    assert win.on_disk(win.paper().uid).remark == ""
