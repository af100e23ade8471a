"""The Markdown that papers are written as."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.paper import Author, Edition, Link, Note, PageEntry, Paper, ReadingState
from reader.formats.markdown import MarkdownWriter, escape
from reader.formats.markdown_notes import MarkdownNotes


def written(*papers: Paper) -> str:
    return "".join(MarkdownWriter().write(papers))


def test_a_paper_with_everything() -> None:
    paper = Paper(
        "Kites *and* Wind",
        uid="0b1c",
        authors=(Author("Berg", "Mia"), Author(literal="Kite Team")),
        abstract="First.\n\n# Second",
        editions=(Edition(published="2025-06-11", venue="Kite Days", doi="10.1/a", arxiv_id="2506.06276"),),
        links=(Link("https://a.org/k_(x)", "code"), Link("bad > url", "web")),
        tags=("sky", "to_do"),
        collections=("Topics/Air",),
        reading_state=ReadingState.READING,
        starred=True,
        notes=(Note(text="# Mine\n\n**good**"), Note(text="  "), Note(text="two")),
        pages=(PageEntry("Daily papers", "Jun 11", None, 4),),
    )  # fmt: skip
    assert written(paper) == (
        "# Kites \\*and\\* Wind\n\nMia Berg, Kite Team\n\n"
        "- Date: 2025-06-11\n- Venue: Kite Days\n"
        "- DOI: [10.1/a](<https://doi.org/10.1/a>)\n"
        "- arXiv: [2506.06276](<https://arxiv.org/abs/2506.06276>)\n"
        "- State: Reading, starred\n- Tags: sky, to\\_do\n- Collections: Topics/Air\n"
        "- Page: Daily papers, Jun 11, number 4\n"
        "- Code: <https://a.org/k_(x)>\n- Web: bad \\> url\n- Id: 0b1c\n\n"
        "## Abstract\n\nFirst.\n\n\\# Second\n\n"
        "## Notes\n\n### Mine\n\n**good**\n\ntwo\n"
    )


def test_a_bare_paper_and_two_in_a_row() -> None:
    assert written(Paper("A"), Paper("")) == (
        "# A\n\n- State: Unread\n\n---\n\n# Untitled\n\n- State: Unread\n"
    )
    assert written() == ""


@pytest.mark.parametrize(
    "text, want",
    [
        ("# a", "\\# a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("a-b 1.5 #x", "a-b 1.5 #x"),
        ("<b> [x](y) `c` &amp; |", "\\<b\\> \\[x\\](y) \\`c\\` \\&amp; \\|"),
        ("E^2 & more", "E^2 & more"),
    ],
)
def test_marks_are_escaped_only_where_they_would_act(text: str, want: str) -> None:
    assert escape(text) == want


@given(title=st.text(max_size=30), abstract=st.text(max_size=60), note=st.text(max_size=60))
def test_no_text_adds_a_heading_of_the_paper_or_a_rule(
    title: str, abstract: str, note: str
) -> None:
    text = written(Paper(title, abstract=abstract, notes=(Note(text=note),)))
    lines = text.split("\n")
    # THEN the only headings of the first two levels are the paper's own
    headings = [line for line in lines if re.match(r" {0,3}#{1,2}(\s|$)", line)]
    assert len(headings) == 1 + bool(abstract.strip()) + bool(note.strip())
    # AND nothing under a text line makes a heading of it
    for above, line in itertools.pairwise(lines):
        assert not (re.fullmatch(r" {0,3}(=+|-+)[ \t]*", line) and above.strip())


def test_an_open_code_block_in_a_note_is_closed() -> None:
    text = written(Paper("A", notes=(Note(text="```\n# code"),)), Paper("B"))
    assert "```\n# code\n```\n\n---\n\n# B" in text


def test_a_text_with_controls_is_still_a_text_file_that_can_be_read_again() -> None:
    # GIVEN what was pasted out of a PDF: a NUL, other controls, a lone surrogate
    dirty = "a\x00b \x1b[0m \x85 \ud800 \u202eend\tand\nnext"
    paper = Paper("T\x00\x9f", "0b1c", abstract=dirty, notes=(Note(text=dirty),), remark=dirty)
    for text in (MarkdownWriter().document(paper), MarkdownWriter().free_note(Note(text=dirty))):
        # THEN it is valid, and its note comes back with what may stand in a file
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
        back = MarkdownNotes().parse(text.encode(), "t.md")
        clean = "a\ufffdb \ufffd[0m \ufffd \ufffd \u202eend\tand\nnext"
        notes = [*(note for paper in back.papers for note in paper.notes)]
        assert [note.text for note in (*notes, *(it.note for it in back.notes))] == [clean]
