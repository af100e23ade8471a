"""Annotations read out of PDFs and written into copies, in the engine."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from reader.domain.marking import Annotation, Kind, Part, rgb_of
from reader.domain.pdf_marks import Drawn, PdfMark, drawn
from reader.domain.pdf_merging import gather
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import PdfEncrypted, PdfRefused
from tests.pdf import hostile, marked
from tests.pdf.conftest import Save, Workshop

WAIT = 60
PDF: Any = pymupdf


def every(engine: Engine, doc: Document) -> list[PdfMark]:
    """All marks, piece after piece."""
    found: list[PdfMark] = []
    place: tuple[int, int] | None = (0, 0)
    while place is not None:
        piece = engine.marks(doc, *place).result(WAIT)
        found += piece.found
        place = piece.next
    return found


def marks_of(annotations: list[Annotation]) -> list[Drawn]:
    return [mark for item in annotations for mark in drawn(item, {"yellow": "important"})]


def written(engine: Engine, save: Save, doc: Document, *args: Any, password: str = "") -> Document:
    """The annotated copy, opened."""
    copy = engine.annotated(doc, *args).result(WAIT)
    before = doc.path.read_bytes() if copy.appended else b""
    return engine.open(save(before + copy.data), password).result(WAIT)


def color_at(engine: Engine, doc: Document, page: int, x: float, y: float) -> tuple[int, ...]:
    """Red, green, blue of a point of a page of 300 points height."""
    box = (x - 0.05, 300 - y - 0.05, x + 0.05, 300 - y + 0.05)
    picture = engine.render(doc, page, 10.0, clip=box).result(WAIT)
    return picture.pixels[2], picture.pixels[1], picture.pixels[0]


def test_every_kind_is_written_and_comes_back(engine: Engine, save: Save) -> None:
    # GIVEN a document WHEN an annotation of every kind is written into a copy
    wanted = marked.one_of_each()
    doc = engine.open(save(marked.document())).result(WAIT)
    before = doc.path.read_bytes()
    copy = written(engine, save, doc, marks_of(wanted))
    # THEN the copy begins with the source's own bytes, and the source is as it was
    assert copy.path.read_bytes().startswith(before) and doc.path.read_bytes() == before
    assert not copy.info.repaired and every(engine, doc) == []
    # AND all come back, the one on two pages as one
    found, unread = gather(every(engine, copy))
    assert unread == []
    come = {it.annotation.uid: replace(it.annotation, nm="", seen="") for it in found}
    assert come == {item.uid: item for item in wanted}
    # AND each is drawn in its colour at its place
    for item in wanted:
        x, y = marked.PLACES[item.kind][1]
        rgb = bytes.fromhex(rgb_of(item.color)[1:])
        drawn_as = color_at(engine, copy, 0, x, y)
        share = 0.5 if item.kind is Kind.HIGHLIGHT else 1.0
        expected = [255 - (255 - part) * share for part in rgb]
        far = [abs(a - b) for a, b in zip(drawn_as, expected, strict=True)]
        assert max(far) <= 40, (item.kind, drawn_as, expected)
        assert color_at(engine, doc, 0, x, y) == (255, 255, 255), item.kind


def test_what_the_standard_asks_for_is_there(engine: Engine, save: Save) -> None:
    doc = engine.open(save(marked.document())).result(WAIT)
    copy = written(engine, save, doc, marks_of(marked.one_of_each()))
    with pymupdf.open(copy.path) as pdf:
        page: Any = pdf[0]
        found = {pdf.xref_get_key(it.xref, "NM")[1]: it.xref for it in page.annots()}
        first = found[marked.uid_of(0)]
        keys = {key: pdf.xref_get_key(first, key)[1] for key in pdf.xref_get_keys(first)}
        second = next(it.xref for it in pdf[1].annots())  # type: ignore[attr-defined]
        assert pdf.xref_get_key(second, "NM")[1] == f"{marked.uid_of(0)}~2"
        look = int(re.findall(r"/N (\d+) 0 R", keys["AP"])[0])
        assert "/BM/Multiply" in pdf.xref_object(look, compressed=True)
        assert pdf.xref_get_key(found[marked.uid_of(11)], "LE")[1] == "[/None/ClosedArrow]"
        popup = int(keys["Popup"].split()[0])
        assert pdf.xref_get_key(popup, "Parent")[1] == f"{first} 0 R"
    assert keys["Subtype"] == "/Highlight" and keys["Contents"] == marked.SAID
    assert keys["QuadPoints"] == "[20 262 160 262 20 247 160 247 20 242 100 242 20 227 100 227]"
    assert (keys["T"], keys["Subj"], keys["F"]) == ("Ada Lovelace", "important", "4")
    assert (keys["CreationDate"], keys["M"]) == ("D:20260102030405Z", "D:20260203040506Z")
    assert keys["C"] in ("[.949 .753 .161]", "[0.949 0.753 0.161]")


def test_annotations_are_taken_out_with_their_windows(engine: Engine, save: Save) -> None:
    # GIVEN a file with a link and two annotations, one of which has a window and a reply
    link = b"<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(http://a.org/)>>>>"
    first = b"<</Type/Annot" + marked.HIGHLIGHT + b"/Popup 7 0 R>>"
    window = b"<</Type/Annot/Subtype/Popup/Rect[0 0 9 9]/Parent 6 0 R>>"
    other = b"<</Type/Annot" + marked.HIGHLIGHT.replace(b"their-1", b"their-2") + b">>"
    data = hostile.pages(
        [b""], page=b"/Annots 5 0 R",
        more=[b"[" + link + b"6 0 R 7 0 R " + other + b"]", first, window],
    )  # fmt: skip
    doc = engine.open(save(data)).result(WAIT)
    [one, two] = every(engine, doc)
    assert (one.index, two.index) == (1, 3)
    # WHEN one is taken out THEN the rest stays, and so does the source
    copy = written(engine, save, doc, [], [(0, 1)])
    assert [mark.nm for mark in every(engine, copy)] == ["their-2"]
    assert len(engine.links(copy, 0).result(WAIT)) == 1
    with pymupdf.open(copy.path) as pdf:
        assert b"Popup" not in pdf.xref_object(pdf.page_xref(0)).encode()
        kept = pdf.xref_get_key(pdf.page_xref(0), "Annots")[1]
        assert "7 0 R" not in kept and "6 0 R" not in kept
    assert len(every(engine, doc)) == 2


def test_a_list_that_pages_share_is_not_shared_by_what_is_added(engine: Engine, save: Save) -> None:
    mark = b"<</Type/Annot" + marked.HIGHLIGHT + b">>"
    data = hostile.pages([b"", b""], page=b"/Annots 7 0 R", more=[b"[" + mark + b"]"])
    doc = engine.open(save(data)).result(WAIT)
    added = marks_of([Annotation(Kind.NOTE, (Part(1, (marked.quad(1, 1, 9, 9),)),), uid="u")])
    copy = written(engine, save, doc, added)
    assert [(it.page, it.subtype) for it in every(engine, copy)] == [
        (0, "Highlight"), (1, "Highlight"), (1, "Text"),
    ]  # fmt: skip


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_stand_upright_on_a_turned_page(engine: Engine, save: Save, rotation: int) -> None:
    # GIVEN a cropped page that is turned, and free text in Latin and in other letters
    turned = b"/Rotate %d/CropBox[20 30 180 280]" % rotation
    doc = engine.open(save(hostile.pages([b""], page=turned))).result(WAIT)
    [frame] = engine.geometry(doc, 0, 1).result(WAIT)
    texts = {"HHHHHHHH": 20.0, "ЖЖЖЖЖЖЖЖ": 80.0}
    added = [
        Annotation(
            Kind.TEXT, (Part(0, (frame.rect_to_quad((10, top, 120, top + 40)),)),), comment=words,
            size=12, color="#000000", uid=words,
        )
        for words, top in texts.items()
    ]  # fmt: skip
    copy = written(engine, save, doc, marks_of(added))
    # THEN each is drawn at the upper left of its box as it is seen, wider than high
    for top in texts.values():
        rows, columns = ink_in(engine, copy, (10, top, 120, top + 40))
        assert 2 < rows[0] < 8 and columns[0] < 8, (rotation, rows, columns)
        assert columns[1] - columns[0] > 4 * (rows[1] - rows[0]) > 20


def ink_in(engine: Engine, doc: Document, clip: tuple[float, ...]) -> tuple[Any, Any]:
    """The first and last row and column with ink in a clip, points from its corner."""
    picture = engine.render(doc, 0, 2.0, clip=clip).result(WAIT)  # type: ignore[arg-type]
    dark = [
        (at // 4 // (picture.stride // 4), at // 4 % (picture.stride // 4))
        for at in range(0, len(picture.pixels), 4)
        if picture.pixels[at] < 128
    ]
    rows, columns = [row for row, _ in dark], [column for _, column in dark]
    return (min(rows) / 2, max(rows) / 2), (min(columns) / 2, max(columns) / 2)


def test_imported_annotations_are_not_drawn_twice(engine: Engine, save: Save) -> None:
    # GIVEN a file with two annotations, an object of its own and one in the page's list
    plain = b"/Subtype/Square/Rect[%d 10 %d 20]/C[1 0 0]/IC[1 0 0]/AP<</N 6 0 R>>"
    look = hostile.stream(b"1 0 0 rg 0 0 10 10 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 10 10]")
    data = hostile.pages(
        [b"0 0 1 rg 50 10 10 10 re f"],
        page=b"/Annots[5 0 R<</Type/Annot%s>>]" % (plain % (30, 40)),
        more=[b"<</Type/Annot%s>>" % (plain % (10, 20)), look],
    )
    doc = engine.open(save(data)).result(WAIT)
    red, white, blue = (255, 0, 0), (255, 255, 255), (0, 0, 255)

    def seen() -> list[tuple[int, ...]]:
        return [color_at(engine, doc, 0, x, 15) for x in (15, 35, 55)]

    assert seen() == [red, red, blue]
    # WHEN one of them, the other, both are left out THEN just those are not drawn
    for entries, expected in (
        ((0,), [white, red, blue]),
        ((1,), [red, white, blue]),
        ((0, 1), [white, white, blue]),
        ((), [red, red, blue]),
        ((7,), [red, red, blue]),
    ):
        engine.leave_out(doc, {0: entries})
        assert seen() == expected


def test_hostile_marks_are_named_and_the_rest_is_read(engine: Engine, save: Save) -> None:
    data = marked.foreign(*(mark for mark, _ in marked.HOSTILE), marked.HIGHLIGHT)
    doc = engine.open(save(data)).result(WAIT)
    piece = engine.marks(doc).result(WAIT)
    found, unread = gather(piece.found)
    named = {it[1]: it[3] for it in piece.unread} | {it.index: it.reason for it in unread}
    assert [named[index] for index in sorted(named)] == [why for _, why in marked.HOSTILE]
    assert [it.annotation.comment for it in found] == ["Their words"]


def test_texts_of_marks_are_clean(engine: Engine, save: Save) -> None:
    mark = marked.HIGHLIGHT.replace(b"(Their words)", b"<FEFF004100000042202E0043FB01D800>")
    doc = engine.open(save(marked.foreign(mark))).result(WAIT)
    [found], _ = gather(every(engine, doc))
    assert found.annotation.comment.startswith("A\ufffdBCfi")
    found.annotation.comment.encode()


def test_rings_of_windows_and_replies_end(engine: Engine, save: Save) -> None:
    ring = (
        b"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Popup 6 0 R/IRT 7 0 R/Contents(a)>>",
        b"<</Type/Annot/Subtype/Popup/Rect[1 1 9 9]/Parent 6 0 R/Popup 6 0 R>>",
        b"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Popup 6 0 R/IRT 5 0 R/Contents(b)>>",
    )
    data = hostile.pages([b""], page=b"/Annots[5 0 R 6 0 R 7 0 R]", more=ring)
    doc = engine.open(save(data)).result(WAIT)
    found, _ = gather(every(engine, doc))
    assert [it.annotation.comment for it in found] == ["a", "b"]
    copy = written(engine, save, doc, [], [(0, 0), (0, 2)])
    assert every(engine, copy) == []


def test_two_hundred_thousand_are_read_in_pieces(engine: Engine, save: Save) -> None:
    mark = b"<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents(x)>>"
    data = hostile.pages([b""], page=b"/Annots[" + mark * 200_000 + b"]")
    doc = engine.open(save(data)).result(WAIT)
    start = time.monotonic()
    found, place, pieces = 0, (0, 0), 0
    while place is not None and pieces < 3:
        piece = engine.marks(doc, *place).result(WAIT)
        found, place, pieces = found + len(piece.found), piece.next, pieces + 1
    assert place == (0, found) and pieces == 3 and found > 100
    assert time.monotonic() - start < 3 * engine.limits.stage


def test_a_document_may_forbid_annotations(engine: Engine, save: Save, tmp_path: Path) -> None:
    wanted = marks_of(marked.one_of_each()[:1])
    for rights, allowed in ((PDF.PDF_PERM_ANNOTATE, True), (PDF.PDF_PERM_PRINT, False)):
        pdf: Any = pymupdf.open(stream=marked.document())
        path = tmp_path / f"locked {allowed}.pdf"
        pdf.save(path, encryption=PDF.PDF_ENCRYPT_AES_256, user_pw="user", owner_pw="owner",
                 permissions=rights)  # fmt: skip
        pdf.close()
        with pytest.raises(PdfEncrypted):
            engine.open(path).result(WAIT)
        doc = engine.open(path, "user").result(WAIT)
        if not allowed:
            with pytest.raises(PdfRefused) as error:
                engine.annotated(doc, wanted).result(WAIT)
            assert error.value.message == "The document does not allow annotations in it."
            continue
        # The copy is locked as the document is, and its texts with it.
        copy = written(engine, save, doc, wanted, password="user")
        [found], _ = gather(every(engine, copy))
        assert found.annotation.comment == marked.SAID
        assert b"Ada Lovelace" not in copy.path.read_bytes()


def test_a_damaged_document_gives_a_copy_of_its_own(engine: Engine, save: Save) -> None:
    doc = engine.open(save(marked.document().replace(b"startxref", b"startxxxx"))).result(WAIT)
    assert doc.info.repaired
    copy = engine.annotated(doc, marks_of(marked.one_of_each()[:1])).result(WAIT)
    assert not copy.appended
    again = engine.open(save(copy.data)).result(WAIT)
    assert len(every(engine, again)) == 2


def test_what_cannot_be_written_is_said(workshop: Workshop, save: Save) -> None:
    engine = workshop(reply=3_000)
    doc = engine.open(save(marked.document())).result(WAIT)
    beyond = Annotation(Kind.NOTE, (Part(7, (marked.quad(1, 1, 9, 9),)),), uid="u")
    with pytest.raises(PdfRefused) as error:
        engine.annotated(doc, marks_of([beyond])).result(WAIT)
    assert error.value.message == "There is no page 8 for an annotation."
    with pytest.raises(PdfRefused) as error:
        engine.annotated(doc, marks_of(marked.one_of_each())).result(WAIT)
    assert "larger than" in error.value.message
    book = engine.open(save(b"%!PS")).exception(WAIT)
    assert isinstance(book, PdfRefused)


@pytest.mark.needs("qpdf")
def test_the_copy_is_a_sound_pdf(engine: Engine, save: Save) -> None:
    doc = engine.open(save(marked.document())).result(WAIT)
    letters = replace(marked.one_of_each()[5], comment="Привет 你好", uid="u")
    copy = written(engine, save, doc, marks_of([*marked.one_of_each(), letters]))
    done = subprocess.run(["qpdf", "--check", copy.path], capture_output=True)
    assert done.returncode == 0, (done.stdout, done.stderr)
