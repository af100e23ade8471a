"""Import of folders and PDFs, and of what was exported."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.marking import Annotation, Kind, Part
from reader.domain.paper import Author, Paper, ReadingState
from reader.library import papers
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import annotating, attaching, editing, exporting, noting
from reader.services.lanes import to_the_end
from reader.services.pdf_facts import PdfFacts, draft, sound_title
from tests.library.shelf import add, facts_of, full_paper, titles, whole, writing
from tests.services.intake import SEED, bring, carry_out, counts, plan_of, write

DIRTY = "An \u202eef\ufb01cient so\u00adftening\ufffd\ufeff"

# ---- folders


def test_a_folder_is_walked_without_links_and_devices(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    shelf = tmp_path / "shelf"
    (shelf / "deep" / "er").mkdir(parents=True)
    (shelf / "deep" / "er" / "one.pdf").write_bytes(b"%PDF- one")
    (shelf / "TWO.PDF").write_bytes(b"%PDF- two")
    (shelf / ".hidden.pdf").write_bytes(b"%PDF- hidden")
    (shelf / "notes.docx").write_bytes(b"other")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "three.pdf").write_bytes(b"%PDF- three")
    (shelf / "link.pdf").symlink_to(secret / "three.pdf")
    (shelf / "linked").symlink_to(secret)
    (shelf / "loop").symlink_to(shelf)
    os.mkfifo(shelf / "pipe.pdf")
    result = bring(writer, shelf)
    assert sorted(titles(folder)) == ["TWO", "one"] and result.failed == []
    # AND a link or a pipe named outright is judged by what it leads to
    result = bring(writer, shelf / "link.pdf", shelf / "pipe.pdf")
    assert result.added == 1 and "regular file" in result.failed[0].reason


@pytest.mark.parametrize("content", [[], ["photo.png"], ["deep/deeper/.hidden.pdf"]])
def test_a_folder_with_nothing_to_import_is_a_failure(
    folder: Path, tmp_path: Path, content: list[str]
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for name in content:
        (shelf / name).parent.mkdir(parents=True, exist_ok=True)
        (shelf / name).write_bytes(b"x")
    plan = plan_of(folder, shelf)
    assert plan.items == () and "nothing that can be imported" in plan.failed[0].reason
    assert not folder.exists()  # a plan writes nothing


# ---- PDFs


def test_a_pdf_becomes_a_paper_with_its_copy(folder: Path, writer: Writer, tmp_path: Path) -> None:
    path = tmp_path / "2506.06276v2.pdf"
    path.write_bytes(b"%PDF- one")

    def read(_: Path) -> PdfFacts:
        return PdfFacts(pages=12, title="untitled", author="Ada Lovelace; Gu, Jiatao",
                        largest="A Title\n on Page One", first_page="")  # fmt: skip

    result = carry_out(writer, plan_of(folder, path, read=read))
    assert result.added == 1
    [paper] = whole(folder).values()
    assert (paper.title, paper.arxiv_id) == ("A Title on Page One", "2506.06276")
    assert paper.authors == (Author("Lovelace", "Ada"), Author("Gu", "Jiatao"))
    [item] = paper.attachments
    assert (item.path, item.pages) == ("Lovelace - A Title on Page One.pdf", 12)
    assert path.exists()
    # AND the same content under another name adds nothing
    again = tmp_path / "copy.pdf"
    again.write_bytes(path.read_bytes())
    assert counts(carry_out(writer, plan_of(folder, again, read=read))) == (0, 0, 1)


def test_one_pdf_twice_in_one_import_is_one_paper(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / name).write_bytes(b"%PDF- same")
    assert counts(bring(writer, tmp_path / "one.pdf", tmp_path / "two.pdf")) == (1, 0, 1)
    assert len(list((folder / "files").iterdir())) == 1


def test_a_pdf_whose_paper_is_known_is_attached_to_it(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    [uid] = add(writer, full_paper())
    path = tmp_path / "STARFlow Scaling Latent Normalizing Flows.pdf"
    path.write_bytes(b"%PDF- one")
    assert counts(bring(writer, path)) == (0, 1, 0)
    assert len(whole(folder)[uid].attachments) == 1


def test_a_name_that_is_no_text(folder: Path, writer: Writer, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 paper.pdf"))
    path.write_bytes(b"%PDF- one")
    page = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    page.write_bytes(SEED.read_bytes())
    result = carry_out(writer, plan_of(folder, path, page, read=lambda _: PdfFacts(pages=1)))
    assert (result.added, result.failed) == (114, [])
    assert "caf\ufffd paper" in titles(folder)


@pytest.mark.parametrize(
    "title, sound",
    [
        ("Microsoft Word - paper.doc", ""),
        ("untitled", ""),
        ("main.tex", ""),
        ("SZ_max_err.eps", ""),
        ("figure 3.PNG", ""),
        ("PII: S0010-4655", ""),
        ("doi:10.1000/x", ""),
        ("arXiv:2506.06276v1", ""),
        ("---", ""),
        ("  A   good\ntitle ", "A good title"),
    ],
)
def test_titles_no_person_wrote(title: str, sound: str) -> None:
    assert sound_title(title) == sound


@pytest.mark.parametrize("title", [DIRTY, ""])
def test_what_a_pdf_says_of_itself_is_stored_clean(title: str) -> None:
    # GIVEN a title and names with a bidi override, a ligature, a soft hyphen and a byte order mark
    facts = PdfFacts(1, title, "Ef\ufb01 \u202eBerg; A\u00adda\u200b Li", DIRTY, "")
    for path in (Path("a.pdf"), Path(f"{DIRTY}.pdf")):
        paper = draft(path, facts, lambda name: Author(literal=name))
        assert paper.title == "An efficient softening\ufffd"
        assert [author.name for author in paper.authors] == ["Effi Berg", "Ada Li"]
    paper = draft(Path(f"{DIRTY}.pdf"), PdfFacts(1), lambda name: Author(literal=name))
    assert paper.title == "An efficient softening\ufffd"


def test_the_stamp_on_the_margin_names_the_paper() -> None:
    facts = PdfFacts(1, "A good title", "", "", "arXiv:2506.06276v2  [cs.CV]  6 Jun 2025 10.1000/x")
    paper = draft(Path("2401.10010.pdf"), facts, lambda name: Author(literal=name))
    assert (paper.arxiv_id, paper.preferred.version) == ("2506.06276", "v2")


# ---- out and in again


def test_what_was_exported_comes_back_whole(folder: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "in.pdf"
    pdf.write_bytes(b"%PDF- one")
    with writing(folder) as writer:
        uid, other = add(writer, full_paper(), replace(full_paper("Another paper"), editions=()))
        add(writer, Paper("深度 \\alpha “quotes” \u2028 and\ttabs", abstract="a\n\n b "))
        attaching.attach(writer, uid, pdf, facts_of)
        pdf.write_bytes(b"%PDF- two")
        attaching.attach(writer, uid, pdf, facts_of)
        to_the_end(editing.set_state(writer, [uid], ReadingState.READING))
        to_the_end(editing.set_starred(writer, [other], True))
        noting.set_remark(writer, other, "Read it twice")
        slot = whole_paper(writer, uid).attachments[1].uid
        annotating.add(writer, [marked(slot, "the claim"), marked(slot, "another")])
    out = tmp_path / "out.json"
    with closing(Reader(folder)) as reader:
        exporting.to_file(exporting.text(exporting.papers(reader), "json"), out)
    new = tmp_path / "new"
    with writing(new) as writer:
        result = bring(writer, out)
        assert counts(result) == (3, 0, 0) and result.failed == []
    assert whole(new, times=True) == whole(folder, times=True)
    assert titles(new) == titles(folder)
    assert marks(new, slot) == marks(folder, slot) != ()
    names = [sorted(p.name for p in (it / "files").iterdir()) for it in (folder, new)]
    assert names[0] == names[1] and len(names[0]) == 2
    # AND importing it where it came from, or twice, adds nothing
    for place in (folder, new):
        with writing(place) as writer:
            assert counts(bring(writer, out)) == (0, 0, 3)


def test_annotations_find_the_same_file_under_another_id(folder: Path, tmp_path: Path) -> None:
    # GIVEN an export with an annotation, and a library that has the same file on its own
    pdf = tmp_path / "in.pdf"
    pdf.write_bytes(b"%PDF- one")
    other = tmp_path / "other"
    slots = {}
    for place in (folder, other):
        with writing(place) as writer:
            [uid] = add(writer, "A paper about flows")
            slots[place] = attaching.attach(writer, uid, pdf, facts_of).uid
            if place == folder:
                annotating.add(writer, [marked(slots[place], "the claim")])
    out = tmp_path / "out.json"
    with closing(Reader(folder)) as reader:
        exporting.to_file(exporting.text(exporting.papers(reader), "json"), out)
    # WHEN it comes in, twice
    with writing(other) as writer:
        assert counts(bring(writer, out)) == (0, 1, 0)
        assert counts(bring(writer, out)) == (0, 0, 1)
    # THEN it hangs on that library's own slot, once
    [came] = marks(other, slots[other])
    [left] = marks(folder, slots[folder])
    assert came == replace(left, attachment=slots[other])


def marked(slot: str, quote: str) -> Annotation:
    quad = (1.0, 20.5, 9.0, 20.5, 1.0, 10.0, 9.0, 10.0)
    return Annotation(
        Kind.HIGHLIGHT, (Part(0, (quad,)), Part(1, (quad,), (((1.0, 2.0, 0.5),),))), slot, "red",
        quote, "be", "af", "Why?", ("doubt",), 1.5, "R", card="claim",
    )  # fmt: skip


def marks(folder: Path, slot: str) -> tuple[Annotation, ...]:
    with closing(Reader(folder)) as reader:
        return reader.annotations(slot)


def whole_paper(writer: Writer, uid: str) -> Paper:
    return papers.load(writer.connection, uid)


def test_a_crafted_list_fetches_no_file_of_the_reader(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("password")
    inside = tmp_path / "lists"
    inside.mkdir()
    (inside / "beside.pdf").write_bytes(b"%PDF- beside")
    items = [
        {"title": "Paper number one of all", "attachments": [{"path": str(secret)}]},
        {"title": "Paper number two of all", "attachments": [{"path": "../secret.txt"}]},
        {
            "title": "Paper number three of all",
            "attachments": [{"path": str(secret), "sha256": "0" * 64}],
        },
        {"title": "Paper number four of all", "attachments": [{"path": "beside.pdf"}]},
    ]
    result = carry_out(writer, plan_of(folder, write(inside, "list.json", items)))
    assert result.added == 4 and len(result.failed) == 3
    assert [path.name for path in (folder / "files").iterdir()] == ["Paper number four of all.pdf"]
