"""`export --format markdown` from the outside: front matter, links that lead somewhere, pictures."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pytest

from reader.domain.marking import Annotation, Kind, Part
from reader.domain.paper import new_uid
from reader.library.reading import Reader
from reader.services import annotating, editing, exporting, note_pictures, noting
from tests.cli.conftest import Command
from tests.library.shelf import open_writer

TOP = (72.0, 712.0, 300.0, 712.0, 72.0, 700.0, 300.0, 700.0)
FIGURE = (72.0, 650.0, 400.0, 650.0, 72.0, 400.0, 400.0, 400.0)
GUIDE = "The Paper Reader project - A guide to Paper Reader.md"


@pytest.fixture
def annotated(starter: Path) -> Path:
    """The starter library with a note, a remark and three annotations on the guide."""
    with closing(open_writer(starter)) as writer, closing(Reader(starter)) as reader:
        paper, slot = writer.connection.execute(
            "SELECT p.uid, a.uid FROM papers p JOIN attachments a ON a.paper_id = p.id"
        ).fetchone()
        other = writer.connection.execute("SELECT title FROM papers WHERE id = 7").fetchone()[0]
        drafts = [
            Annotation(
                Kind.HIGHLIGHT, (Part(1, (TOP,)),), slot, "red", "a *quoted* text",
                comment="Why?\n\n# Not a heading here", tags=("to check",),
            ),
            Annotation(Kind.AREA, (Part(2, (FIGURE,)),), slot, "blue", comment="A figure"),
            Annotation(Kind.HIGHLIGHT, (Part(2, (TOP,)),), slot, "red", "it is so", card="claim"),
        ]  # fmt: skip
        annotating.add(writer, drafts)
        noting.set_remark(writer, paper, 'Read "this" first')
        editing.save_note(writer, paper, "", f"# Mine\n\nSee [[{other}|that one]], [[Nothing]].")
        assert len(reader.annotations(slot)) == 3
    return starter


def targets(file: Path) -> list[Path]:
    """The files that a Markdown file's links and pictures lead to."""
    found = re.findall(r"\]\(<(?!\w+:)([^>#]*)(?:#[^>]*)?>\)", file.read_text())
    return [file.parent / unquote(address) for address in found]


def test_pictures_of_notes_and_free_notes_leave_with_the_whole_library(
    annotated: Path, command: Command, tmp_path: Path
) -> None:
    # GIVEN a picture in a paper's note, and one in a free note that names a paper
    png = b"\x89PNG\r\n\x1a\n of a note"
    with closing(open_writer(annotated)) as writer, closing(Reader(annotated)) as reader:
        paper = next(it for it in exporting.papers(reader, "guide") if it.attachments)
        mine, _ = note_pictures.keep(writer, paper.uid, "", png, ".png")
        editing.save_note(writer, paper.uid, "", f"![A plot]({mine}) and ![]({mine[:-4]}-no.png)")
        free = new_uid()
        own, _ = note_pictures.keep(writer, "", free, png + b"!", ".png")
        text = f"# Plans: 1/2\n\n![]({own}) ![](../library.db) [[{paper.title}]]"
        editing.save_note(writer, "", free, text)
    # WHEN the library is exported, twice
    out = tmp_path / "vault"
    for _ in range(2):
        assert command("export", "--format", "markdown", "-o", out).code == 0
    # THEN the pictures stand beside the texts that show them
    guide = (out / GUIDE).read_text()
    assert f"![A plot](<pictures/{mine}>)" in guide and f"{mine[:-4]}-no.png)" in guide
    assert (out / "pictures" / mine).read_bytes() == png
    [note] = (out / "Notes").glob("*.md")
    written = note.read_text()
    assert written.startswith("# Plans: 1/2\n\n") and "![](../library.db)" in written
    assert (out / "Notes" / "pictures" / own).read_bytes() == png + b"!"
    assert all(it.is_file() for it in targets(note)) and len(targets(note)) == 2
    # AND a query leaves the free notes where they are
    other = tmp_path / "some"
    assert command("export", "guide", "--format", "markdown", "-o", other).code == 0
    assert not (other / "Notes").exists()


def test_one_file_holds_the_free_notes_unless_a_query_chooses_papers(
    annotated: Path, command: Command, tmp_path: Path
) -> None:
    # GIVEN a free note with a picture beside the papers
    with closing(open_writer(annotated)) as writer:
        free = new_uid()
        picture, _ = note_pictures.keep(writer, "", free, b"\x89PNG\r\n\x1a\n plan", ".png")
        editing.save_note(writer, "", free, f"# Plans\n\n![]({picture})\n\n## Later")
    # WHEN the whole library goes into one file, and what a query chooses into another
    whole, some = tmp_path / "all" / "all.md", tmp_path / "some.md"
    whole.parent.mkdir()
    assert command("export", "--format", "markdown", "-o", whole).code == 0
    assert command("export", "guide", "--format", "markdown", "-o", some).code == 0
    # THEN the note stands behind the papers of the first, with its picture, and not in the second
    after = whole.read_text().partition("\n---\n\n# Notes\n\n")[2]
    assert after.startswith(f"## Plans\n\n![](<pictures/{picture}>)\n\n### Later\n")
    assert (whole.parent / "pictures" / picture).is_file() and "# Plans" not in some.read_text()
    # AND the terminal is told the same
    assert "\n# Notes\n\n## Plans\n" in command("export", "--format", "markdown").out
    assert "# Plans" not in command("export", "guide", "--format", "markdown").out
    # AND what was written brings nothing new where it came from
    done = command("import", "--format", "notes", whole, some, "--json")
    assert done.code == 0 and (done.json["added"], done.json["updated"]) == (0, 0)


def test_links_of_a_note_to_places_lead_to_pages_of_the_file_and_come_back(
    annotated: Path, command: Command, tmp_path: Path
) -> None:
    # GIVEN a note that leads to an annotation, a file, its paper, and to one of another library
    with closing(open_writer(annotated)) as writer, closing(Reader(annotated)) as reader:
        paper = next(it for it in exporting.papers(reader, "guide") if it.attachments)
        mark = paper.annotations[0].uid
        other = new_uid()
        note = (
            f"> words ([p. 2](paper-reader://annotation/{mark}))\n\n"
            f"[here](paper-reader://attachment/{paper.attachments[0].uid}?page=3) "
            f"[it](paper-reader://paper/{paper.uid}) [far](paper-reader://annotation/{other}) "
            f"paper-reader://annotation/{mark} `[x](paper-reader://annotation/{mark})`"
        )
        editing.save_note(writer, paper.uid, paper.notes[0].uid, note, paper.notes[0].text)
    out = tmp_path / "vault"
    assert command("export", "--format", "markdown", "-o", out).code == 0
    text = (out / GUIDE).read_text()
    # THEN the links with words lead to pages of the file, also in any browser
    assert re.search(rf"\[p\. 2\]\(<[^<>]+\.pdf#page=2&paper-reader=annotation/{mark}>\)", text)
    assert re.search(
        r"\[here\]\(<[^<>]+\.pdf#page=3&paper-reader=attachment/[\w-]+\?page=3>\)", text
    )
    assert re.search(r"\[it\]\(<[^<>]+\.pdf#page=1&paper-reader=paper/", text)
    assert f"[far](paper-reader://annotation/{other})" in text
    assert f" paper-reader://annotation/{mark} `[x](paper-reader://annotation/{mark})`" in text
    assert all(it.is_file() for it in targets(out / GUIDE))
    # AND they are what they were when they come back
    done = command("import", "--format", "notes", out, "--json").json
    assert (done["added"], done["updated"], done["failed"]) == (0, 0, [])
    with closing(open_writer(tmp_path / "empty")):
        pass
    command("--library", tmp_path / "empty", "import", "--format", "notes", out)
    with closing(Reader(tmp_path / "empty")) as reader:
        assert [it.text for it in reader.notes_of(paper.uid)] == [note]


def test_a_folder_has_a_file_a_paper_whose_links_lead_somewhere(
    annotated: Path, command: Command, tmp_path: Path
) -> None:
    del annotated
    out = tmp_path / "vault"
    assert command("export", "--format", "markdown", "-o", out).code == 0
    assert len(list(out.glob("*.md"))) == 114
    text = (out / GUIDE).read_text()
    head = text.split("---\n")[1]
    assert 'title: "A guide to Paper Reader"\n' in head and "state: " in head
    assert 'remark: "Read \\"this\\" first"\n' in head and 'id: "' in head
    assert "> a \\*quoted\\* text\n" in text and "\n##### Not a heading here\n" in text
    assert "#page=2>)" in text and "**claim**" in text and "#to-check" in text
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### Mine", "### Page 2", "### Page 3",
    ]  # fmt: skip
    # THEN every link leads to a file: the PDF, the other paper's file, the figure's picture
    led = targets(out / GUIDE)
    assert all(it.is_file() for it in led)
    assert {it.suffix for it in led} == {".pdf", ".md", ".png"}
    assert "[that one](<" in text and "[[Nothing]]" in text
    picture = next(it for it in led if it.suffix == ".png").read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) > 2000


def test_the_same_library_gives_the_same_bytes(
    annotated: Path, command: Command, tmp_path: Path
) -> None:
    del annotated
    made: list[dict[str, bytes]] = []
    for name in ("one", "two"):
        out = tmp_path / name
        assert command("export", "--format", "markdown", "--files", "-o", f"{out}/").code == 0
        made.append(
            {str(it.relative_to(out)): it.read_bytes() for it in out.rglob("*") if it.is_file()}
        )
    assert made[0] == made[1]
    assert len([name for name in made[0] if name.endswith(".pdf")]) == 1
    # AND the vault stands on its own
    assert all(it.is_relative_to(tmp_path / "two") for it in targets(tmp_path / "two" / GUIDE))


@pytest.mark.parametrize(
    "group, headings",
    [
        ("meaning", ["### Doubt", "### Method"]),
        ("section", ["### Contents", "### 1 What Paper Reader is"]),
    ],
)
def test_annotations_are_grouped_as_chosen(
    annotated: Path, command: Command, tmp_path: Path, group: str, headings: list[str]
) -> None:
    del annotated
    out = tmp_path / "guide.md"
    words = ("export", "A", "guide", "to", "Paper", "Reader", "--format", "markdown")
    assert command(*words, "--group", group, "-o", out).code == 0
    text = out.read_text().partition("## Annotations")[2]
    assert [line for line in text.splitlines() if line.startswith("### ")] == headings


def test_a_file_that_is_gone_is_named_and_the_rest_is_written(
    annotated: Path, command: Command, tmp_path: Path
) -> None:
    [pdf] = (annotated / "files").iterdir()
    pdf.unlink()
    done = command("export", "--format", "markdown", "--files", "-o", tmp_path / "out")
    assert done.code == 0 and pdf.name in done.err
    assert "> a \\*quoted\\* text" in (tmp_path / "out" / GUIDE).read_text()


def test_json_holds_the_annotations(annotated: Path, command: Command) -> None:
    del annotated
    [paper] = [it for it in command("list", "--json").json if it["annotations"]]
    assert {it["kind"] for it in paper["annotations"]} == {"highlight", "area"}
    assert json.loads(json.dumps(paper))["remark"] == 'Read "this" first'
