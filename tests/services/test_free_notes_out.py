"""Free notes leave with the library's own JSON and come back whole."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

from reader.domain.lists import Scope
from reader.domain.paper import Note
from reader.library.notes import load
from reader.library.reading import Reader
from reader.services import editing, exporting, note_pictures, noting, parsing
from reader.services.import_plan import Result
from tests.library.shelf import add, writing
from tests.services.intake import carry_out, counts, plan_of


def out(folder: Path, target: Path) -> dict[str, Any]:
    with closing(Reader(folder)) as reader:
        notes = exporting.free_notes(reader)
        exporting.to_file(exporting.text(exporting.papers(reader), "json", notes), target)
    return json.loads(target.read_text())


def bring(folder: Path, file: Path) -> Result:
    with writing(folder) as writer:
        plan = plan_of(folder, file)
        done = carry_out(writer, plan)
        assert (plan.count("add"), plan.count("update"), plan.count("unchanged")) == counts(done)
        return done


def free(folder: Path) -> list[Note]:
    with closing(Reader(folder)) as reader:
        return [free.note for free in exporting.free_notes(reader)]


def test_free_notes_come_back_whole_and_only_once(folder: Path, tmp_path: Path) -> None:
    # GIVEN free notes, two of them the same, beside a paper with a note
    with writing(folder) as writer:
        [paper] = add(writer, "A paper")
        for text in ("# One\n\n[[A paper]] é \u2028 ok", "twice", "twice"):
            noting.add(writer, "", text)
        noting.add(writer, paper, "not free")
    before, target = free(folder), tmp_path / "out.json"
    value = out(folder, target)
    assert [note.text for note in before] == [note["text"] for note in value["notes"]]
    # WHEN they are brought into an empty library
    other = tmp_path / "other"
    assert counts(bring(other, target)) == (4, 0, 0)
    # THEN they are as they were, with their ids and times, and the export is the same
    assert free(other) == before
    assert out(other, tmp_path / "again.json")["notes"] == value["notes"]
    # AND again adds nothing, also what was deleted here meanwhile
    with writing(other) as writer:
        noting.remove(writer, before[1].uid)
    assert counts(bring(other, target)) == (0, 0, 4)
    assert len(free(other)) == 2
    # AND a large file, read in a process of its own, has them too
    huge = {**value, "notes": [{"text": f"{n} " + "long " * 90_000} for n in range(2)]}
    target.write_text(json.dumps(huge))
    assert target.stat().st_size > parsing.LARGE
    assert counts(bring(other, target)) == (2, 0, 1)


PNG = b"\x89PNG\r\n\x1a\n" + b"picture " * 4
OTHER = PNG + b"another"


def shown(folder: Path, paper: str = "") -> list[bytes | None]:
    """The pictures that the notes of a paper, or the free ones, show, in their order."""
    with closing(Reader(folder)) as reader:
        texts = sorted((note.created, note.text) for note in reader.notes_of(paper))
        found = (re.findall(r"!\[\]\((?:<([^>]+)>|([^)]+))\)", text) for _, text in texts)
        names = ["".join(name) for names in found for name in names]
        return [note_pictures.read(reader, paper, name) for name in names]


def ages(folder: Path, paper: str) -> set[tuple[str, str, str]]:
    with closing(Reader(folder)) as reader:
        return {(it.uid, it.created, it.modified) for it in reader.notes_of(paper)}


def test_pictures_of_notes_come_along_and_are_shown(folder: Path, tmp_path: Path) -> None:
    # GIVEN a free note and a paper's note that show pictures, one of them twice
    with writing(folder) as writer:
        [paper] = add(writer, "A paper")
        first, _ = noting.add(writer, "", "# One")
        second, _ = noting.add(writer, "", "# Two")
        for note, of, data in ((first, "", PNG), (second, "", PNG), (second, "", OTHER)):
            name, _ = note_pictures.keep(writer, of, note, data, ".png")
            text = load(writer.connection, note).text
            editing.save_note(writer, "", note, f"{text}\n\n![]({name})", "")
        name, _ = note_pictures.keep(writer, paper, "", PNG, ".png")
        noting.add(writer, paper, f"![]({name}) of the paper")
    assert shown(folder) == [PNG, PNG, OTHER]
    target = tmp_path / "out.json"
    out(folder, target)
    # WHEN they are brought into a library whose files have those names already
    other = tmp_path / "other"
    with writing(other) as writer:
        for path in (folder / "files").iterdir():
            (other / "files" / path.name).write_bytes(b"something else")
    assert counts(bring(other, target)) == (3, 0, 0)
    # THEN each note shows its own picture
    assert shown(other) == [PNG, PNG, OTHER]
    assert shown(other, paper) == [PNG]
    # AND each is as old as it was, also where its picture has another name here
    assert ages(other, "") == ages(folder, "") and ages(other, paper) == ages(folder, paper)
    # AND a picture that is not what was stated is left out and told, with its note kept
    value = json.loads(target.read_text())
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not for others")
    picture = {"path": str(secret), "sha256": "0" * 64}
    climbing = {"path": "../out.json", "sha256": "1" * 64}
    value |= {"papers": [], "notes": [{"text": "third", "pictures": [picture, climbing, 7]}]}
    target.write_text(json.dumps(value))
    done = bring(other, target)
    assert counts(done) == (1, 0, 0) and "is not there as it was" in done.failed[0].reason
    assert len(done.failed) == 1
    assert b"not for others" not in {path.read_bytes() for path in (other / "files").iterdir()}


def test_what_is_no_note_is_told(folder: Path, tmp_path: Path) -> None:
    head = {"format": "paper-reader", "version": 1, "papers": []}
    file = tmp_path / "in.json"
    many = [{"id": "x", "text": "good", "created": "soon", "modified": None}, 7, {"text": 8}, {}]
    file.write_text(json.dumps({**head, "notes": many}))
    done = bring(folder, file)
    assert counts(done) == (1, 0, 0)
    assert [it.where for it in done.failed] == ["note 2", "note 3"]
    [note] = free(folder)
    assert note.text == "good" and note.created > "2026" and len(note.uid) == 36
    assert counts(bring(folder, file)) == (0, 0, 1)
    file.write_text(json.dumps({**head, "notes": {"a": 1}}))
    assert [it.where for it in bring(folder, file).failed] == ["notes"]
    # AND a file without them is written as before
    with closing(Reader(folder)) as reader:
        assert "".join(exporting.text([], "json")).endswith('"papers": [\n]}\n')
        assert list(reader.orders(Scope())) == []
