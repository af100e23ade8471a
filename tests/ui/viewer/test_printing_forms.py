"""A form is printed with what was filled in, and the copy made for it is gone afterwards."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfRefused
from reader.ui.viewer import printing
from reader.ui.viewer.aids.presentation import Presentation
from reader.ui.viewer.form import Form
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.printing import Printing
from reader.ui.viewer.printing.dialog import PrintDialog
from reader.ui.viewer.printing.job import PrintJob
from tests.ui.viewer.fakes import FakeEngine, Viewer
from tests.ui.viewer.homes import FakeDesk, home
from tests.ui.viewer.paper_out import asked, print_into
from tests.ui.viewer.test_forms import click, form, opened

__all__ = ["form"]
pytestmark = pytest.mark.shared
NAME = pymupdf.Rect(74, 102, 270, 118)
AGREE = pymupdf.Rect(74, 222, 86, 234)


@pytest.fixture(autouse=True)
def loaded() -> None:
    printing.load(PrintDialog, PrintJob)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def dark(file: Path, area: pymupdf.Rect) -> bool:
    """Whether a part of the first page of a file has ink on it."""
    with pymupdf.open(file) as doc:
        samples: Any = doc[0].get_pixmap(dpi=144, clip=area, colorspace=pymupdf.csGRAY).samples
        return min(samples) < 110


@pytest.mark.parametrize("annotations", [True, False])
def test_what_was_filled_in_is_printed(
    viewer: Viewer,
    engine: Engine,
    form: Path,
    qtbot: QtBot,
    tmp_path: Path,
    folder: Path,
    annotations: bool,
) -> None:
    # GIVEN a box that is ticked, and a name that is still being typed
    desk = FakeDesk()
    page = opened(viewer, engine, form, desk, qtbot)
    click(page, 80, 228)
    click(page, 100, 110)
    editor = page.feature(Form).editor
    assert editor is not None
    QTest.keyClicks(editor.widget, "Ada Lovelace")
    # WHEN it is printed
    dialog = asked(page, qtbot)
    dialog.annotations.setChecked(annotations)
    target = tmp_path / "out.pdf"
    print_into(qtbot, dialog, target)
    qtbot.waitUntil(target.exists, timeout=30_000)
    # THEN both are on the paper, the file has neither, and no copy is left
    assert dark(target, NAME) and dark(target, AGREE)
    assert not dark(form, NAME)
    assert list(folder.iterdir()) == []
    assert "2 form entries, not in a copy yet" in page.status()
    assert ("ok", "Printed.") in desk.notices.all


def filled_in(viewer: Viewer, fake: FakeEngine, desk: FakeDesk) -> ViewerPage:
    page = viewer(fake)
    desk.entries[str(page.path.absolute())] = {"name": "Ada"}
    page.live_in(home(desk))
    return page


def test_a_form_that_cannot_be_filled_in_is_not_printed_without_a_word(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    desk = FakeDesk()
    page = filled_in(viewer, fake, desk)
    fake.faults["filled", 0] = PdfRefused("There is no such field.")
    target = tmp_path / "out.pdf"
    dialog = asked(page, qtbot)
    print_into(qtbot, dialog, target)
    qtbot.waitUntil(lambda: [kind for kind, _ in desk.notices.all] == ["error"])
    assert "no such field" in desk.notices.all[-1][1]
    assert not target.exists() and list(folder.iterdir()) == []


def test_cancelled_while_it_is_got_ready_nothing_is_left(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    desk = FakeDesk()
    page = filled_in(viewer, fake, desk)
    page.path = tmp_path / "source.pdf"
    target = tmp_path / "out.pdf"
    before = len(fake.forgotten)
    # WHEN it is cancelled at once, after the copy was written, and while it is printed
    for stage in ("filled", "open", "render"):
        fake.held = {stage}
        print_into(qtbot, asked(page, qtbot), target)
        qtbot.waitUntil(lambda stage=stage: any(ask.kind == stage for ask in fake.waiting))
        page.feature(Printing)._cancel()
        fake.held = set()
        fake.give()
        qtbot.wait(20)
        assert desk.notices.all[-1] == ("info", "Printing was cancelled.")
        assert list(folder.iterdir()) == []
    # THEN there is no file, no copy, and the engine keeps no document of it
    assert not target.exists()
    assert len(fake.forgotten) == before + 1


def test_what_was_filled_in_is_presented(
    viewer: Viewer, engine: Engine, form: Path, qtbot: QtBot, folder: Path
) -> None:
    # GIVEN a box that is ticked
    page = opened(viewer, engine, form, FakeDesk(), qtbot)
    click(page, 80, 228)
    # WHEN the document is presented
    presentation = page.feature(Presentation)
    presentation.start()
    stage = presentation.stage
    assert stage is not None
    qtbot.addWidget(stage)

    def ticked() -> bool:
        shown = stage._sheets.get(0)
        if shown is None:
            return False
        scale = shown.image.width() / stage._pdf.size_of(0)[0]
        corner = QPoint(round(AGREE.x0 * scale), round(AGREE.y0 * scale))
        size = QSize(round(AGREE.width * scale), round(AGREE.height * scale))
        area = QRect(corner, size)
        part = shown.image.copy(area).convertToFormat(QImage.Format.Format_Grayscale8)
        return min(bytes(part.constBits())) < 110

    # THEN the tick is on the screen, and with its end no copy is left
    qtbot.waitUntil(ticked, timeout=30_000)
    stage.close()
    qtbot.waitUntil(lambda: list(folder.iterdir()) == [])
