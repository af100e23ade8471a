"""Studying goes on behind the reading, and what was found once is known at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.pdf.engine import Engine
from reader.services.texts import Texts
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.study import Study
from tests.ui.viewer.fakes import Viewer, pdf_of, settle

pytestmark = pytest.mark.shared


def studied(page: ViewerPage, qtbot: QtBot) -> Study:
    study = page.feature(Study)
    qtbot.waitUntil(lambda: study.done, timeout=15_000)
    return study


def test_the_child_for_the_screen_stays_free(
    viewer: Viewer, engine: Engine, paper: Path, texts: Texts, qtbot: QtBot
) -> None:
    # GIVEN a document of twelve pages WHEN it is studied
    page = viewer(engine, paper)
    page.use_texts(texts)
    study = studied(page, qtbot)
    # THEN all pages are known, and nothing but those in view was asked of that child
    assert len(study.findings.columns) == 12
    settle(qtbot, page)
    assert page.canvas.content.text(11) is None
    # AND a selection over pages knows what stands aside of their text
    plans = study.findings.plans
    assert [page.canvas.content.aside(it) for it in plans] == [it.left_out for it in plans.values()]
    assert page.canvas.content.links(11) is None


def test_what_was_found_before_is_there_without_the_text(
    viewer: Viewer, engine: Engine, paper: Path, texts: Texts, qtbot: QtBot
) -> None:
    # GIVEN a document that was studied
    first = viewer(engine, paper)
    first.use_texts(texts)
    found = studied(first, qtbot).findings
    # WHEN it is opened again
    doc = engine.open(paper).result(10)
    qtbot.waitUntil(lambda: texts.studied(doc).result() is not None)
    engine.forget(doc)
    again = viewer(engine, paper)
    again.use_texts(texts)
    # THEN the same is known, before its text was asked for
    assert studied(again, qtbot).findings == found
    whole = pdf_of(again).whole
    assert whole is not None and whole.text is None


def test_a_document_that_cannot_be_studied_is_read_as_before(
    viewer: Viewer, engine: Engine, paper: Path, texts: Texts, tmp_path: Path, qtbot: QtBot
) -> None:
    # GIVEN a file that is gone when its text is to be read
    path = tmp_path / "gone.pdf"
    path.write_bytes(paper.read_bytes())
    page = viewer(engine, path)
    said: list[str] = []
    page.statusChanged.connect(said.append)
    path.unlink()
    page.use_texts(texts)
    # THEN the lists say that there is nothing, and the reason is told
    study = studied(page, qtbot)
    assert not study.findings.columns and page.pdf is not None
    assert "not there" in said[-1]
