"""What a file or the reader calls something is no rich text to a tooltip, which would open files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QPushButton, QTreeView, QWidget

from reader.pdf.protocol import OutlineItem
from reader.services import editing
from reader.ui.viewer.outline import OutlineModel
from tests.ui.conftest import Start
from tests.ui.driving import Driven, is_ready

NAME = "<img src='file:///x.png'> that is longer than a chip"
TIP = Qt.ItemDataRole.ToolTipRole


def tips(win: Driven) -> Iterator[str]:
    """All tooltips of the window, those of rows among them."""
    for widget in win.window.findChildren(QWidget):
        yield widget.toolTip()
    tabs = win.window.top.tabs
    yield from (tabs.tabToolTip(at) for at in range(tabs.count()))
    for view in win.window.findChildren(QTreeView):
        model = view.model()
        yield from (str(model.index(row, 0).data(TIP) or "") for row in range(model.rowCount()))
    yield from (str(win.page.model.index(row, 0).data(TIP) or "") for row in range(5))


def test_names_are_plain_in_tooltips(start: Start, library: Path) -> None:
    # GIVEN a paper with a PDF whose title, tag and collection look like rich text
    win = start(library)
    uid = next(row.uid for at in range(win.rows()) if (row := win.row(at)).has_pdf)
    for work, *more in (
        (editing.set_title, uid, NAME),
        (editing.change_tags, [uid], [NAME]),
        (editing.add_to_collection, [uid], NAME.replace("/", "")),
    ):
        win.app.desk.write(work, *more)
        win.settled()
    order = win.app.reader.order_of(uid)
    win.page.list.select_order(order)
    win.until(lambda: win.pane.paper is not None and win.pane.paper.title == NAME)
    win.until(lambda: len(win.pane.findChildren(QPushButton, "chip")) == 1)
    # THEN the tag has its whole name for those who hear it, though it is cut for the eye
    [chip] = win.pane.findChildren(QPushButton, "chip")
    assert chip.accessibleName() == NAME and chip.text().endswith("…")
    # WHEN it is read, with an outline that looks so too
    win.app.open_paper(win.paper())
    win.until(lambda: is_ready(win.app.tabs.current()))
    win.settled()
    outline = OutlineModel([OutlineItem(1, NAME, 0)])
    # THEN no tooltip is rich text
    found = [*tips(win), str(outline.index(0, 0).data(TIP))]
    assert sum("img src" in text for text in found) >= 5
    assert [text for text in found if Qt.mightBeRichText(text)] == []
