"""The guide: set anew it is the same file, and what it says is true of the program."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from reader.arguments import COMMANDS
from reader.domain.marking import PALETTE
from reader.domain.query import TEXT_FIELDS, VALUE_FIELDS
from reader.ui.commands.table import LIBRARY, WINDOW
from reader.ui.notes.commands import NOTE
from reader.ui.notes.rows import FREE
from reader.ui.tabs.commands import TABS
from reader.ui.viewer.features import viewer_rows

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "resources" / "guide.pdf"
TEXT = (ROOT / "packaging" / "guide" / "guide.md").read_text(encoding="utf-8")


@pytest.fixture
def guide() -> Iterator[pymupdf.Document]:
    with pymupdf.open(GUIDE) as document:
        yield document


def test_set_anew_it_is_the_same_file(tmp_path: Path) -> None:
    target = tmp_path / "guide.pdf"
    script = [sys.executable, str(ROOT / "packaging" / "make_guide.py"), str(target)]
    subprocess.run(script, check=True, capture_output=True)
    assert target.read_bytes() == GUIDE.read_bytes(), "run packaging/make_guide.py"


def test_it_is_small_and_says_what_it_is(guide: pymupdf.Document) -> None:
    assert GUIDE.stat().st_size < 400_000
    assert 6 <= guide.page_count <= 10
    assert guide.metadata
    assert guide.metadata["title"] == "A guide to Paper Reader"


def test_pages_are_labelled_i_ii_1_2(guide: pymupdf.Document) -> None:
    labels = [page.get_label() for page in guide]
    assert labels == ["i", "ii", *map(str, range(1, guide.page_count - 1))]


def test_the_contents_and_the_outline_lead_to_their_headings(guide: pymupdf.Document) -> None:
    outline = guide.get_toc()
    headings = [title for _, title, _ in outline][2:]
    assert len(headings) > 8
    for _, title, page in outline[2:]:
        assert title.split(" ", 1)[-1] in str(guide[page - 1].get_text()).replace("\n", " ")
    pages = [link["page"] + 1 for link in guide[1].get_links()]
    assert pages == [page for _, _, page in outline[2:]]


def test_every_link_is_internal_or_https(guide: pymupdf.Document) -> None:
    links = [link for page in guide for link in page.get_links()]
    inner = [link for link in links if link["kind"] == pymupdf.LINK_GOTO]
    web = [link["uri"] for link in links if link["kind"] == pymupdf.LINK_URI]
    assert len(inner) + len(web) == len(links)
    assert all(0 <= link["page"] < guide.page_count for link in inner)
    assert len(web) == 7
    assert all(uri.startswith("https://") for uri in web)


def test_every_citation_has_its_reference() -> None:
    body, references = TEXT.split("::references")
    cited = set(re.findall(r"\[(\d+)\]", body))
    assert cited == set(re.findall(r"^\[(\d+)\]", references, re.MULTILINE))


def test_all_type_is_embedded_and_inside_the_margins(guide: pymupdf.Document) -> None:
    fonts = {font[:4] for page in guide for font in page.get_fonts()}
    assert all(extension != "n/a" for _, extension, _, _ in fonts)
    for page in guide:
        for word in list(page.get_text("words")):
            x0, y0, x1, y1 = (float(value) for value in word[:4])
            assert 85 < x0 < x1 < 510
            assert 40 < y0 < y1 < 805


def test_the_fields_of_the_search_table_exist() -> None:
    table = TEXT.split("| You type")[1].split("::caption")[0]
    fields = set(re.findall(r"`-?(?:\w+ )?(\w+):", table))
    assert len(fields) >= 9
    assert fields <= {*TEXT_FIELDS, *VALUE_FIELDS}


def test_the_commands_of_the_command_table_exist() -> None:
    table = TEXT.split("| Command")[1].split("::caption")[0]
    named = set(re.findall(r"^\| `([\w-]+)", table, re.MULTILINE))
    assert len(named) >= 10
    assert named <= set(COMMANDS)


# ---- keys

# What the guide's rows of keys speak of; a row that is not here, or a key that its
# commands do not have, is a mistake of the guide or of this table.
_ROWS: dict[str, tuple[str, ...]] = {
    "find; {F3} and {Shift+F3} go from hit to hit": (
        "viewer.find", "viewer.find_next", "viewer.find_previous",
    ),
    "go to a page by its number or label": ("viewer.page",),
    "zoom in and out": ("viewer.zoom_in", "viewer.zoom_out"),
    "fit the width, the text, the page; actual size": (
        "viewer.fit_width", "view.fit_text", "viewer.fit_page", "viewer.zoom_actual",
    ),
    "back and forward, as in a browser": ("viewer.back", "viewer.forward"),
    "follow a link by its letters": ("viewer.hints",),
    "add a bookmark; set a mark, go to it": (
        "viewer.bookmark", "viewer.mark", "viewer.go_to_mark",
    ),
    "copy the selected text, as a quotation with its page": ("viewer.copy", "viewer.quote"),
    "show the outline, the thumbnails, the next pane; the note": (
        "viewer.outline", "viewer.thumbnails", "viewer.next_pane", "viewer.notes",
    ),
    "close the tab or its half, open the closed tab again": ("window.close_tab", "window.reopen_tab"),
    "the tab seen before this one, the other half of a split": (
        "window.recent_tab", "window.other_pane",
    ),
    "find in all open tabs": ("viewer.find_everywhere",),
    "choose an area of a page, copy it as a picture": ("viewer.area", "viewer.area_picture"),
    "the reading ruler, moved by the arrow keys": ("viewer.ruler",),
    "the text in one column instead of the pages": ("viewer.reflow",),
    "read aloud, presentation": ("viewer.aloud", "viewer.presentation"),
    "fill in the next field of the form": ("viewer.form_next",),
    "print, save a copy": ("viewer.print", "viewer.save_copy"),
    "the next paper, the one before": ("list.next", "list.previous"),
    "read the PDF": ("paper.open",),
    "write a note": ("paper.note",),
    "star": ("paper.star",),
    "mark as unread, as being read, as read": ("paper.unread", "paper.reading", "paper.read"),
    "tags, collections": ("paper.tags", "paper.collections"),
    "move to the trash": ("paper.trash",),
    "undo, redo": ("window.undo", "window.redo"),
    "bold, italic, mathematics": ("note.bold", "note.italic", "note.math"),
    "heading, list, things to do": ("note.heading1", "note.bullets", "note.boxes"),
    "tick the box": ("note.tick",),
    "find in the note, find and replace": ("note.find", "note.replace"),
    "write, write and read, or read": ("note.view",),
    "write on the full screen, and back": ("note.full_screen",),
    "new note of the paper, list of its notes": ("note.new", "note.all"),
    "the paper’s next note, the one before": ("note.next", "note.previous"),
    "insert a template, history": ("note.template", "note.history"),
    "new free note, all free notes": ("notes.new", "notes.show"),
    "highlight, underline, strike out, squiggly line": (
        "annotate.highlight", "annotate.underline", "annotate.strike_out", "annotate.squiggle",
    ),
    "a sticky note, text on the page": ("annotate.note", "annotate.text"),
    "draw with a pen, mark an area": ("annotate.ink", "annotate.area"),
    "rectangle, ellipse, line, arrow": (
        "annotate.rectangle", "annotate.ellipse", "annotate.line", "annotate.arrow",
    ),
    "comment on the mark, with tags": ("annotate.comment",),
    "quote it in the note, bring all into the note, copy a link": (
        "viewer.quote_in_note", "viewer.annotations_to_note", "viewer.copy_link",
    ),
    "select annotations by a frame, delete what is selected": (
        "annotate.select", "annotate.delete",
    ),
    "keep the tool, or no longer": ("annotate.keep_tool",),
    "the strip of tools": ("annotate.show_tools",),
    "a caret in the text": ("annotate.caret",),
}  # fmt: skip
_MOUSE = {"Ctrl+wheel"}
_KEY = re.compile(r"\{([^}]+)\}")
COMMAND_ROWS = {row.id: row for row in (*WINDOW, *LIBRARY, *TABS, *NOTE, *FREE, *viewer_rows())}


def key_rows() -> list[tuple[str, str]]:
    """(keys, what they do) of every table of the guide whose head begins with Key."""
    tables = re.findall(r"^\| Key \|.*\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    rows = [line.strip("|").split(" | ") for table in tables for line in table.splitlines()]
    return [(keys.strip(), what.strip()) for keys, what in rows]


def test_the_tables_of_keys_are_what_the_commands_have() -> None:
    told = {what: keys for keys, what in key_rows()}
    assert told.keys() == _ROWS.keys()
    for what, keys in told.items():
        commands = [COMMAND_ROWS[name] for name in _ROWS[what]]
        named = [*_KEY.findall(keys), *_KEY.findall(what)]
        for command in commands:
            assert set(named) & set(command.keys), f"{command.id} has no key in “{what}”"
        strange = set(named) - {key for command in commands for key in command.keys}
        assert not strange, what


def test_every_key_in_the_guides_prose_is_one_of_a_command() -> None:
    known = {key for row in COMMAND_ROWS.values() for key in row.keys}
    held = {"Shift", "Ctrl", "Enter"}  # held with the mouse, or the list's own
    assert set(_KEY.findall(TEXT)) <= known | held | _MOUSE


def test_the_colours_have_the_keys_and_meanings_that_are_told() -> None:
    told = re.findall(r"\{([1-8])\} (?:marks it )?in (\w+)", TEXT)
    assert told == [(str(number), color.name) for number, color in enumerate(PALETTE, 1)]
    assert [
        key for number in "12345678" for key in COMMAND_ROWS[f"annotate.color_{number}"].keys
    ] == list("12345678")
    meanings = [color.meaning for color in PALETTE]
    assert f"{', '.join(meanings[:-1])} and {meanings[-1]}" in TEXT
