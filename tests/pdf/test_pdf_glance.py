"""The small picture in front of a full one: only where it is there much sooner."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from reader.pdf.engine import Engine
from reader.pdf.jobs import Document
from reader.pdf.protocol import PdfRefused, Picture
from tests.pdf import hostile

WAIT = 20  # seconds


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A page that is one picture of 1.5 megapixels, and one of words with a small picture."""
    path = tmp_path / "scan.pdf"
    with pymupdf.open() as doc:
        for side in (1250, 100):
            page = doc.new_page(width=400, height=400)
            page.insert_text((50, 300), "Words below a picture")
            picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, side, side))
            picture.clear_with(120)
            page.insert_image(pymupdf.Rect(40, 40, 240, 240), pixmap=picture)
        doc.save(path)
    return path


def test_a_page_of_large_pictures_is_there_small_first(engine: Engine, scan: Path) -> None:
    # GIVEN a document with a large picture on its first page
    doc = engine.open(scan).result(WAIT)
    # WHEN both pages are glanced at
    first, second = (engine.glance(doc, page, 0.5).result(WAIT) for page in (0, 1))
    # THEN the first has a coarse picture of all that is on the page
    assert first is not None and (first.width, first.height) == (100, 100)
    assert first.pixels == engine.render(doc, 0, 0.25).result(WAIT).pixels
    # THEN it does not count as the one that was asked for
    assert not first.whole
    # THEN the second has none: its full picture is there as soon
    assert second is None


def test_a_page_of_words_has_no_small_picture(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "words.pdf"
    path.write_bytes(hostile.sound())
    assert engine.glance(engine.open(path).result(WAIT), 0, 0.5).result(WAIT) is None


def test_a_prepared_document_is_opened_once(engine: Engine, scan: Path) -> None:
    # GIVEN a file that was prepared, twice
    engine.prepare(scan)
    engine.prepare(scan)
    # WHEN it is opened
    doc = engine.open(scan).result(WAIT)
    # THEN that is the document which was opened then, and it can be read
    assert doc.number == 1
    assert engine.render(doc, 1, 0.5).result(WAIT).width == 200
    # THEN the next one who opens it gets a document of his own
    assert engine.open(scan).result(WAIT) is not doc


def test_a_file_that_cannot_be_prepared_says_so_when_it_is_opened(
    engine: Engine, tmp_path: Path
) -> None:
    asked: list[Document] = []
    engine.prepare(tmp_path / "nowhere.pdf", asked.append)
    with pytest.raises(PdfRefused, match="not there"):
        engine.open(tmp_path / "nowhere.pdf").result(WAIT)
    assert asked == []


def test_what_was_asked_for_early_is_not_asked_twice(engine: Engine, scan: Path) -> None:
    # GIVEN a file that is prepared, and two pictures of it asked for as soon as it is open
    early: list[Future[Any]] = []

    def ask(doc: Document) -> None:
        early.append(engine.glance(doc, 0, 0.5, priority=2))
        early.append(engine.render(doc, 0, 2.0, clip=(0, 0, 100, 100), priority=1))

    engine.prepare(scan, ask)
    doc = engine.open(scan).result(WAIT)
    # WHEN the same is asked for, with whatever priority
    glance = engine.glance(doc, 0, 0.5)
    picture = engine.render(doc, 0, 2.0, clip=(0, 0, 100, 100))
    # THEN those are the answers of before
    assert [glance, picture] == early
    small, sharp = glance.result(WAIT), picture.result(WAIT)
    assert small is not None and (small.width, sharp.width) == (100, 200)
    # THEN once more it is made anew
    again = engine.render(doc, 0, 2.0, clip=(0, 0, 100, 100))
    assert again is not picture and again.result(WAIT).pixels == sharp.pixels


def test_another_picture_than_the_one_of_before_gives_it_up(engine: Engine, scan: Path) -> None:
    # GIVEN an open document of which a picture is asked for early, and kept
    early: list[Future[Any]] = []
    engine.prepare(scan, lambda doc: early.append(engine.render(doc, 0, 1.0)))
    doc = engine.open(scan).result(WAIT)
    early[0].result(WAIT)
    # WHEN another one is wanted
    other = engine.render(doc, 1, 1.0)
    # THEN the one of before is not kept any longer
    assert engine.render(doc, 0, 1.0) is not early[0]
    assert other.result(WAIT).width == 400


def lines(count: int, step: float = 0.001) -> bytes:
    """Content that draws so many black bars, from the left to the right of a figure."""
    return b"\n".join(
        b"%.3f 20 m %.3f 60 l S" % (20 + at * step, 20 + at * step) for at in range(count)
    )


def figure(of: bytes, more: bytes = b"") -> bytes:
    return hostile.stream(of, b"/Type/XObject/Subtype/Form/BBox[0 0 200 300]" + more)


def dark(picture: Picture, x: int, y: int) -> bool:
    """Whether something is drawn at a place, or just beside it."""
    rows = range(y - 3, y + 4)
    places = [row * picture.stride + 4 * column for row in rows for column in range(x - 3, x + 4)]
    return any(picture.pixels[place] < 128 for place in places)


MANY = 20_000  # bars; 500 kB
LETTERS = hostile.line("Words above a figure", 20, 250, 12)


def shown(engine: Engine, path: Path) -> tuple[Picture | None, Picture]:
    doc = engine.open(path).result(WAIT)
    return engine.glance(doc, 0, 1.0).result(WAIT), engine.render(doc, 0, 1.0).result(WAIT)


@pytest.mark.parametrize("nested", [False, True], ids=["figure", "figure in a figure"])
def test_a_page_of_very_many_lines_is_there_with_the_first_of_them(
    engine: Engine, tmp_path: Path, nested: bool
) -> None:
    # GIVEN a page of words with a figure of very many lines, from the left to the right
    names = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>"
    inner = figure(lines(MANY, 0.008))
    more = [inner]
    if nested:
        more = [figure(b"/X Do", b"/Resources<</XObject<</X 6 0 R>>>>"), inner]
    path = tmp_path / "figure.pdf"
    path.write_bytes(hostile.pages([b"/X Do " + LETTERS], resources=names, more=more))
    # WHEN it is glanced at
    small, whole = shown(engine, path)
    # THEN all its words are there, and the first lines of the figure
    assert small is not None and (small.width, small.height) == (200, 300)
    assert dark(small, 30, 47) and dark(small, 22, 260)
    assert not dark(small, 150, 260)
    # THEN the full picture is whole
    assert dark(whole, 30, 47) and dark(whole, 22, 260) and dark(whole, 150, 260)


def test_words_before_very_many_lines_are_there_first(engine: Engine, tmp_path: Path) -> None:
    # GIVEN a page whose own content draws words, and then very many lines
    path = tmp_path / "plot.pdf"
    path.write_bytes(hostile.pages([LETTERS + lines(MANY, 0.008)]))
    small, whole = shown(engine, path)
    assert small is not None and dark(small, 30, 47) and not dark(small, 150, 260)
    assert dark(whole, 150, 260)


def test_figures_that_go_round_in_circles_are_no_trouble(engine: Engine, tmp_path: Path) -> None:
    # GIVEN a figure that names itself, many times, beside very many lines
    own = b"<</XObject<<%s>>>>" % b"".join(b"/X%d 5 0 R" % at for at in range(50))
    circle = figure(lines(10), b"/Resources" + own)
    path = tmp_path / "circle.pdf"
    path.write_bytes(hostile.pages([lines(MANY, 0.008)], resources=own, more=[circle]))
    small, _whole = shown(engine, path)
    assert small is not None and dark(small, 22, 260)


def test_a_file_put_in_the_place_of_another_is_not_glanced_at(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN an open page of very many lines, in whose place another file was put
    path = tmp_path / "plot.pdf"
    path.write_bytes(hostile.pages([lines(MANY, 0.008)]))
    doc = engine.open(path).result(WAIT)
    other = tmp_path / "other.pdf"
    other.write_bytes(hostile.pages([LETTERS + lines(MANY, 0.008)]))
    other.replace(path)
    # WHEN it is glanced at, and drawn
    small = engine.glance(doc, 0, 1.0).result(WAIT)
    # THEN nothing of the other one is seen
    assert small is None
    assert not dark(engine.render(doc, 0, 1.0).result(WAIT), 30, 47)


def test_a_locked_document_is_glanced_at_with_its_password(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pymupdf.open(stream=hostile.pages([LETTERS + lines(MANY, 0.008)])) as doc:
        doc.save(path, encryption=5, user_pw="open", owner_pw="own")
    doc = engine.open(path, "open").result(WAIT)
    small = engine.glance(doc, 0, 1.0).result(WAIT)
    assert small is not None and dark(small, 30, 47) and not dark(small, 150, 260)


def array_of(pieces: list[bytes]) -> bytes:
    """A page whose content is in pieces, as publishers' programs cut it."""
    names = b" ".join(b"%d 0 R" % (5 + at) for at in range(len(pieces)))
    more = [hostile.stream(piece) for piece in pieces]
    return hostile.pages([b""], page=b"/Contents[%s]" % names, more=more)


def test_what_follows_on_very_many_lines_is_not_drawn_in_the_middle_of_them(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN a page whose lines are drawn at half their size, and words in a piece behind them
    path = tmp_path / "pieces.pdf"
    begin, end = b"q 0.5 0 0 0.5 0 0 cm\n", b"\nQ\n"
    path.write_bytes(array_of([begin + lines(MANY, 0.008) + end, LETTERS]))
    # WHEN it is glanced at, which draws a part of the lines
    small, whole = shown(engine, path)
    # THEN the words are nowhere, rather than at half their size in another place
    assert small is not None and dark(small, 12, 280)
    assert dark(whole, 30, 47) and not dark(small, 30, 47) and not dark(small, 15, 173)


def test_content_in_very_many_pieces_is_there_with_the_first_of_them(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN content in 300 pieces, each of them short
    path = tmp_path / "pieces.pdf"
    bars = lines(MANY, 0.008).split(b"\n")
    step = len(bars) // 300 + 1
    pieces = [b"\n".join(bars[at : at + step]) for at in range(0, len(bars), step)]
    path.write_bytes(array_of([LETTERS, *pieces]))
    small, whole = shown(engine, path)
    assert small is not None and dark(small, 30, 47) and dark(small, 22, 260)
    assert dark(whole, 150, 260) and not dark(small, 150, 260)
    assert whole.whole and not small.whole


def test_a_long_figure_in_a_hidden_layer_hides_no_words(engine: Engine, tmp_path: Path) -> None:
    # GIVEN words behind a figure of very many lines, in a layer that is not shown
    path = tmp_path / "layer.pdf"
    layers = b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"
    names = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>"
    bars = b"/OC /M BDC\n" + lines(MANY, 0.008) + b"\nEMC"
    layer = b"/Resources<</Properties<</M 6 0 R>>>>"
    more = [figure(bars, layer), b"<</Type/OCG/Name(Grid)>>"]
    path.write_bytes(
        hostile.pages([b"/X Do " + LETTERS], catalog=layers, resources=names, more=more)
    )
    small, whole = shown(engine, path)
    assert small is not None and dark(small, 30, 47) and not dark(small, 22, 260)
    assert dark(whole, 30, 47)


def test_a_glance_leaves_out_the_annotations_that_are_left_out(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN a page of very many lines with an annotation that is not to be seen
    path = tmp_path / "annotated.pdf"
    stamp = b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 200 300]/AP<</N 5 0 R>>>>]"
    black = figure(b"100 150 50 50 re f")
    path.write_bytes(hostile.pages([lines(MANY, 0.008)], page=stamp, more=[black]))
    doc = engine.open(path).result(WAIT)
    seen = engine.glance(doc, 0, 1.0).result(WAIT)
    engine.leave_out(doc, {0: (0,)})
    unseen = engine.glance(doc, 0, 1.0).result(WAIT)
    assert seen is not None and dark(seen, 125, 125)
    assert unseen is not None and not dark(unseen, 125, 125) and dark(unseen, 22, 260)


@pytest.mark.parametrize("how", ["deleted", "cut short", "no PDF"])
def test_a_file_that_is_not_there_any_more_is_no_fault_of_a_page(
    engine: Engine, tmp_path: Path, how: str
) -> None:
    # GIVEN an open document of very many lines, whose file goes away under its name
    path = tmp_path / "plot.pdf"
    path.write_bytes(hostile.pages([lines(MANY, 0.008)]))
    doc = engine.open(path).result(WAIT)
    path.unlink()
    if how != "deleted":
        path.write_bytes(hostile.pages([lines(MANY)])[:5000] if how == "cut short" else b"Hello")
    # WHEN its page is glanced at
    small = engine.glance(doc, 0, 1.0).result(WAIT)
    # THEN there is none, and the whole page is drawn from what is open
    assert small is None
    assert dark(engine.render(doc, 0, 1.0).result(WAIT), 150, 260)
