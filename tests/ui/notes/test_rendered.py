"""The rendered note: what Markdown becomes, what it never loads, and that it follows the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtTest import QTest

from reader.ui.notes.rendered.build import CODE, QUOTE
from reader.ui.notes.rendered.objects import OBJECT, Kind
from reader.ui.notes.rendered.view import RenderedView
from tests.ui.notes.conftest import Desk


def rendered(desk: Desk, text: str, way: str = "read") -> RenderedView:
    """The view once it shows a text with all its math."""
    desk.show(text)
    side = desk.own.side
    if side.way != way:
        desk.editor.view_wanted.emit(way)
    settled(desk)
    return side.view


def settled(desk: Desk) -> None:
    live, formulas = desk.own.side.live, desk.parts.formulas
    desk.until(lambda: not live.busy and not formulas.busy)
    desk.qtbot.wait(150)  # what arrived just now is built anew
    desk.until(lambda: not live.busy and not formulas.busy)


def blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.firstBlock()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def lines_of(view: RenderedView) -> list[str]:
    """The text of each block that has some."""
    return [block.text() for block in blocks(view.document()) if block.text()]


def formats(view: RenderedView, text: str) -> Any:
    """The format of the first place of some words."""
    cursor = view.document().find(text)
    assert not cursor.isNull(), text
    cursor.setPosition(cursor.selectionStart() + 1)
    return cursor.charFormat()


def kinds(view: RenderedView) -> list[int]:
    """The objects of the document, in their order."""
    found: list[int] = []
    for block in blocks(view.document()):
        each = block.begin()
        while not each.atEnd():
            fragment = each.fragment()
            if OBJECT in fragment.text():
                found += [fragment.charFormat().objectType()] * fragment.length()
            each += 1
    return found


def hrefs(view: RenderedView) -> list[str]:
    """Where the document's links lead, for whoever clicks them."""
    return list(view._targets)


def test_what_markdown_becomes(desk: Desk) -> None:
    view = rendered(
        desk,
        "# Head\n\nA **bold** and *slanted* ~~gone~~ `code` word.\n\n> quoted\n> > twice\n\n"
        "```py\nif x:\n    y\n```\n\n1. one\n2. two\n   - deep\n\nlast  \nline\n",
    )
    assert lines_of(view) == [
        "Head", "A bold and slanted gone code word.", "quoted", "twice", "if x:\u2028    y",
        f"{OBJECT}one", f"{OBJECT}two", f"{OBJECT}deep", "last\u2028line",
    ]  # fmt: skip
    assert formats(view, "Head").font().pixelSize() > 20
    assert formats(view, "bold").fontWeight() > 500
    assert formats(view, "slanted").fontItalic()
    assert formats(view, "gone").fontStrikeOut()
    assert formats(view, "code").fontFamilies()
    found = {block.text(): block.blockFormat() for block in blocks(view.document())}
    assert [found[text].intProperty(QUOTE) for text in ("quoted", "twice")] == [1, 2]
    assert found["if x:\u2028    y"].doubleProperty(CODE) > 0
    assert found[f"{OBJECT}deep"].leftMargin() > found[f"{OBJECT}two"].leftMargin() > 0


@pytest.mark.parametrize(
    "text, lines",
    [
        ("# A\n\n<!-- annotation 7a8b -->\n- one\n<!-- end -->\n\ntwo", ["A", "one", "two"]),
        ("one\n<!-- over\n\nlines -->\ntwo", ["one", "two"]),
        ("one <!-- inside --> two", ["one  two"]),
        ("- a\n\n  <!-- in a list -->\n  b", ["a", "b"]),
        # what is no whole comment is never hidden
        ("<!-- open\n\ntwo", ["<!-- open", "two"]),
        ("<!-- a --> behind", [" behind"]),
        ("`<!-- code -->` <b>", ["<!-- code --> <b>"]),
        ("    <!-- code -->\n\n```\n<!-- a -->\n```", ["<!-- code -->", "<!-- a -->"]),
        ("a \\<!-- escaped -->", ["a <!-- escaped -->"]),
    ],
)
def test_comments_are_not_shown(desk: Desk, text: str, lines: list[str]) -> None:
    found = (line.replace(OBJECT, "").strip() for line in lines_of(rendered(desk, text)))
    assert list(filter(None, found)) == [line.strip() for line in lines]


def test_tables_have_cells_and_sides(desk: Desk) -> None:
    view = rendered(desk, "| a | b |\n|:--|--:|\n| 1 | **2** |\n| 3 | 4 |\n\nafter")
    table = view.document().rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    assert (table.rows(), table.columns()) == (3, 2)
    cursor = table.cellAt(1, 1).firstCursorPosition()
    assert cursor.block().text() == "2"
    assert cursor.blockFormat().alignment() & Qt.AlignmentFlag.AlignRight
    assert lines_of(view)[-1] == "after"


def test_tasks_are_boxes_that_tick_the_text(desk: Desk) -> None:
    view = rendered(desk, "# To do\n\n- [ ] one\n- [x] two\n")
    assert kinds(view) == [Kind.BOX, Kind.BOX]
    view.anchorClicked.emit(QUrl("b:2"))
    assert desk.edit.toPlainText() == "# To do\n\n- [x] one\n- [x] two\n"
    desk.edit.undo()
    assert desk.edit.toPlainText() == "# To do\n\n- [ ] one\n- [x] two\n"


def test_a_box_is_clicked_with_the_mouse(desk: Desk) -> None:
    view = rendered(desk, "- [ ] one\n")
    cursor = QTextCursor(view.document())
    left = view.cursorRect(cursor)
    cursor.movePosition(QTextCursor.MoveOperation.Right)
    place = QPoint((left.left() + view.cursorRect(cursor).left()) // 2, left.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.edit.toPlainText() == "- [x] one\n"


def test_footnotes_stand_at_the_end(desk: Desk) -> None:
    view = rendered(desk, "Said.[^a]\n\n[^a]: By whom.\n\nMore.")
    assert lines_of(view)[0] == "Said.1" and lines_of(view)[-1] == "1.\u00a0By whom."


# ---- math


def test_math_is_set_and_what_is_none_stays_its_source(desk: Desk) -> None:
    view = rendered(desk, "So $x_1$ and $\\frac{a$, $5 and $10.\n\n$$\ny\n$$\n")
    assert lines_of(view) == [f"So {OBJECT} and $\\frac{{a$, $5 and $10.", OBJECT]
    assert kinds(view) == [Kind.MATH, Kind.MATH]


def test_copying_gives_the_source(desk: Desk) -> None:
    view = rendered(desk, "So $x_1$ and 😀 $y$.\n\n- [ ] one\n- two")
    view.selectAll()
    view.copy()
    assert QGuiApplication.clipboard().text() == "So $x_1$ and 😀 $y$.\n- [ ] one\n- two"


def ink(image: QImage, left: int, right: int, paper: QColor) -> tuple[int, int]:
    """The first and last row with ink between two columns."""
    rows = [
        y
        for y in range(image.height())
        if any(
            abs(image.pixelColor(x, y).lightness() - paper.lightness()) > 90
            for x in range(left, right)
        )
    ]
    return rows[0], rows[-1]


def test_a_formula_stands_on_the_baseline_of_its_line(desk: Desk) -> None:
    # GIVEN letters without a descender beside formulas that reach above and below
    view = rendered(desk, "HHHH $H$ $\\sum_{i}^{n}$ HHHH")
    image = view.viewport().grab().toImage()
    font = desk.own.side.look().sized()
    words = round(QFontMetricsF(font).horizontalAdvance("HHHH"))
    cursor = QTextCursor(view.document())
    cursor.setPosition(5)
    start = view.cursorRect(cursor).left()
    cursor.setPosition(6)
    end = view.cursorRect(cursor).left()
    paper = desk.theme.color("background")
    # THEN the feet of both kinds of H are in one row of pixels
    letters, formula = ink(image, 4, words, paper), ink(image, start, end, paper)
    assert abs(letters[1] - formula[1]) <= 1


def test_formulas_take_the_colours_of_the_theme(desk: Desk) -> None:
    view = rendered(desk, "$\\blacksquare\\blacksquare$")
    dark = min(
        view.viewport().grab().toImage().pixelColor(x, y).lightness()
        for x in range(4, 40)
        for y in range(4, 20)
    )
    desk.theme.choose("dark")
    settled(desk)
    light = max(
        view.viewport().grab().toImage().pixelColor(x, y).lightness()
        for x in range(4, 40)
        for y in range(4, 20)
    )
    assert dark < 90 and light > 160


# ---- what is never loaded


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A picture on the disk that no note may show."""
    file = tmp_path / "secret.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    assert image.save(str(file))
    return file


def test_a_note_loads_no_file_and_no_address(desk: Desk, secret: Path) -> None:
    asked: list[str] = []
    desk.kit.picture = lambda _paper, name: asked.append(name)
    url = QUrl.fromLocalFile(str(secret)).toString()
    view = rendered(
        desk,
        f'<img src="{url}"> ![a]({url}) ![b](http://127.0.0.1:9/x.png) ![c](//host/x.png)\n\n'
        f"![d]({secret}) ![e](../secret.png) ![f](data:image/png;base64,AAAA)\n\n"
        f"<b>bold</b> <script>x</script>\n\n<table background='{url}'>",
    )
    # THEN each picture is a placeholder, and nobody was asked for one
    assert kinds(view) == [Kind.PICTURE] * 7
    assert asked == []
    # AND HTML is the text that it is
    assert lines_of(view)[-2:] == ["<b>bold</b> <script>x</script>", f"<table background='{url}'>"]
    shown = view.viewport().grab().toImage()
    colors = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(150)}
    assert "#ff00ff" not in colors
    # AND the door itself gives nothing
    for kind in QTextDocument.ResourceType:
        assert view.loadResource(kind.value, QUrl(url)) is None


def test_a_picture_of_the_library_is_shown(desk: Desk) -> None:
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    kept = {("paper", "chart.png"): bytes(buffer.data().data()), ("paper", "bad.png"): b"none"}
    desk.kit.picture = lambda paper, name: kept.get((paper, name))
    view = rendered(desk, "![a](chart.png)\n\n![b](bad.png) ![c](gone.png)")
    desk.until(lambda: desk.parts.images.get("paper", "chart.png"))
    settled(desk)
    shown = view.viewport().grab().toImage()
    assert shown.pixelColor(20, 16).name() == "#ff00ff"
    assert desk.parts.images.get("paper", "bad.png") is None


def test_links_are_followed_only_when_clicked_and_only_some(desk: Desk) -> None:
    out: list[str] = []
    inside: list[str] = []
    desk.kit.link_clicked.connect(out.append)
    desk.kit.place_wanted.connect(inside.append)
    view = rendered(
        desk,
        "[a](https://a.b/c) [b](javascript:alert(1)) [c](file:///etc/passwd) <mailto:a@b.c> "
        "https://d.e, doi:10.1000/x and [[A paper|it]] [f](paper-reader://paper/1)",
    )
    assert hrefs(view) == [
        "https://a.b/c", "mailto:a@b.c", "https://d.e", "doi:10.1000/x", "[[A paper|it]]",
        "paper-reader://paper/1",
    ]  # fmt: skip
    assert (out, inside) == ([], [])
    for number in range(6):
        view.anchorClicked.emit(QUrl(f"l:{number}"))
    assert out == ["https://a.b/c", "mailto:a@b.c", "https://d.e", "https://doi.org/10.1000/x"]
    assert inside == ["[[A paper|it]]", "paper-reader://paper/1"]


# ---- living with the text


def test_the_three_ways_are_a_setting_that_all_editors_follow(desk: Desk) -> None:
    side = desk.own.side
    assert desk.edit.isVisible() and side.view.isHidden()
    side.next_way()
    assert desk.edit.isVisible() and side.view.isVisible()
    side.next_way()
    assert desk.edit.isHidden() and side.view.isVisible()
    assert desk.settings.text("note_view") == "read"
    desk.settings.set("note_view", "beside")
    assert desk.edit.isVisible() and side.view.isVisible()
    assert [b.objectName() for b in desk.editor.views.buttons() if b.isChecked()] == ["beside"]


def test_the_view_follows_the_keys(desk: Desk) -> None:
    view = rendered(desk, "one‸", "beside")
    desk.edit.setFocus()
    desk.type(" two")
    desk.until(lambda: lines_of(view) == ["one two"])


def test_an_answer_for_an_older_text_is_dropped(desk: Desk) -> None:
    view = rendered(desk, "start", "beside")
    for number in range(20):
        desk.show(f"text {number}")
        desk.own.side.live.render()
    settled(desk)
    assert lines_of(view) == ["text 19"]


def test_scrolling_goes_together(desk: Desk) -> None:
    text = "".join(f"## Part {n}\n\nSome words.\n\n```\ncode\n```\n\n" for n in range(80))
    view = rendered(desk, text, "beside")
    desk.until(lambda: not desk.editor.style_.busy)
    side = desk.own.side
    side.scroll_text(8 * 40)
    top = view.cursorForPosition(QPoint(4, 12)).block()
    assert top.text() in {"Part 40", "Part 39", "code", "Some words."}
    assert abs(view.first_line() - 8 * 40) < 3
    view.scroll_to_line(8 * 20)
    assert abs(view.first_line() - 8 * 20) < 1


def test_beside_is_below_where_it_is_narrow(desk: Desk) -> None:
    rendered(desk, "text", "beside")
    assert desk.editor.body.orientation() == Qt.Orientation.Horizontal
    desk.editor.resize(420, 700)
    desk.until(lambda: desk.editor.body.orientation() == Qt.Orientation.Vertical)


def test_what_people_nest_is_no_trouble(desk: Desk) -> None:
    view = rendered(desk, "> " * 300 + "deep\n\n" + "".join("  " * n + "- x\n" for n in range(200)))
    assert lines_of(view)
    view = rendered(desk, "\0 \ud800 [x](" * 3 + "*" * 500 + "\n|" * 50)
    assert lines_of(view)
