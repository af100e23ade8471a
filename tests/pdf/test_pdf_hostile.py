"""Files that no program should trust: each costs itself at most."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from reader.pdf.engine import Engine
from reader.pdf.protocol import PdfFailure, PdfTimeout
from tests.pdf import hostile
from tests.pdf.conftest import Save, Workshop

WAIT = 60


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_no_file_takes_more_than_itself(workshop: Workshop, save: Save, name: str) -> None:
    """GIVEN any hostile file WHEN all is asked of it THEN all is answered, and others go on."""
    engine = workshop(stage=1.0, saving=2.0)
    path = save(hostile.HOSTILE[name]())
    good = engine.open(save(hostile.sound(1))).result(WAIT)
    opening = engine.open(path)
    if error := opening.exception(WAIT):
        assert isinstance(error, PdfFailure)
        assert (error.stage, error.message[-1]) == ("open", ".")
    else:
        doc = opening.result()
        asked: list[Future[Any]] = [
            engine.metadata(doc),
            engine.outline(doc),
            engine.labels(doc),
            engine.geometry(doc, doc.info.pages - 1, 1),
            engine.render(doc, 0, 1.0),
            engine.text(doc, 0),
            engine.links(doc, 0),
            engine.annotations(doc, 0),
            engine.ink(doc, 0),
            engine.fields(doc, 0),
            engine.filled(doc, {"x": "y"}),
            engine.marks(doc),
            engine.annotated(doc, [], [(0, 0)]),
            engine.embedded(doc),
            engine.extract(doc, 0),
            engine.properties(doc),
            engine.table(doc, 0, (0, 0, 100, 100)),
        ]
        for future in asked:
            assert future.exception(WAIT) is None or isinstance(future.exception(), PdfFailure)
    assert engine.text(good, 0).result(WAIT).chars == "Page number 1"


def test_deep_and_cyclic_bookmarks_are_cut_not_fatal(workshop: Workshop, save: Save) -> None:
    engine = workshop(outline_depth=8, items=20)
    deep = engine.open(save(hostile.deep_outline())).result(WAIT)
    assert [item.level for item in engine.outline(deep).result(WAIT)] == list(range(1, 9))
    cyclic = engine.open(save(hostile.cyclic_outline())).result(WAIT)
    titles = [(item.title, item.page) for item in engine.outline(cyclic).result(WAIT)]
    assert titles == [("one", 0), ("two", None)]


def test_a_million_pages_are_not_walked(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.million_pages())).result(WAIT)
    assert doc.info.pages == 1_000_000
    assert engine.geometry(doc, 999_999, 1).result(WAIT)[0].size == (200, 300)


def test_text_holds_no_nul_and_no_lone_surrogate(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.nul_text())).result(WAIT)
    page = engine.text(doc, 0).result(WAIT)
    titles = "".join(item.title for item in engine.outline(doc).result(WAIT))
    said = page.chars + doc.info.title + doc.info.author + titles
    assert "\0" not in said
    said.encode()
    assert len(page.boxes) == 4 * len(page.chars)


def test_too_many_annotations_are_cut(workshop: Workshop, save: Save) -> None:
    engine = workshop(items=100)
    doc = engine.open(save(hostile.many_annotations(5_000))).result(WAIT)
    assert len(engine.links(doc, 0).result(WAIT)) == 100


def test_links_that_never_come_cost_the_page_nothing_else(workshop: Workshop, save: Save) -> None:
    engine = workshop(stage=1.0)
    doc = engine.open(save(hostile.endless_links())).result(WAIT)
    error = engine.links(doc, 0).exception(WAIT)
    assert isinstance(error, PdfTimeout)
    assert error.message == "The list of links on page 1 took too long and was given up."
    assert engine.text(doc, 0).result(WAIT).chars == "Page number 1"
    assert engine.render(doc, 0, 1.0).result(WAIT).width == 200
