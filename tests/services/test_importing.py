"""Import: a plan first, then only what is new, and one bad item never stops the rest."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.errors import InputError
from reader.domain.paper import Author, Edition, Link, PageEntry, Paper, ReadingState
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services import editing, importing, safekeeping
from reader.services.import_plan import Plan, Planned
from reader.services.importing import commit
from reader.services.lanes import Steps, to_the_end
from reader.services.pdf_facts import PdfFacts
from tests.library.shelf import add, full_paper, redo, titles, undo, whole
from tests.services.intake import SEED, bring, carry_out, counts, plan_of, write


def test_the_page_twice_adds_nothing(folder: Path, writer: Writer) -> None:
    assert counts(bring(writer, SEED)) == (113, 0, 0)
    before = whole(folder, times=True)
    assert counts(bring(writer, SEED)) == (0, 0, 113)
    assert whole(folder, times=True) == before
    # AND newest first is the page's own order, with its place, file and date
    with closing(Reader(folder)) as reader:
        overview = reader.overview()
        [page] = overview.pages
        assert (page.feed, page.name, page.count) == ("Daily papers", "Jun 11", 113)
    found = sorted(before.values(), key=lambda paper: paper.pages[0].position)
    assert [paper.title for paper in found] == titles(folder)
    assert {paper.pages[0].source for paper in found} == {SEED.name}
    assert {paper.pages[0].iso for paper in found} == {None}


def test_an_import_is_one_step_to_undo(folder: Path, writer: Writer) -> None:
    bring(writer, SEED)
    assert undo(writer)
    assert whole(folder) == {} and undo(writer) is None
    with closing(Reader(folder)) as reader:
        assert reader.overview().pages == ()
    assert redo(writer)
    assert len(whole(folder)) == 113
    # AND after an undo the page can be imported again
    undo(writer)
    assert counts(bring(writer, SEED)) == (113, 0, 0)


@pytest.mark.parametrize("by", ["id", "title"])
def test_a_known_paper_gains_only_what_it_lacked(
    folder: Path, writer: Writer, tmp_path: Path, by: str
) -> None:
    # GIVEN a paper of the reader's own, with a state, a note and a title of its own
    mine = Paper(
        "My title" if by == "id" else "STARFlow: Scaling Latent Normalizing Flows",
        abstract="My abstract",
        editions=(Edition(arxiv_id="2506.06276" if by == "id" else ""),),
        links=(Link("https://mine.org", "project"),),
        tags=("mine",),
    )
    [uid] = add(writer, mine)
    editing.save_note(writer, uid, "", "My thought")
    to_the_end(editing.set_state(writer, [uid], ReadingState.READ))
    before = whole(folder)[uid]
    # WHEN a file knows it too
    path = write(
        tmp_path,
        "more.json",
        [
            {
                "title": "STARFlow - scaling latent normalizing flows",
                "abstract": "Theirs",
                "authors": [{"family": "Gu", "given": "Jiatao"}],
                "arxiv_id": "2506.06276",
                "published": "2025-06-06",
                "links": [{"url": "https://github.com/a/b", "kind": "code"}],
                "tags": ["theirs"],
                "reading_state": "unread",
            }
        ],
    )
    assert counts(bring(writer, path)) == (0, 1, 0)
    # THEN nothing of the reader's has changed
    after = whole(folder)[uid]
    for name in ("title", "abstract", "reading_state", "notes", "added"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.authors, after.published) == ((Author("Gu", "Jiatao"),), "2025-06-06")
    assert (after.arxiv_id, after.tags) == ("2506.06276", ("mine", "theirs"))
    assert [link.kind for link in after.links] == ["project", "code"]
    assert counts(bring(writer, path)) == (0, 0, 1)
    # AND undo takes back the gain alone
    undo(writer)
    assert whole(folder)[uid] == before


def test_different_arxiv_ids_are_different_papers_whatever_the_title(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    title = "One very common title of papers"
    items = [{"title": title, "arxiv_id": f"2506.0000{n}"} for n in (1, 2, 2)]
    path = write(tmp_path, "two.json", items)
    plan = plan_of(folder, path)
    result = carry_out(writer, plan)
    assert (plan.count("add"), result.added, len(whole(folder))) == (2, 2, 2)


def test_short_titles_twice_add_nothing(folder: Path, writer: Writer, tmp_path: Path) -> None:
    # GIVEN titles too short to mean one paper by themselves
    page = tmp_path / "page.txt"
    page.write_text(
        SEED.read_text().split("STARFlow")[0]
        + "Mamba\n\nWe present a model that is faster than all other models before it was.\n\n"
        + "LIMR\n\nIn this paper we ask what determines the effectiveness of data at all.\n"
    )
    hand = write(tmp_path, "hand.json", [{"title": "T"}, {"title": "U", "abstract": "Other"}])
    assert counts(bring(writer, page, hand)) == (4, 0, 0)
    assert counts(bring(writer, page, hand)) == (0, 0, 4)
    # BUT another paper of that name is another paper
    other = write(tmp_path, "other.json", [{"title": "Mamba", "abstract": "A snake."}])
    assert counts(bring(writer, other)) == (1, 0, 0)


def test_a_paper_in_the_trash_stays_there(folder: Path, writer: Writer) -> None:
    bring(writer, SEED)
    uid = next(iter(whole(folder)))
    to_the_end(editing.move_to_trash(writer, [uid]))
    assert counts(bring(writer, SEED)) == (0, 0, 113)
    assert whole(folder)[uid].deleted and len(titles(folder)) == 112


def test_one_bad_item_does_not_stop_the_rest(folder: Path, writer: Writer, tmp_path: Path) -> None:
    good = Planned("x", Paper("A good paper, number one"), "add")
    bad = [
        replace(good, paper=replace(full_paper("A bad paper"), **field))  # type: ignore[arg-type]
        for field in (
            {"title": "half \ud800"},
            {"tags": ("",)},
            {"collections": ("x" * 300,)},
            {"pages": (PageEntry("Daily papers", "Jun 11", None, 1 << 70),)},
            {"pages": (PageEntry("Daily papers", "Jun 12", None, 1, upvotes=1 << 70),)},
        )
    ]
    last = replace(good, paper=Paper("A good paper, number two"))
    result = carry_out(writer, Plan((good, *bad, last)))
    assert result.added == 2 and len(result.failed) == len(bad)
    assert sorted(titles(folder)) == ["A good paper, number one", "A good paper, number two"]
    assert len(result.changes.added) == 2
    assert safekeeping.check(folder).faults == ()
    with closing(Reader(folder)) as reader:
        assert reader.overview().tags == () and reader.overview().collections == ()


def test_a_bad_item_takes_nothing_of_its_neighbours_along(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    # GIVEN PDFs and tags on both sides of a paper that cannot be stored
    paths = [tmp_path / f"{number}.pdf" for number in range(4)]
    for path in paths:
        path.write_bytes(b"%PDF- " + path.name.encode())
    good = [
        Planned(
            path.name, Paper(f"A paper with a file, {path.stem}", tags=("new",)), "add", path, 1
        )
        for path in paths
    ]
    place = PageEntry("Daily papers", "Jun 11", None, 1 << 70)
    bad = Planned("list", Paper("A bad paper", tags=("new",), pages=(place,)), "add")
    # WHEN all are written in one slice
    result = carry_out(writer, Plan((*good[:2], bad, *good[2:])))
    # THEN the good ones are there once, each with its one file, under the one tag
    assert (result.added, len(result.failed)) == (4, 1)
    kept = whole(folder).values()
    assert {(paper.tags, len(paper.attachments)) for paper in kept} == {(("new",), 1)}
    assert len(list(writer.place.files.iterdir())) == 4
    assert safekeeping.check(folder).faults == ()
    # AND it is still one step
    undo(writer)
    assert whole(folder) == {}


def test_bad_files_are_named_and_the_good_one_is_imported(
    folder: Path, writer: Writer, tmp_path: Path
) -> None:
    def refuse(path: Path) -> PdfFacts:
        raise InputError("The file is no PDF.")

    bad = {
        "page.txt": b"Dear diary, nothing happened.",
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "latin.txt": "Überall Straßen, page after page.".encode("latin-1"),
        "html.pdf": b"<html>captcha</html>",
        "short.pdf": b"%PDF-1.7 and no more",
        "broken.json": b'{"format": "paper-reader", "version": 1, "papers": [',
        "newer.json": b'{"format": "paper-reader", "version": 99, "papers": []}',
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    wanted = [tmp_path / name for name in bad]
    plan = plan_of(folder, *wanted, tmp_path / "missing.txt", SEED, read=refuse)
    result = carry_out(writer, plan)
    assert result.added == 113
    assert {Path(item.source).name for item in result.failed} == {*bad, "missing.txt"}
    for item in result.failed:
        assert item.reason and "\n" not in item.reason


# ---- on the lane


def test_the_reader_goes_on_in_the_middle_of_an_import(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an import whose steps hold one paper each
    monkeypatch.setattr(importing, "_SLICE", 0.0)
    monkeypatch.setattr(importing.time, "monotonic", iter(range(10**6)).__next__)
    plan = plan_of(folder, SEED)
    monkeypatch.setattr(importing, "_SLICE", 1.5)
    [mine] = add(writer, "A paper of mine")
    steps = Steps(commit(writer, plan))
    for number, _ in enumerate(steps):
        # WHEN notes are saved between the steps
        if number % 10 == 5:
            editing.save_note(writer, mine, "", f"Thought {number}")
    assert steps.answer.added == 113
    # THEN undo takes back the last thought first, and the import is one step of its own
    labels = []
    while done := undo(writer):
        labels.append(done[0])
    assert labels.count("Import") == 1 and labels.count("Edit note") >= 2
    assert whole(folder) == {}


def test_a_slice_that_waited_too_long_for_its_turn_still_gets_on(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a machine so busy that each slice's time is over when it begins
    monkeypatch.setattr(importing, "_SLICE", -1.0)
    # WHEN an import is cut short, and brought again
    steps = commit(writer, plan_of(folder, SEED))
    for _ in range(11):
        next(steps)
    steps.close()
    assert len(titles(folder)) == 10
    # THEN the rest is added and nothing twice
    assert counts(bring(writer, SEED)) == (103, 0, 10)
    assert len(titles(folder)) == 113


def test_an_import_undone_while_it_runs_can_still_be_undone(
    folder: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(folder, SEED)
    monkeypatch.setattr(importing, "_SLICE", 1.5)
    monkeypatch.setattr(importing.time, "monotonic", iter(range(10**6)).__next__)
    steps = Steps(commit(writer, plan))
    for number, _ in enumerate(steps):
        if number == 20:
            undo(writer)
    seen = len(whole(folder))
    assert 0 < seen < 113
    while undo(writer):
        pass
    assert whole(folder) == {}
    redo(writer)
    assert whole(folder)
