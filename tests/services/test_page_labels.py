"""The printed names of pages: kept when a text is read, asked for by lists and exports."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from reader.domain.lists import MarkFilter
from reader.domain.marking import Annotation, Kind, Part
from reader.domain.paper import Attachment, Paper
from reader.formats import claims as tables
from reader.library import files
from reader.library.page_labels import known_labels
from reader.library.reading import Reader
from reader.library.text_cache import TextCache
from reader.library.writing import Writer
from reader.pdf.engine import Engine
from reader.pdf.protocol import LabelRule, PageLabels
from reader.services import annotating, claims, note_marks, page_labels
from reader.services.markdown_export import MarkdownExport, Wish
from reader.services.texts import Texts
from tests.library.shelf import add, open_writer

QUAD = (10.0, 700.0, 90.0, 700.0, 10.0, 690.0, 90.0, 690.0)
SHA = "ef" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def writer(folder: Path) -> Iterator[Writer]:
    with closing(open_writer(folder)) as made:
        yield made


def mark(slot: str, page: int, quote: str, sha256: str = SHA) -> Annotation:
    part = Part(page, (QUAD,))
    return Annotation(Kind.HIGHLIGHT, (part,), slot, quote=quote, sha256=sha256, card="claim")


def keep(folder: Path, data: str, sha256: str = SHA) -> None:
    with closing(TextCache(folder)) as cache:
        cache.put_labels(sha256, data)


def test_reading_a_text_keeps_the_names_of_its_pages(writer: Writer, folder: Path) -> None:
    del writer
    # GIVEN a file whose first pages have roman numbers
    doc = pymupdf.open()
    for _ in range(4):
        doc.new_page().insert_text((72, 72), "words")
    doc.set_page_labels([
        {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
        {"startpage": 2, "prefix": "", "style": "D", "firstpagenum": 1},
    ])  # fmt: skip
    doc.save(folder / "paper.pdf")
    doc.close()
    engine = Engine()
    with closing(TextCache(folder)) as cache:
        texts = Texts(engine, cache)
        opened = engine.open(folder / "paper.pdf").result(30)
        sha256 = opened.info.sha256
        # WHEN its text is read
        texts.read(opened).result(30).settled.wait(30)
        while (kept := cache.labels(sha256)) is None:  # right after the answer
            time.sleep(0.01)
        engine.forget(opened)
        texts.close()
        engine.close()
    # THEN its pages can be named without it
    assert [page_labels.unpack(kept).label(page) for page in range(4)] == ["i", "ii", "1", "2"]


def test_lists_and_exports_name_the_pages(writer: Writer, folder: Path, tmp_path: Path) -> None:
    [paper] = add(writer, "A paper")
    with writer.edit("Attach") as edit:
        slot = files.add(edit, paper, files.Stored("a.pdf", SHA, 3), 12)
    annotating.add(writer, [mark(slot, 3, "roman"), mark(slot, 1, "of another file", "00" * 32)])
    keep(folder, page_labels.pack(PageLabels((LabelRule(0, "r", "", 1),))))
    with closing(Reader(folder)) as reader:
        # WHEN annotations are listed THEN what is known is named, the rest numbered
        assert [row.label for row in page_labels.marks(reader, MarkFilter())] == ["2", "iv"]
        # AND in the table of claims and its exports
        for rows in (claims.of_library(reader), list(claims.gather(reader, [paper]))):
            text = "".join(tables.markdown(rows))
            assert "roman (p. iv)" in text and "of another file (p. 2)" in text
            assert "roman (p. iv)" in "".join(tables.table(rows))
            assert {it["label"] for it in tables.to_dict(rows[0])["cards"]} == {"iv", "2"}
        # AND in Markdown, where the link still goes by the number
        found = reader.paper(paper)
        whole = Paper(
            "A paper", "uid", attachments=(Attachment(slot, str(tmp_path / "a.pdf")),),
            annotations=reader.annotations(slot),
        )  # fmt: skip
        assert found.uid == paper
        export = MarkdownExport(
            pytest.fail, {}, Wish(), lambda some: page_labels.Named(reader, some).of
        )
        [written] = export.to_folder([whole], tmp_path / "out")
    text = written.read_text()
    assert "### Page iv" in text and "[page iv](" in text and "#page=4" in text
    assert "### Page 2" in text


def test_what_runs_over_two_pages_is_told_with_both_in_every_list(
    writer: Writer, folder: Path, tmp_path: Path
) -> None:
    [paper] = add(writer, "A paper")
    with writer.edit("Attach") as edit:
        slot = files.add(edit, paper, files.Stored("a.pdf", SHA, 3), 12)
    one = mark(slot, 3, "over the page")
    long = replace(one, parts=(*one.parts, replace(one.parts[0], page=4)))
    annotating.add(writer, [long])
    keep(folder, page_labels.pack(PageLabels((LabelRule(0, "r", "", 1),))))
    with closing(Reader(folder)) as reader:
        [row] = page_labels.marks(reader, MarkFilter())
        assert row.pages == "iv–v" and replace(row, label="").pages == "4–5"
        assert "over the page (pp. iv–v)" in "".join(tables.markdown(claims.of_library(reader)))
        [kept] = reader.annotations(slot)
        told = Paper(
            "A paper", "uid", attachments=(Attachment(slot, "a.pdf"),), annotations=(kept,)
        )
        export = MarkdownExport(
            pytest.fail, {}, Wish(), lambda it: page_labels.Named(reader, it).of
        )
        [written] = export.to_folder([told], tmp_path / "out")
    # THEN it stands under the page on which it begins
    text = written.read_text()
    assert "### Page iv\n" in text and "[pages iv–v](<" in text and "#page=4>)" in text
    assert note_marks.quotation(kept, "iv–v", "x") == "> over the page ([pp. iv–v](x))"


@pytest.mark.parametrize("data", ["", "[", "{}", '"x"', "[[1]]", "[3]", "[[0, 1, 2, 3, 4]]"])
def test_what_means_nothing_names_nothing(writer: Writer, folder: Path, data: str) -> None:
    del writer
    keep(folder, data)
    with closing(Reader(folder)) as reader:
        assert page_labels.Named(reader, [mark("", 4, "x")]).of(mark("", 4, "x")) == "5"


def test_a_cache_that_does_not_serve_costs_only_the_names(writer: Writer, folder: Path) -> None:
    place = writer.place
    assert known_labels(place, [SHA]) == {}
    place.cache.write_bytes(b"no database at all")
    assert known_labels(place, [SHA]) == {}


def test_a_long_name_is_cut_and_an_empty_one_is_the_number(writer: Writer, folder: Path) -> None:
    del writer
    keep(
        folder,
        page_labels.pack(PageLabels((LabelRule(0, "", "x" * 99, 1), LabelRule(5, "", " ", 1)))),
    )
    with closing(Reader(folder)) as reader:
        named = page_labels.Named(reader, [mark("", 0, "x")])
        assert named.of(mark("", 0, "x")) == "x" * 24
        assert named.of(mark("", 6, "x")) == "7"
