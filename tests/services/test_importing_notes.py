"""Notes from a folder of Markdown files: each finds its paper, or stays a free note."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.paper import Edition, Paper
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing, exporting, markdown_export, noting
from reader.services.import_plan import Result
from tests.library.shelf import add, open_writer, writing
from tests.services.intake import carry_out, counts, plan_of


def bring_notes(writer: Writer, folder: Path) -> Result:
    plan = plan_of(writer.place.folder, folder, name="notes")
    result = carry_out(writer, plan)
    assert (plan.count("add"), plan.count("update"), plan.count("unchanged")) == counts(result)
    return result


def texts(folder: Path, paper: str) -> list[str]:
    with closing(Reader(folder)) as reader:
        return [note.text for note in reader.notes_of(paper)]


def test_each_note_finds_its_paper(folder: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / "deep").mkdir(parents=True)
    with writing(folder) as writer:
        by_id, by_doi, by_arxiv, by_title, by_name = add(
            writer,
            "One",
            Paper("Two", editions=(Edition(doi="10.1000/two"),)),
            Paper("Three", editions=(Edition(arxiv_id="2506.06276"),)),
            "Four: a longer title",
            "Five words in a name",
        )
        for name, text in {
            "a.md": f"---\nid: {by_id}\n---\nby id",
            "b.md": "---\ntitle: 'Other'\ndoi: https://doi.org/10.1000/TWO\n---\nby doi",
            "deep/c.markdown": '---\narxiv: "arXiv:2506.06276v2"\n---\nby arxiv',
            "d.md": "# Four -- A longer title\n\nby heading",
            "Five words in a name.md": "by name",
            "free.md": "---\ntags:\n  - x\n---\nA free thought",
            "empty.md": "\n",
            "picture.png": "no note",
        }.items():
            (vault / name).write_text(text)
        # WHEN the folder is imported
        result = bring_notes(writer, vault)
        # THEN each is a note of its paper, and the one without a paper a free note
        assert counts(result) == (1, 5, 0)
        assert [Path(it.source).name for it in result.failed] == ["empty.md"]
        assert [texts(folder, it) for it in (by_id, by_doi, by_arxiv, by_name)] == [
            ["by id"], ["by doi"], ["by arxiv"], ["by name"],
        ]  # fmt: skip
        assert texts(folder, by_title) == ["# Four -- A longer title\n\nby heading"]
        assert texts(folder, "") == ["A free thought"]
        # AND a second time adds nothing
        assert counts(bring_notes(writer, vault)) == (0, 0, 6)


def test_what_the_program_exported_comes_back_as_the_note(folder: Path, tmp_path: Path) -> None:
    # GIVEN two papers exported as Markdown, one of them with a note
    vault = tmp_path / "vault"
    note = "# Mine\n\nText\n\n## Deeper\n\n- one\n\n```\n# code\n```"
    with writing(folder) as writer:
        first, _ = add(writer, "One paper about flows", "Another paper about maps")
        editing.save_note(writer, first, "", note)
        noting.set_remark(writer, first, "A remark")
    with closing(Reader(folder)) as reader:
        work = markdown_export.MarkdownExport(pytest.fail, {}, markdown_export.Wish())
        assert len(list(work.to_folder(exporting.papers(reader), vault))) == 2
    # WHEN the folder comes into a library that has the papers without notes
    other = tmp_path / "other"
    with closing(open_writer(other)) as writer:
        mine = add(writer, "One paper about flows", "Another paper about maps")[0]
        result = bring_notes(writer, vault)
    # THEN the note is the one it was, without abstract and facts
    assert texts(other, mine) == [note]
    assert [Path(it.source).name for it in result.failed] == ["Another paper about maps.md"]


def test_markdown_is_read_only_when_asked_for(folder: Path, writer: Writer, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# One\n\nnot a note")
    add(writer, "One")
    plan = plan_of(folder, tmp_path / "README.md")
    assert plan.items == () and "no list of papers" in plan.failed[0].reason
