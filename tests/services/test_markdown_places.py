"""Sections and pictures of annotations for Markdown: of pages that are not there, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from reader.domain.annotation import Quad
from reader.domain.marking import Annotation, Kind, Part
from reader.domain.paper import Attachment, Note, Paper
from reader.pdf.engine import Engine
from reader.services.markdown_export import MarkdownExport, Wish

BOX: Quad = (80.0, 700.0, 200.0, 700.0, 80.0, 600.0, 200.0, 600.0)


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()


def area(uid: str, page: int) -> Annotation:
    return Annotation(Kind.AREA, (Part(page, (BOX,)),), "slot", uid=uid)


def test_an_annotation_of_a_page_that_is_gone_costs_only_its_own_picture(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN a document that has become shorter than it was when it was annotated
    file = tmp_path / "paper.pdf"
    doc = pymupdf.open()
    doc.new_page()
    doc.set_toc([[1, "Results", 1]])
    doc.save(file)
    doc.close()
    marks = (area("here", 0), area("gone", 7))
    paper = Paper("A paper", "uid", attachments=(Attachment("slot", str(file)),), annotations=marks)
    # WHEN the paper is exported by its sections
    export = MarkdownExport(lambda: engine, {}, Wish(grouping="section"))
    [written] = export.to_folder([paper], tmp_path / "out")
    # THEN one has its section and its picture, the other stands without, and why is told
    text = written.read_text()
    assert "### Results" in text and "pictures/here.png" in text
    assert "### Without a section" in text and "pictures/gone.png" not in text
    assert [path.name for path in (tmp_path / "out" / "pictures").iterdir()] == ["here.png"]
    [problem] = export.problems
    assert problem.endswith("no page 8; a picture is missing.")


@pytest.mark.parametrize("grouping", ["page", "section", "meaning"])
def test_what_has_no_place_is_told_so_and_stands_last(
    engine: Engine, tmp_path: Path, grouping: str
) -> None:
    # GIVEN two annotations, of which the first has no place in the present file
    file = tmp_path / "paper.pdf"
    with pymupdf.open() as doc:
        doc.new_page()
        doc.save(file)
    lost = Annotation(
        Kind.HIGHLIGHT, (Part(0, (BOX,)),), "slot", quote="lost", placed=False, uid="lost"
    )
    here = Annotation(Kind.HIGHLIGHT, (Part(1, (BOX,)),), "slot", quote="here", uid="here")
    paper = Paper(
        "A paper", "uid", attachments=(Attachment("slot", str(file)),), annotations=(lost, here)
    )
    # WHEN they are exported
    export = MarkdownExport(lambda: engine, {}, Wish(grouping=grouping))
    [written] = export.to_folder([paper], tmp_path / "out")
    text = written.read_text()
    # THEN no page is named for it, and no link leads to one
    assert "· not placed" in text and "page 1" not in text and "#page=1>" not in text
    assert "[page 2](<" in text
    if grouping != "meaning":
        assert text.index("> here") < text.index("### Not placed") < text.index("> lost")


def test_a_copied_file_is_renewed_when_its_content_changed_and_its_size_did_not(
    engine: Engine, tmp_path: Path
) -> None:
    file, out = tmp_path / "paper.pdf", tmp_path / "out"
    file.write_bytes(b"%PDF-1.7 one")
    paper = Paper("A paper", "uid", attachments=(Attachment("slot", str(file)),))
    copy = out / "files" / "paper.pdf"

    def export() -> bytes:
        list(MarkdownExport(lambda: engine, {}, Wish(copy_files=True)).to_folder([paper], out))
        return copy.read_bytes()

    assert export() == b"%PDF-1.7 one"
    written = copy.stat().st_mtime_ns
    assert export() and copy.stat().st_mtime_ns == written  # the same is left alone
    # WHEN another file of the same size is in its place THEN the copy is that one
    file.write_bytes(b"%PDF-1.7 two")
    assert export() == b"%PDF-1.7 two"


def test_a_picture_of_a_note_is_found_under_any_name_it_was_given(tmp_path: Path) -> None:
    # GIVEN a note whose picture is the second file of its name
    file = tmp_path / "plot (2).png"
    file.write_bytes(b"a plot")
    paper = Paper(
        "A paper",
        "uid",
        notes=(Note(text="See ![](<plot (2).png>) there"),),
        attachments=(Attachment("slot", str(file), role="picture"),),
    )
    # WHEN the paper is exported THEN the picture lies beside the text, which shows it
    [written] = MarkdownExport(Engine, {}, Wish()).to_folder([paper], tmp_path / "out")
    assert "See ![](<pictures/plot%20%282%29.png>) there" in written.read_text()
    assert (tmp_path / "out" / "pictures" / file.name).read_bytes() == b"a plot"


def test_papers_alike_in_title_and_in_the_beginning_of_their_ids_have_files_of_their_own(
    engine: Engine, tmp_path: Path
) -> None:
    # GIVEN papers of one title whose ids another program has counted up, and one called like a file
    begun = "11111111-2222-4333-8444-55555555555"
    papers = [
        Paper("Beta", begun + "1"),
        Paper("beta", begun + "2"),
        Paper("Beta (11111111)", "33333333-2222-4333-8444-555555555555"),
    ]
    # WHEN they are exported THEN no file takes the place of another
    export = MarkdownExport(lambda: engine, {}, Wish())
    written = list(export.to_folder(papers, tmp_path / "out"))
    assert len({path.name.casefold() for path in written}) == len(papers)
    for path, paper in zip(written, papers, strict=True):
        assert f'id: "{paper.uid}"' in path.read_text()
