"""From the page into the note: quotations with their links, all annotations by a template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from reader.domain.lists import NoteRow
from reader.domain.marking import Annotation, Kind, Part
from reader.services import annotating
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotation_note import AnnotationNote
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.to_note import ToNote
from tests.ui.driving import Driven, is_ready

QUADS = ((72.0, 700.0, 200.0, 700.0, 72.0, 688.0, 200.0, 688.0),)


def reading(win: Driven) -> ViewerPage:
    """The guide open in a tab, with its features."""
    guide = next(it for it in range(win.rows()) if win.row(it).has_pdf)
    win.select(guide)
    win.app.library.open_pdf()
    win.until(lambda: win.app.tabs.current() is not None)
    page = win.app.tabs.current()
    assert page is not None
    win.until(lambda: is_ready(page))
    win.until(lambda: page.side is not None)
    return page


def marked(win: Driven, page: ViewerPage, number: int, quote: str) -> str:
    """An annotation of the document; its uid."""
    feature = page.feature(Annotate)
    before = set(feature.store.all)
    feature.add(
        Annotation(Kind.HIGHLIGHT, (Part(number, quads=QUADS),), quote=quote, comment="Mine.")
    )
    win.until(lambda: set(feature.store.all) - before)
    win.settled()
    return next(iter(set(feature.store.all) - before))


def note(win: Driven) -> str:
    return win.note_on_disk(win.paper().uid)


def test_an_annotation_is_quoted_with_its_link_at_the_end_of_the_note(win: Driven) -> None:
    # GIVEN a note and an annotation
    page = reading(win)
    uid = marked(win, page, 2, "the\nmarked words")
    kit = win.app.desk.kit
    assert kit.append is not None
    kit.append(win.paper().uid, "before")
    win.until(lambda: note(win) == "before\n")
    # WHEN it is quoted
    page.feature(Annotate).picked.choose([uid])
    page.feature(Annotate).quote_in_note()
    # THEN the note has it with the link to it, and the same stands beside the page
    link = f"paper-reader://annotation/{uid}"
    win.until(lambda: link in note(win))
    assert note(win).startswith("before\n\n> the marked words ([p. ")
    assert note(win).endswith(f"]({link}))\n\nMine.\n")
    assert win.note.toPlainText() == note(win)
    # AND the link opens it
    win.app.tabs.show_library()
    kit.go(link)
    win.until(lambda: win.app.tabs.current() is page)
    win.until(lambda: (place := page.position()) is not None and place.page == 2)


def test_all_annotations_go_into_a_note_and_are_brought_up_to_date(win: Driven) -> None:
    # GIVEN two annotations in a note by the dialog
    page = reading(win)
    first = marked(win, page, 1, "one thing")
    marked(win, page, 2, "another thing")

    def ask() -> AnnotationNote:
        page.feature(ToNote).send()
        dialog = page.findChildren(AnnotationNote)[-1]
        win.until(dialog.go.isEnabled)
        return dialog

    ask().write()
    win.until(lambda: "one thing" in note(win) and "another thing" in note(win))
    assert re.findall(r"^## (.+)$", note(win), re.MULTILINE)
    win.settled()
    # WHEN the reader writes between, and an annotation changes
    uid = win.on_disk(win.paper().uid).notes[0].uid
    own = note(win).replace("## ", "My own words.\n\n## ", 1)
    win.app.desk.notebook.edit(uid, own, None)
    win.until(lambda: "My own words." in note(win))
    old = page.feature(Annotate).store.all[first]
    win.app.desk.write(annotating.change, [replace(old, comment="Said better.")])
    win.until(lambda: win.app.reader.annotation(first).comment != old.comment)
    win.settled()
    dialog = ask()
    assert dialog.go.text() == "Bring up to date"
    dialog.write()
    # THEN the change is there, and so is what the reader wrote
    win.until(lambda: "Said better." in note(win))
    assert "My own words." in note(win)
    assert note(win).count("another thing") == 1


def test_a_link_to_the_page_in_view_is_copied(win: Driven) -> None:
    page = reading(win)
    slot = win.paper().attachments[0].uid
    page.go_to_page(3)
    win.until(lambda: (place := page.position()) is not None and place.page == 3)
    page.feature(ToNote).copy_link()
    assert QGuiApplication.clipboard().text() == f"paper-reader://attachment/{slot}?page=4"


def test_a_papers_annotations_go_into_a_note_from_the_list(win: Driven) -> None:
    # GIVEN a paper with annotations, its PDF not open
    win.until(lambda: win.app.late is not None)
    guide = next(number for number in range(win.rows()) if win.row(number).has_pdf)
    win.select(guide)
    win.until(lambda: win.app.window.commands.action("paper.annotations_to_note").isEnabled())
    slot = win.paper().attachments[0].uid
    quad = (72.0, 700.0, 152.0, 700.0, 72.0, 688.0, 152.0, 688.0)
    part = Part(3, (quad,))
    drafts = [Annotation(Kind.HIGHLIGHT, (part,), slot, quote="a thing to keep")]
    win.app.desk.write(annotating.add, drafts)
    win.settled()
    # WHEN its key is pressed in the list, and the note is to be a new one by sections
    win.focus(win.list)
    win.key(Qt.Key.Key_Q, Qt.KeyboardModifier.ShiftModifier)
    win.until(lambda: win.app.window.findChildren(AnnotationNote))
    dialog = win.app.window.findChildren(AnnotationNote)[-1]
    win.until(dialog.go.isEnabled)
    dialog.grouping.setCurrentIndex(dialog.grouping.findData("section"))
    dialog.note.setCurrentIndex(dialog.note.count() - 1)
    dialog.write()
    # THEN it stands under its heading in the file, and one undo takes all of it away
    win.until(lambda: any("a thing to keep" in it.text for it in notes_of(win)))
    [made] = [it.text for it in notes_of(win) if "a thing to keep" in it.text]
    assert "## Without a section" not in made and "## " in made
    win.settled()
    assert win.app.reader.undo_labels()[0] == "Annotations to note"
    win.app.desk.undo()
    win.until(lambda: not any("a thing to keep" in it.text for it in notes_of(win)))


def notes_of(win: Driven) -> Sequence[NoteRow]:
    return win.app.reader.notes_of(win.paper().uid)
