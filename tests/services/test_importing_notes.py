"""Notes from a folder of Markdown files: each finds its paper, or stays a free note."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.lists import NoteRow
from reader.domain.note_links import links_in
from reader.domain.paper import Author, Edition, Link, Paper, ReadingState, new_uid
from reader.formats.markdown import pictures_in
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing, exporting, markdown_export, note_pictures, noting
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
        assert counts(result) == (1, 5, 0) and result.notes == 1
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
    assert counts(result) == (0, 1, 1) and result.failed == []


PNG = b"\x89PNG\r\n\x1a\n of a note"
MANY = (
    "# Mine\n\nSee [[Wind in the other paper]], [[wind in the OTHER paper|that *one*]] and "
    "[[Nothing at all]].\n\n```\n### no heading\n[[Wind in the other paper]]\n```",
    "##### Deep\n\n---\n\n`[[code]]` <!-- a comment -->\n\nand [[Kites and flows in the air|]] $x$",
    "open\n\n~~~\n## Notes\n\n# code",
)


def stocked(writer: Writer) -> tuple[str, str]:
    """Two papers, the first with notes of many kinds, and two free notes; their uids."""
    first, other = add(
        writer,
        Paper(
            "Kites and flows in the air",
            authors=(Author("Berg", "Mia"), Author(literal="Kite Team")),
            abstract="First *line*.\n\n# Second",
            editions=(Edition(published="2025-06-11", venue="Kite Days", doi="10.1000/kite"),),
            links=(Link("https://github.com/kites/air", "code"),),
            tags=("sky", "to do"),
            collections=("Topics/Air",),
            reading_state=ReadingState.READING,
            starred=True,
        ),
        "Wind in the other paper",
    )
    noting.set_remark(writer, first, "A *remark*")
    for text in MANY:
        noting.add(writer, first, text)
    name, _ = note_pictures.keep(writer, first, "", PNG, ".png")
    noting.add(writer, first, f"A plot:\n\n![it]({name})")
    free, _ = noting.add(writer, "", "")
    name, _ = note_pictures.keep(writer, "", free, PNG + b"!", ".png")
    text = f"# Plans\n\n![]({name})\n\n###### Six\n\n[[Kites and flows in the air|kites]]"
    editing.save_note(writer, "", free, text)
    noting.add(writer, "", "no heading, [[Plans]]\n\n```\nopen")
    return first, other


def exported(folder: Path, target: Path) -> dict[str, bytes]:
    """The library in Markdown: in a folder, or as one file; the bytes of every file."""
    with closing(Reader(folder)) as reader:
        work = markdown_export.MarkdownExport(pytest.fail, {}, markdown_export.Wish())
        papers = exporting.papers(reader)
        free = [it.note for it in exporting.free_notes(reader)]

        def file_of(name: str) -> Path | None:
            return note_pictures.file_of(reader, name)

        if target.suffix:
            work.to_file(papers, target, free, file_of)
        else:
            assert (
                len([*work.to_folder(papers, target), *work.free_notes(free, file_of, target)]) == 4
            )
        assert work.problems == []
    home = target.parent if target.suffix else target
    return {str(it.relative_to(home)): it.read_bytes() for it in home.rglob("*") if it.is_file()}


@pytest.mark.parametrize("target", ["vault", "out/all.md"])
def test_an_export_taken_back_in_changes_nothing(folder: Path, tmp_path: Path, target: str) -> None:
    vault = tmp_path / target
    vault.parent.mkdir(exist_ok=True)
    with writing(folder) as writer:
        stocked(writer)
        before = exported(folder, vault)
        # WHEN it comes back into the library it was written from, twice
        for _ in range(2):
            result = bring_notes(writer, vault)
            # THEN nothing is added, and nothing told to be wrong
            assert counts(result) == (0, 0, 4) and result.failed == []
    assert exported(folder, vault) == before


@pytest.mark.parametrize("target", ["vault", "out/all.md"])
def test_an_export_brings_papers_and_notes_into_an_empty_library(
    folder: Path, tmp_path: Path, target: str
) -> None:
    vault, other = tmp_path / target, tmp_path / "other"
    vault.parent.mkdir(exist_ok=True)
    with writing(folder) as writer:
        first, wind = stocked(writer)
    exported(folder, vault)
    # WHEN it comes into an empty library
    with closing(open_writer(other)) as writer:
        result = bring_notes(writer, vault)
        assert counts(result) == (4, 0, 0) and result.failed == [] and result.notes == 2
    # THEN the papers are there with their ids and all that the files tell of them
    with closing(Reader(folder)) as old, closing(Reader(other)) as new:
        for uid in (first, wind):
            was, now = old.paper(uid), new.paper(uid)
            for name in ("title", "authors", "abstract", "tags", "collections", "reading_state",
                         "starred", "published", "venue", "doi", "links"):  # fmt: skip
                assert getattr(now, name) == getattr(was, name), name
        # AND their notes, the ids kept, whose links lead to where they led
        for uid in (first, ""):
            was, now = old.notes_of(uid), new.notes_of(uid)
            assert {note.uid for note in now} == {note.uid for note in was}
            assert targets_of(now) == targets_of(was)
        # AND their pictures
        plot, plans = (
            new.notes_of(first)[-1],
            next(it for it in new.notes_of("") if "Plans" in it.title),
        )
        assert note_pictures.read(new, first, named_in(plot.text)) == PNG
        assert note_pictures.read(new, "", named_in(plans.text)) == PNG + b"!"


def targets_of(found: list[NoteRow]) -> dict[str, list[tuple[str, str]]]:
    return {it.uid: [(link.kind, link.target) for link in links_in(it.text)] for it in found}


def named_in(note: str) -> str:
    [name] = pictures_in(note)
    return name


def test_a_note_that_was_changed_in_the_file_is_kept_beside_the_old_one(
    folder: Path, tmp_path: Path
) -> None:
    with writing(folder) as writer:
        first, _ = stocked(writer)
        vault = tmp_path / "vault"
        exported(folder, vault)
        # WHEN a note of a paper and a free one are changed there, and one is written below
        mine = next(it for it in vault.glob("*.md") if "Kites" in it.name)
        mine.write_text(mine.read_text().replace("A plot:", "A better plot:") + "\nBelow\n")
        [plans] = (vault / "Notes").glob("Plans.md")
        plans.write_text(plans.read_text().replace("# Plans", "# New plans"))
        result = bring_notes(writer, vault)
    # THEN those come in, nothing is lost, and once more changes nothing
    assert counts(result) == (1, 1, 2) and result.failed == []
    found = texts(folder, first)
    assert len(found) == 6 and found[3].startswith("A plot:") and found[-1] == "Below"
    assert found[4].startswith("A better plot:") and "](kites" in found[4]
    assert len(texts(folder, "")) == 3
    with writing(folder) as writer:
        assert counts(bring_notes(writer, vault)) == (0, 0, 4)


def test_links_and_pictures_of_a_crafted_folder_bring_nothing_else(
    folder: Path, tmp_path: Path
) -> None:
    # GIVEN a file that looks as if exported, whose pictures lead elsewhere
    secret = tmp_path / "secret.png"
    secret.write_bytes(PNG)
    vault = tmp_path / "vault"
    (vault / "pictures").mkdir(parents=True)
    (vault / "pictures" / "link.png").symlink_to(secret)
    uid = new_uid()
    text = (
        "![a](<pictures/link.png>) ![b](<pictures/..%2F..%2Fsecret.png>) ![c](<pictures/none.png>) "
        "[x](<other.md>) [y](<../secret.png.md>) ![d](secret.png)"
    )
    (vault / "one.md").write_text(f"{text}\n\n<!-- note {uid} -->\n")
    (vault / "other.md").write_text("---\ntitle: Mine\n---\nnot exported")
    with writing(folder) as writer:
        result = bring_notes(writer, vault)
    # THEN the note is there, and no file came with it
    assert counts(result) == (2, 0, 0) and result.failed == []
    assert [it for it in (folder / "files").rglob("*") if it.is_file()] == []
    [note] = [it for it in texts(folder, "") if "![a]" in it]
    assert "[x](<other.md>)" in note and "](link.png)" in note


def test_markdown_is_read_only_when_asked_for(folder: Path, writer: Writer, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# One\n\nnot a note")
    add(writer, "One")
    plan = plan_of(folder, tmp_path / "README.md")
    assert plan.items == () and "no list of papers" in plan.failed[0].reason
