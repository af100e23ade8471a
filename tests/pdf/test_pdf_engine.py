"""What the engine says of sound documents."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from reader.pdf import spawn
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import LabelRule, PdfEncrypted, PdfRefused
from reader.pdf.spawn import Spawned
from tests.pdf import hostile
from tests.pdf.conftest import Save, Workshop

WAIT = 60


def test_a_sound_document_tells_its_pages_and_text(engine: Engine, save: Save) -> None:
    # GIVEN a document of three pages WHEN it is opened
    doc = engine.open(save(hostile.sound(3))).result(WAIT)
    # THEN info, boxes and text are those of the file
    assert (doc.info.pages, doc.info.kind, doc.info.needs_password) == (3, "pdf", False)
    assert len(doc.info.sha256) == 64
    assert [box.size for box in doc.info.geometry] == [(200, 300)] * 3
    assert engine.text(doc, 1).result(WAIT).chars == "Page number 2"
    assert engine.outline(doc).result(WAIT) == ()
    assert engine.labels(doc).result(WAIT).label(2) == "3"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [b"", b"/UserUnit 2"])
def test_everything_is_in_view_space_whatever_turn_and_crop(
    engine: Engine, save: Save, rotation: int, unit: bytes
) -> None:
    # GIVEN a page with an offset crop box, turned, with a red square under a link
    turn = b"/Rotate %d" % rotation
    data = hostile.pages(
        [b"1 0 0 rg 60 100 20 20 re f 0 g " + hostile.line("A", 60, 200)],
        page=b"/CropBox[50 40 150 280]" + turn + unit + b"/Annots[<</Subtype/Link"
        b"/Rect[60 100 80 120]/Dest[3 0 R/XYZ 60 120 0]>><</Subtype/Highlight"
        b"/Rect[60 100 80 120]/QuadPoints[60 100 80 100 60 120 80 120]/C[1 1 0]/NM(u)>>]",
    )
    doc = engine.open(save(data)).result(WAIT)
    geometry = doc.info.geometry[0]
    # WHEN picture, link, text and annotation are asked for
    picture = engine.render(doc, 0, 1.0, annotations=False).result(WAIT)
    (link,) = engine.links(doc, 0).result(WAIT)
    (mark,) = engine.annotations(doc, 0).result(WAIT)
    text = engine.text(doc, 0).result(WAIT)
    # THEN all agree with the domain's way from user space to view space
    assert (picture.width, picture.height) == geometry.size
    square = geometry.quad_to_view((60, 120, 80, 120, 60, 100, 80, 100))
    assert link.rect == pytest.approx(square, abs=0.01)
    assert (link.x, link.y) == pytest.approx(geometry.to_view(60, 120), abs=0.01)
    assert mark.quads == ((60, 120, 80, 120, 60, 100, 80, 100),)
    assert (mark.kind, mark.color, mark.uid) == ("Highlight", (1, 1, 0), "u")
    assert pixel(picture, (square[0] + square[2]) / 2, (square[1] + square[3]) / 2) == RED
    assert pixel(picture, square[0] - 3, square[1] - 3) == WHITE
    x, y = geometry.to_view(63, 203)
    assert text.char_at(x, y) == 0


def test_the_child_that_was_spawned_before_the_engine_is_its_first(save: Save) -> None:
    # GIVEN a process started before there is an engine
    first = Spawned()
    assert first.process is not None
    # WHEN an engine that was given it opens a document
    engine = Engine(first=first)
    try:
        doc = engine.open(save(hostile.sound(1))).result(WAIT)
        # THEN it was opened there, and pictures come through its memory
        assert engine.pid() == first.process.pid
        assert engine.render(doc, 0, 1.0).result(WAIT).width == 200
        # AND another child takes its place when it is gone
        first.process.kill()
        assert engine.text(doc, 0).result(WAIT).chars == "Page number 1"
        assert engine.pid() not in (None, first.process.pid)
    finally:
        engine.close()
    assert first.process.returncode is not None


def test_a_spawned_child_that_nothing_is_asked_of_ends_with_the_engine() -> None:
    first = Spawned()
    assert first.process is not None
    Engine(first=first).close()
    assert first.process.returncode is not None


def test_an_engine_without_a_spawned_process_starts_its_own(
    save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a system that could start no process at first
    def refuse(slot: object) -> None:
        raise OSError("no more processes")

    with monkeypatch.context() as patch:
        patch.setattr(spawn, "spawn", refuse)
        first = Spawned()
    # WHEN the engine is asked THEN it starts one
    engine = Engine(first=first)
    try:
        assert engine.open(save(hostile.sound(1))).result(WAIT).info.pages == 1
    finally:
        engine.close()


RED, WHITE = b"\x00\x00\xff\xff", b"\xff\xff\xff\xff"


def pixel(picture: Any, x: float, y: float) -> bytes:
    at = int(y) * picture.stride + int(x) * 4
    return picture.pixels[at : at + 4]


def test_tiles_are_the_page_cut_up(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.sound(1))).result(WAIT)
    whole = engine.render(doc, 0, 2.0).result(WAIT)
    # WHEN the lower half is asked for alone
    tile = engine.render(doc, 0, 2.0, clip=(0, 150, 200, 300)).result(WAIT)
    # THEN it is the lower half of the whole
    assert (tile.width, tile.height) == (400, 300)
    assert tile.pixels == whole.pixels[300 * whole.stride :]


def test_only_harmless_links_are_reported(engine: Engine, save: Save) -> None:
    actions = [
        b"/A<</S/URI/URI(https://a.org/x)>>",
        b"/A<</S/URI/URI(HTTP://b.org)>>",
        b"/A<</S/URI/URI(mailto:a@b.org)>>",
        b"/A<</S/URI/URI(doi:10.1/x)>>",
        b"/A<</S/GoTo/D(there)>>",
        b"/Dest/there",
        b"/A<</S/URI/URI(file:///etc/passwd)>>",
        b"/A<</S/URI/URI(javascript:alert\\(1\\))>>",
        b"/A<</S/URI/URI(http://a.org/\nx)>>",
        b"/A<</S/URI/URI(smb://host/share)>>",
        b"/A<</S/Launch/F(cmd.exe)>>",
        b"/A<</S/GoToR/F(other.pdf)/D[0/Fit]>>",
        b"/A<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"/A<</S/Named/N/NextPage>>",
        b"/Dest[99 0 R/Fit]",
    ]
    links = b"".join(b"<</Subtype/Link/Rect[1 1 2 2]%s>>" % action for action in actions)
    data = hostile.pages(
        [b""],
        page=b"/Annots[" + links + b"]",
        catalog=b"/Dests<</there[3 0 R/XYZ 10 290 0]>>/Names<</Dests<<"
        b"/Names[(there)<</D[3 0 R/XYZ 10 290 0]>>]>>>>",
    )
    doc = engine.open(save(data)).result(WAIT)
    found = engine.links(doc, 0).result(WAIT)
    assert [link.uri or (link.page, link.x, link.y) for link in found] == [
        "https://a.org/x",
        "HTTP://b.org",
        "mailto:a@b.org",
        "doi:10.1/x",
        (0, 10, 10),
        (0, 10, 10),
    ]


def test_outline_and_labels(engine: Engine, save: Save) -> None:
    data = hostile.pages(
        [b""] * 3,
        catalog=b"/Outlines 9 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D/P(A-)/St 7>>]>>",
        more=[
            b"<</First 10 0 R/Last 12 0 R>>",
            b"<</Title(One)/Dest[3 0 R/Fit]/First 11 0 R/Next 12 0 R>>",
            b"<</Title(One.one)/A<</S/GoTo/D[5 0 R/FitH 200]>>>>",
            b"<</Title(Two)/Dest[7 0 R/XYZ 20 250 0]>>",
        ],
    )
    doc = engine.open(save(data)).result(WAIT)
    items = engine.outline(doc).result(WAIT)
    assert [(item.level, item.title, item.page, item.x, item.y) for item in items] == [
        (1, "One", 0, 0, 0),
        (2, "One.one", 1, 0, 100),
        (1, "Two", 2, 20, 50),
    ]
    labels = engine.labels(doc).result(WAIT)
    assert labels.rules == (LabelRule(0, "r", "", 1), LabelRule(1, "D", "A-", 7))
    assert [labels.label(page) for page in range(3)] == ["i", "A-7", "A-8"]


def test_a_locked_document_opens_with_its_password_only(engine: Engine, save: Save) -> None:
    path = save(hostile.encrypted())
    with pytest.raises(PdfEncrypted) as without:
        engine.open(path).result(WAIT)
    assert not without.value.wrong
    with pytest.raises(PdfEncrypted) as wrong:
        engine.open(path, "guess").result(WAIT)
    assert wrong.value.wrong
    doc = engine.open(path, hostile.PASSWORD).result(WAIT)
    assert doc.info.needs_password
    assert hostile.PASSWORD not in repr(doc)


def test_a_name_that_is_not_text_is_opened(engine: Engine, tmp_path: Path) -> None:
    path = Path(str(tmp_path) + "/caf\udce9 ü.pdf")
    try:
        path.write_bytes(hostile.sound(1))
    except (OSError, UnicodeError):
        pytest.skip("the file system takes no such name")
    assert engine.open(path).result(WAIT).info.pages == 1


def test_what_is_not_a_file_is_refused(engine: Engine, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.pdf", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(PdfRefused):
            engine.open(path).result(WAIT)
    # ...without a child having been started for it
    assert engine.pid() is None


def test_a_picture_beyond_the_limit_is_refused(workshop: Workshop, save: Save) -> None:
    engine = workshop(pixels=10_000)
    doc = engine.open(save(hostile.sound(1))).result(WAIT)
    assert engine.render(doc, 0, 0.2).result(WAIT).width == 40
    for scale in (1.0, 1e300, float("inf"), -1.0, float("nan")):
        with pytest.raises(PdfRefused):
            engine.render(doc, 0, scale).result(WAIT)
    with pytest.raises(PdfRefused):
        engine.render(doc, 7, 0.1).result(WAIT)


def test_geometry_comes_in_pieces(workshop: Workshop, save: Save) -> None:
    engine = workshop(geometry=10, first_geometry=2)
    doc = engine.open(save(hostile.sound(30))).result(WAIT)
    assert len(doc.info.geometry) == 2
    assert len(engine.geometry(doc, 5, 100).result(WAIT)) == 10
    assert len(engine.geometry(doc, 25, 100).result(WAIT)) == 5
    assert engine.geometry(doc, 99, 5).result(WAIT) == ()


def hold(engine: Engine, doc: Document) -> threading.Event:
    """Keep the screen lane busy until the event is set."""
    gate = threading.Event()
    with engine._lanes[False]._changed:  # no answer before the callback is there
        engine.text(doc, 0).add_done_callback(lambda _: gate.wait(WAIT))
    return gate


def test_higher_priority_first_then_newest(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.sound(4))).result(WAIT)
    order: list[str] = []
    # GIVEN a lane that is busy
    gate = hold(engine, doc)
    futures = []
    for name, priority in (("a0", 0), ("b0", 0), ("a9", 9), ("b9", 9)):
        future = engine.text(doc, 1, priority=priority)
        future.add_done_callback(lambda _, name=name: order.append(name))
        futures.append(future)
    dropped = engine.text(doc, 2, priority=99)
    # WHEN one of the waiting is cancelled and the lane goes on
    assert dropped.cancel()
    gate.set()
    for future in futures:
        future.result(WAIT)
    # THEN the rest is answered in the order that matters
    assert order == ["b9", "a9", "b0", "a0"]


def test_forgetting_a_document_cancels_what_was_asked(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.sound(4))).result(WAIT)
    other = engine.open(save(hostile.sound(1))).result(WAIT)
    gate = hold(engine, other)
    waiting = [engine.text(doc, page) for page in range(4)]
    kept = engine.text(other, 0)
    engine.forget(doc)
    gate.set()
    assert kept.result(WAIT).chars == "Page number 1"
    assert all(future.cancelled() for future in waiting)
    assert engine.text(doc, 0).cancelled()


def test_background_documents_have_a_child_of_their_own(workshop: Workshop, save: Save) -> None:
    engine = workshop(idle=0.2)
    path = save(hostile.sound(1))
    screen = engine.open(path).result(WAIT)
    doc = engine.open(path, background=True).result(WAIT)
    first = engine.pid(background=True)
    assert first not in (None, engine.pid())
    # WHEN it is idle it ends; the document is opened again without a word
    while engine.pid(background=True) is not None:
        threading.Event().wait(0.02)
    assert engine.text(doc, 0).result(WAIT).chars == engine.text(screen, 0).result(WAIT).chars
    assert engine.pid(background=True) != first


def test_an_expected_file_is_open_when_it_is_asked_for(engine: Engine, save: Save) -> None:
    path = save(hostile.sound(2))
    engine.expect(path)
    first = engine.open(path)
    doc = first.result(WAIT)
    assert engine.text(doc, 1).result(WAIT).chars == "Page number 2"
    # a second tab has a document of its own, and so has the background
    assert engine.open(path).result(WAIT) is not doc
    engine.expect(path)
    assert engine.open(path, background=True).result(WAIT).background
    # what is wrong with a file is told to whoever opens it
    damaged = save(hostile.noise())
    engine.expect(damaged)
    with pytest.raises(PdfRefused):
        engine.open(damaged).result(WAIT)


def test_after_close_everything_is_cancelled(engine: Engine, save: Save) -> None:
    doc = engine.open(save(hostile.sound(1))).result(WAIT)
    engine.close()
    assert engine.text(doc, 0).cancelled()
    assert engine.open(doc.path).cancelled()
    engine.warm()
    engine.forget(doc)
    engine.close()
