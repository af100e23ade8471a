"""Reading aloud: sentence after sentence, over pages, until it is stopped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.errors import NotFoundError, ReaderError
from reader.pdf.flow import PagePlan
from reader.services.findings import Findings
from reader.services.speaking import Voice
from reader.ui.viewer import selection as selecting
from reader.ui.viewer.aids.aloud import Aloud
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.study import Study
from tests.ui.viewer.fakes import FakeEngine, Viewer, lines_of

pytestmark = pytest.mark.shared


def voice(folder: Path, *, seconds: float = 0.0, code: int = 0) -> tuple[Voice, Path]:
    """A voice that writes what it hears into a file."""
    heard, program = folder / "heard", folder / "speak"
    program.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        f"text = sys.stdin.read()\nwith open({str(heard)!r}, 'a') as out: out.write(text)\n"
        f"time.sleep({seconds})\nsys.exit({code})\n"
    )
    program.chmod(0o755)
    return Voice((str(program),)), heard


def begin(page: ViewerPage, spoken: Voice) -> Aloud:
    aloud = page.feature(Aloud)
    aloud.find = lambda: spoken
    aloud.toggle(on=True)
    return aloud


def test_it_reads_to_the_end_of_the_document(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN three pages WHEN they are read aloud THEN all was said in order, and it ends by itself
    fake.pages = 3
    page = viewer(fake)
    spoken, heard = voice(tmp_path)
    aloud = begin(page, spoken)
    assert page.conditions()["aloud"]
    qtbot.waitUntil(lambda: not aloud.on, timeout=15_000)
    assert heard.read_text().splitlines() == [f"Words of page {n} needle" for n in (1, 2, 3)]
    assert not page.conditions()["aloud"]


def test_running_heads_are_not_read(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN a document of which it is known that the second line of each page is no text
    fake.pages = 2
    page = viewer(fake)
    study = page.feature(Study)
    line = (0.0, 115.0, 600.0, 140.0)
    study.findings = Findings(plans={n: PagePlan(left_out=(line,)) for n in range(2)})
    study.ready.emit()
    # WHEN it is read aloud THEN it is passed over
    spoken, heard = voice(tmp_path)
    aloud = begin(page, spoken)
    qtbot.waitUntil(lambda: not aloud.on, timeout=15_000)
    assert heard.read_text().splitlines() == ["Words of page 1", "Words of page 2"]


def test_what_becomes_known_meanwhile_holds_from_the_next_sentence_on(
    viewer: Viewer, fake: FakeEngine, tmp_path: Path
) -> None:
    # GIVEN a page that is read, and not looked through yet
    page = viewer(fake)
    fake_text = lines_of("One is said. ", "A HEAD. ", "Two is said.")
    page.canvas.content.put_text(0, fake_text)
    aloud = begin(page, voice(tmp_path, seconds=60)[0])
    first = aloud.spoken
    # WHEN its running head becomes known
    study = page.feature(Study)
    study.findings = Findings(plans={0: PagePlan(left_out=((0.0, 115.0, 600.0, 140.0),))})
    study.ready.emit()
    # THEN the sentence that is said is said to its end, and the next one is no head
    assert aloud.spoken == first
    aloud.step(1)
    assert aloud.spoken is not None
    assert fake_text.copy(*aloud.spoken[1]) == "Two is said."


def test_it_begins_with_the_selection_pauses_steps_and_stops(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    page = viewer(fake)
    page.canvas.selection = selecting.whole(1, 1)
    spoken, _ = voice(tmp_path, seconds=60)
    aloud = begin(page, spoken)
    qtbot.waitUntil(lambda: aloud.spoken is not None and aloud.spoken[0] == 1)
    first = aloud._saying
    aloud.pause()
    assert first is not None and first.ended and aloud.on
    aloud.pause()
    aloud.step(1)
    qtbot.waitUntil(lambda: aloud.spoken is not None and aloud.spoken[0] == 2)
    last = aloud._saying
    QTest.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert not aloud.on and last is not None and last.ended


def test_closing_the_document_is_silence(viewer: Viewer, fake: FakeEngine, tmp_path: Path) -> None:
    page = viewer(fake)
    aloud = begin(page, voice(tmp_path, seconds=60)[0])
    saying = aloud._saying
    page.close_document()
    assert saying is not None and saying.ended and not aloud.on


def test_no_voice_and_a_broken_voice_are_told(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    page = viewer(fake)
    told: list[ReaderError] = []
    page.troubled.connect(told.append)

    def none() -> Voice:
        raise NotFoundError("This system has no voice.", "Install one.")

    aloud = page.feature(Aloud)
    aloud.find = none
    aloud.toggle(on=True)
    assert not aloud.on and told[0].hint == "Install one."
    begin(page, voice(tmp_path, code=3)[0])
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "ended with an error" in told[1].message and not aloud.on


LONG = [f"This is sentence number {number} of forty letters. " for number in range(5)]


@pytest.mark.parametrize("seconds, said", [(0.0, 3), (0.6, 5)])
def test_a_voice_that_says_nothing_does_not_run_through_the_paper(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot, tmp_path: Path, seconds: float, said: int
) -> None:
    # GIVEN a voice that ends at once without an error, as espeak-ng does without a sound card
    fake.pages = 1
    page = viewer(fake)
    told: list[ReaderError] = []
    page.troubled.connect(told.append)
    page.canvas.content.put_text(0, lines_of(*LONG))
    spoken, heard = voice(tmp_path, seconds=seconds)
    # WHEN it is to read
    aloud = begin(page, spoken)
    qtbot.waitUntil(lambda: not aloud.on, timeout=15_000)
    # THEN it is given up soon and told; one that takes its time reads all
    assert len(heard.read_text().splitlines()) == said
    assert ["without a sound" in error.message for error in told] == [True] * (said < len(LONG))
