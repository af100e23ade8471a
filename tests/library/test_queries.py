"""What one types in the search: every form means what the help says, and nothing raises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.domain.lists import Scope
from reader.domain.paper import Author, Edition, Paper, ReadingState
from reader.library import files, notes
from reader.library.files import Stored
from reader.library.reading import Reader
from reader.services import editing
from reader.services.lanes import to_the_end
from tests.library.shelf import add, full_paper, writing


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader on a library with one full paper and a few others."""
    folder = tmp_path_factory.mktemp("shown") / "library"
    with writing(folder) as writer:
        [uid] = add(writer, full_paper())
        add(writer, Paper("Pre-training C++ models: it's 50% (really)", abstract="end of one"))
        add(writer, Paper("深度学习研究", authors=tuple(Author(f"Name{n}", "A") for n in range(9))))
        [old] = add(writer, Paper("Thrown away", editions=(Edition(published="2019-05"),)))
        to_the_end(editing.move_to_trash(writer, [old]))
        to_the_end(editing.set_state(writer, [uid], ReadingState.READING))
        to_the_end(editing.set_starred(writer, [uid], True))
        with writer.edit("Attach") as edit:
            files.add(edit, uid, Stored("a.pdf", "00", 4), 3)
            free = notes.add(edit, "", "of no paper")
            files.add_to_note(edit, free, Stored("a.png", "01", 4), "picture")
    reader = Reader(folder)
    yield reader
    reader.close()


def found_by(reader: Reader, text: str, *, typing: bool = True) -> list[str]:
    """The first words of the titles found."""
    rows = reader.rows(reader.orders(Scope(), text, typing=typing))
    return sorted(row.title.split()[0].rstrip(":") for row in rows)


PIECES = st.sampled_from(
    ['"', "-", ":", "(", ")", "*", "^", "OR", "AND", "NOT", "NEAR", "title:", "abstract:", "note:",
     "author:", "tag:", "has:", "year:", "is:", "doi:10.", "id:", "page:", "in:", "%", "_", "\0",
     "'", ";", "--", " ", "C++", "C#", "é", "深度", "\\alpha", "{", "2020..", "flow", "\ud800"]
)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("C++")
@example("it's")
@example("10.1000/starflow")
@example('title:"')
@example("a-c++")
@example("objective-c#")
@given(st.text(max_size=40) | st.lists(PIECES, max_size=8).map("".join))
def test_no_text_one_types_raises(shown: Reader, text: str) -> None:
    for typing in (True, False):
        shown.orders(Scope(), text, typing=typing)


@pytest.mark.parametrize("text", ["a", "word ", "-word ", 'title:x "y z" ', "a OR ", '"a b" OR '])
def test_nor_does_a_whole_book(shown: Reader, text: str) -> None:
    shown.orders(Scope(), text * 3000)


@pytest.mark.parametrize(
    "text, hits",
    [
        ("starflow", ["STARFlow"]),
        ("STARFLOW: scaling", ["STARFlow"]),
        ("scal norm", []),
        ("scaling norm", ["STARFlow"]),
        ("pretraining", ["Pre-training"]),
        ("c++", ["Pre-training"]),
        ("it's", ["Pre-training"]),
        ("学习", ["深度学习研究"]),
        ("title:scaling", ["STARFlow"]),
        ("abstract:scaling", []),
        ("abstract:paragraph", ["STARFlow"]),
        ("note:thoughts", ["STARFlow"]),
        ("note:starflow", []),
        ("author:gu", ["STARFlow"]),
        ("author:starflow", []),
        ('"latent normalizing flows"', ["STARFlow"]),
        ('"normalizing latent"', []),
        ('title:"latent normalizing"', ["STARFlow"]),
        ('"深度学习"', ["深度学习研究"]),
        ('"度学"', ["深度学习研究"]),
        ('"学深"', []),
        ('"really end"', []),  # a phrase ends where a text ends
        ('"a name8"', ["深度学习研究"]),  # the ninth author too
        ('author:"jiatao gu"', ["STARFlow"]),
        ("-starflow", ["Pre-training", "深度学习研究"]),
        ("starflow OR models", ["Pre-training", "STARFlow"]),
        ("has:pdf", ["STARFlow"]),
        ("-has:pdf", ["Pre-training", "深度学习研究"]),
        ("has:note", ["STARFlow"]),
        ("-has:note", ["Pre-training", "深度学习研究"]),
        ("has:code", ["STARFlow"]),
        ("has:tag", ["STARFlow"]),
        ("has:doi", ["STARFlow"]),
        ("has:nothing", []),
        ("is:reading", ["STARFlow"]),
        ("state:unread", ["Pre-training", "深度学习研究"]),
        ("is:starred", ["STARFlow"]),
        ("tag:FLOWS", ["STARFlow"]),
        ('tag:"to read"', ["STARFlow"]),
        ("collection:topics", ["STARFlow"]),
        ("in:Topics/Images", ["STARFlow"]),
        ('page:"jun 11"', ["STARFlow"]),
        ("doi:10.1000/STARFLOW", ["STARFlow"]),
        ("doi:https://doi.org/10.1000/starflow", ["STARFlow"]),
        ("arxiv:2506.06276v2", ["STARFlow"]),
        ("year:2025", ["STARFlow"]),
        ("year:2020..2024", []),
        ("thrown", []),
    ],
)
def test_each_form_of_query(shown: Reader, text: str, hits: list[str]) -> None:
    assert found_by(shown, text) == hits


def test_a_word_still_being_typed_and_a_finished_one(shown: Reader) -> None:
    assert found_by(shown, "star") == ["STARFlow"]
    assert found_by(shown, "star", typing=False) == []


def test_the_trash_is_searched_when_it_is_shown(shown: Reader) -> None:
    [row] = shown.rows(shown.orders(Scope("trash"), "thrown"))
    assert row.title == "Thrown away"
