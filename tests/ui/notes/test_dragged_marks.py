"""Annotations dragged into a note: from the page, from the lists; areas as their pictures."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from reader.domain.marking import Annotation, Kind, Part
from reader.ui.browse.all_marks import page as all_marks
from reader.ui.notes.editor import NoteEditor
from reader.ui.viewer.annotate import hands
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotate.places import in_view
from reader.ui.viewer.marks_pane import listed
from reader.ui.viewer.marks_pane.feature import MarksList
from reader.ui.viewer.page import ViewerPage
from reader.ui.widgets.mark_drag import dragged, hold
from tests.ui.driving import Driven
from tests.ui.notes.test_several import free
from tests.ui.notes.test_to_note import marked, note, reading
from tests.ui.test_all_annotations import opened

AREA = ((100.0, 700.0, 300.0, 700.0, 100.0, 600.0, 300.0, 600.0),)


def area(win: Driven, page: ViewerPage, number: int = 0) -> Annotation:
    """An area picture on a page."""
    feature = page.feature(Annotate)
    uid = feature.add(Annotation(Kind.AREA, (Part(number, quads=AREA),), comment="Look."))
    win.settled()
    return win.app.reader.annotation(uid)


def test_an_area_dropped_into_the_note_is_a_picture_with_its_link(win: Driven) -> None:
    # GIVEN an area of a page, and a note beside it
    page = reading(win)
    one = area(win, page)
    win.app.tabs.show_library()
    win.focus(win.note)
    win.type("Above")
    # WHEN it is dropped into the note
    win.note.insertFromMimeData(hold([one]))
    link = f"paper-reader://annotation/{one.uid}"
    win.until(lambda: link in win.note.toPlainText())
    # THEN the picture is the paper's file, and the link leads to its place
    uid = win.paper().uid
    [file] = [it for it in win.on_disk(uid).attachments if it.role == "picture"]
    assert win.note.toPlainText().startswith(f"Above\n\n![]({file.path})\n([p. ")
    assert win.note.toPlainText().endswith("Look.\n")
    drawn = QImage(str(win.app.reader.file_of(file.path)))
    assert (drawn.width(), drawn.height()) == (400, 200), "200 by 100 points at twice the size"
    # AND it is saved
    win.app.desk.notebook.flush()
    win.until(lambda: link in note(win))


def test_an_area_dropped_into_a_free_note_is_its_own_picture(win: Driven) -> None:
    page = reading(win)
    one = area(win, page)
    win.app.tabs.show_library()
    pane = free(win)
    pane.new()
    win.until(pane.editor.edit.hasFocus)
    pane.editor.edit.insertFromMimeData(hold([one]))
    win.until(lambda: "![](" in pane.editor.edit.toPlainText())
    name = pane.editor.edit.toPlainText().partition("![](")[2].partition(")")[0]
    assert win.app.reader.free_file(name)


def test_a_mark_is_dropped_as_its_words(win: Driven) -> None:
    page = reading(win)
    uid = marked(win, page, 2, "the\nmarked words")
    win.app.tabs.show_library()
    win.focus(win.note)
    win.note.insertFromMimeData(hold([win.app.reader.annotation(uid)]))
    win.until(lambda: "> the marked words ([p. " in win.note.toPlainText())
    assert f"](paper-reader://annotation/{uid}))" in win.note.toPlainText()


def test_an_area_dropped_beside_its_page_is_kept_though_the_tab_is_closed_at_once(
    win: Driven,
) -> None:
    # GIVEN an area dropped into the note beside its page
    page = reading(win)
    one = area(win, page)
    editor = page.side
    assert isinstance(editor, NoteEditor)
    win.until(lambda: editor.note != "")
    editor.edit.insertFromMimeData(hold([one]))
    # WHEN the tab is closed before its picture is made
    win.app.tabs.close_current()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(editor)
    # THEN it stands in the note all the same
    win.until(lambda: f"paper-reader://annotation/{one.uid}" in note(win))


def test_quoting_an_area_from_its_bar_gives_its_picture_too(win: Driven) -> None:
    page = reading(win)
    one = area(win, page)
    page.feature(Annotate).picked.choose([one.uid])
    page.feature(Annotate).quote_in_note()
    win.until(lambda: "![](" in note(win))
    assert f"paper-reader://annotation/{one.uid}" in note(win)


def test_an_area_whose_file_is_gone_leaves_its_link_and_says_so(win: Driven) -> None:
    page = reading(win)
    one = area(win, page)
    win.app.tabs.show_library()
    for file in win.paper().documents:
        win.app.reader.file_of(file.path).rename(win.app.reader.file_of(f"away-{file.path}"))
    win.focus(win.note)
    win.note.insertFromMimeData(hold([one]))
    win.until(lambda: f"annotation/{one.uid}" in win.note.toPlainText())
    assert "![](" not in win.note.toPlainText()
    win.until(lambda: any("picture could not be made" in text for text in win.notices()))


def moved(widget: QWidget, at: QPoint, pressed: Qt.MouseButton) -> None:
    """The pointer at a place of a widget, also beyond its edge."""
    where = QPointF(at)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(at)),
        Qt.MouseButton.NoButton, pressed, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_an_area_led_out_of_the_page_is_dragged_and_stays_in_its_place(
    win: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an area on the page
    page = reading(win)
    one = area(win, page)
    carried: list[list[str]] = []
    monkeypatch.setattr(
        hands, "drag_out", lambda _source, found: carried.append(dragged(hold(found)))
    )
    view = page.canvas.viewport()
    feature = page.feature(Annotate)
    shape = feature.picked.shape(one, 0)
    assert shape is not None
    rect = in_view(page.canvas, 0, shape.box)
    edge = QPoint(round(rect.left()), round(rect.center().y()))
    # WHEN it is led out of the view
    feature.picked.choose([one.uid])
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=edge - QPoint(0, 20))
    moved(view, edge + QPoint(30, 0), Qt.MouseButton.LeftButton)
    moved(view, QPoint(view.width() + 40, edge.y()), Qt.MouseButton.LeftButton)
    # THEN it is handed on
    win.until(lambda: carried == [[one.uid]])
    # AND was not moved, and the pointer is free
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=edge)
    win.settled()
    assert win.app.reader.annotation(one.uid).parts == one.parts
    moved(view, edge, Qt.MouseButton.NoButton)
    assert not feature.picked.led


def pulled(rows: QAbstractItemView) -> None:
    """Drag the first row of a list that is an annotation."""
    at = rows.visualRect(rows.model().index(0, 0)).center()
    view = rows.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    for step in (4, 12, 30):
        moved(view, at + QPoint(step, step), Qt.MouseButton.LeftButton)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at + QPoint(30, 30))


def test_annotations_are_dragged_out_of_both_lists(
    win: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an area
    page = reading(win)
    one = area(win, page)
    carried: list[list[str]] = []
    for module in (listed, all_marks):
        monkeypatch.setattr(
            module, "drag_out", lambda _source, found: carried.append(dragged(hold(found)))
        )
    # WHEN its row is dragged out of the list beside the page
    page.feature(MarksList).show()
    rows = page.feature(MarksList).pane.rows
    win.until(lambda: rows.isVisible() and rows.model().rowCount() == 1)
    pulled(rows)
    # THEN it can be dropped elsewhere
    assert carried == [[one.uid]]
    # AND out of the list of all annotations
    win.app.tabs.show_library()
    every = opened(win)
    win.until(lambda: every.model.rowCount() == 1)
    pulled(every.list)
    assert carried == [[one.uid], [one.uid]]


def test_the_list_of_all_annotations_quotes_in_the_papers_note(win: Driven) -> None:
    page = reading(win)
    one = area(win, page)
    win.app.tabs.show_library()
    uid = win.paper().uid
    every = opened(win)
    win.until(lambda: every.model.rowCount() == 1)
    QTest.mouseClick(every.details.to_note, Qt.MouseButton.LeftButton)
    win.until(lambda: "![](" in win.note_on_disk(uid))
    assert f"annotation/{one.uid}" in win.note_on_disk(uid)


@pytest.mark.parametrize("given", [b"{", b"3", b'["a", 1]', b"\xff"])
def test_what_is_no_list_of_annotations_is_not_taken(given: bytes) -> None:
    data = hold([])
    data.setData("application/x-paper-reader-annotations", given)
    assert dragged(data) in ([], ["a"])
