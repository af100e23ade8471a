"""Printing: which pages, how they lie on paper, into a file, cancelled, broken pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfTimeout
from reader.ui.viewer import printing
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.printing import Printing, plan
from reader.ui.viewer.printing.dialog import PrintDialog
from reader.ui.viewer.printing.job import PrintJob
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of
from tests.ui.viewer.homes import FakeDesk, home
from tests.ui.viewer.paper_out import print_into

pytestmark = pytest.mark.shared
CTRL = Qt.KeyboardModifier.ControlModifier
A4 = (595.0, 842.0)


@pytest.fixture(autouse=True)
def loaded() -> None:
    printing.load(PrintDialog, PrintJob)


def numbers(text: str) -> int | None:
    labels = {"iv": 3}
    if text in labels:
        return labels[text]
    return int(text) - 1 if text.isdecimal() and 1 <= int(text) <= 12 else None


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("1-3, 7", [0, 1, 2, 6]),
        (" 5 ;iv , 3–2", [4, 3, 2, 1]),
        ("iv-6", [3, 4, 5]),
        ("13", None),
        ("1-", None),
        ("", None),
        (",", None),
    ],
)
def test_pages_by_words(words: str, wanted: list[int] | None) -> None:
    assert plan.chosen(words, numbers) == wanted


def test_bands_cover_the_page_without_gap_or_overlap() -> None:
    found = list(plan.bands(A4, 600 / 72, most=1_000_000))
    width = round(595 * 600 / 72)
    heights = [round((band.clip[3] - band.clip[1]) * 600 / 72) for band in found]
    assert sum(heights) == round(842 * 600 / 72)
    assert max(heights) * width <= 1_000_000
    assert [band.top for band in found] == [sum(heights[:n]) for n in range(len(found))]


def test_a_page_fits_the_paper_or_keeps_its_size() -> None:
    fitted = plan.place((300.0, 400.0), (600.0, 900.0), 1.0, fit=True)
    assert (fitted.scale, fitted.left, fitted.top) == (2.0, 0.0, 50.0)
    own = plan.place((300.0, 400.0), (600.0, 900.0), 1.0, fit=False)
    assert (own.scale, own.left) == (1.0, 150.0)
    # Too large a page is made smaller rather than cut.
    assert plan.place((3000.0, 400.0), (600.0, 900.0), 1.0, fit=False).scale == 0.2
    assert plan.resolution((14_400.0, 14_400.0), 8.0) < 8.0


@pytest.fixture
def dialog_of(qtbot: QtBot) -> Any:
    def ask(page: ViewerPage) -> PrintDialog:
        QTest.keyClick(page.canvas, Qt.Key.Key_P, CTRL)
        qtbot.waitUntil(lambda: bool(page.findChildren(PrintDialog)))
        return page.findChildren(PrintDialog)[-1]

    return ask


def test_the_dialog_says_what_it_understands(viewer: Viewer, dialog_of: Any) -> None:
    page = viewer(FakeEngine(pages=12))
    dialog = dialog_of(page)
    assert dialog.pages() == list(range(12))
    QTest.keyClicks(dialog.words, "2-4, 9")
    assert dialog.some.isChecked()
    assert dialog.pages() == [1, 2, 3, 8]
    assert dialog.fault.text() == "4 pages"
    QTest.keyClicks(dialog.words, ", 99")
    assert not dialog.accept_button.isEnabled()
    assert dialog.fault.text() == "There is no such page"
    dialog.one.setChecked(True)
    assert dialog.pages() == [0]
    dialog.close()


def test_pages_are_printed_into_a_file_and_the_window_goes_on(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot, tmp_path: Path, dialog_of: Any
) -> None:
    page = viewer(engine, paper)
    desk = FakeDesk()
    page.live_in(home(desk))
    dialog = dialog_of(page)
    QTest.keyClicks(dialog.words, "2, 3")  # labels: page 3 is the fifth
    target = tmp_path / "out.pdf"
    turns: list[int] = []
    clock, beat = QElapsedTimer(), QTimer()
    beat.timeout.connect(lambda: turns.append(clock.restart()))
    clock.start()
    beat.start(0)
    print_into(qtbot, dialog, target)
    qtbot.waitUntil(target.exists, timeout=30_000)
    beat.stop()
    doc = pymupdf.open(target)
    sizes = [tuple(round(edge) for edge in one.rect[2:]) for one in doc]
    ink = [one.get_pixmap(dpi=40).samples.count(b"\xff") for one in doc]
    doc.close()
    assert len(sizes) == 2
    assert sizes[0] == (595, 842)
    assert all(ink)
    assert ("ok", "Printed.") in desk.notices.all
    assert len(turns) > 40
    assert sorted(turns)[len(turns) * 9 // 10] < 40
    assert list(tmp_path.iterdir()) == [target]


def test_a_broken_page_stays_blank_and_is_told(
    viewer: Viewer, qtbot: QtBot, tmp_path: Path, dialog_of: Any
) -> None:
    fake = FakeEngine(pages=3)
    page = viewer(fake)
    desk = FakeDesk()
    page.live_in(home(desk))
    fake.faults["render", 1] = PdfTimeout("never")
    target = tmp_path / "out.pdf"
    dialog = dialog_of(page)
    print_into(qtbot, dialog, target)
    qtbot.waitUntil(target.exists, timeout=20_000)
    with pymupdf.open(target) as doc:
        assert doc.page_count == 3
    assert ("warn", "Printed; 1 page could not be drawn and stayed blank.") in desk.notices.all


def test_printing_is_cancelled_and_leaves_nothing(
    viewer: Viewer, qtbot: QtBot, tmp_path: Path, dialog_of: Any
) -> None:
    fake = FakeEngine(pages=3)
    page = viewer(fake)
    desk = FakeDesk()
    page.live_in(home(desk))
    dialog = dialog_of(page)
    dialog.annotations.setChecked(False)
    fake.held.add("render")
    print_into(qtbot, dialog, tmp_path / "out.pdf")
    qtbot.waitUntil(lambda: any(ask.kind == "render" for ask in fake.waiting))
    assert fake.waiting[-1].arguments["annotations"] is False
    page.feature(Printing)._cancel()
    fake.give()
    qtbot.wait(30)
    assert list(tmp_path.iterdir()) == []
    assert desk.notices.all[-1] == ("info", "Printing was cancelled.")
    assert pdf_of(page).pages == 3


def test_nothing_is_printed_over_the_file_that_is_shown(
    viewer: Viewer, engine: Engine, paper: Path, qtbot: QtBot, dialog_of: Any
) -> None:
    page = viewer(engine, paper)
    desk = FakeDesk()
    page.live_in(home(desk))
    before = paper.read_bytes()
    print_into(qtbot, dialog_of(page), paper)
    assert [kind for kind, _ in desk.notices.all] == ["error"]
    assert paper.read_bytes() == before
    assert list(paper.parent.iterdir()) == [paper]


def test_a_file_that_cannot_be_written_is_named(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path, dialog_of: Any
) -> None:
    page = viewer(fake)
    desk = FakeDesk()
    page.live_in(home(desk))
    # WHEN it is printed into a folder that is not there
    target = tmp_path / "gone" / "out.pdf"
    print_into(qtbot, dialog_of(page), target)
    # THEN it is told which file, and why; not that a printer does not answer
    [(kind, told)] = desk.notices.all
    assert kind == "error" and str(target) in told and "No such file" in told
