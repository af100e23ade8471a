"""Large files are read in a process of their own, and it makes no difference but to the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.errors import InputError
from reader.domain.paper import Paper
from reader.formats import FORMATS, Problem
from reader.formats.base import FreeNote
from reader.formats.paper_json import PaperJson
from reader.services import parsing
from reader.system import own_process
from tests.library.shelf import full_paper
from tests.services.intake import SEED, plan_of

OWN = PaperJson()


def read(path: Path, format_name: str = "") -> list[Paper | FreeNote | Problem]:
    return list(parsing.parse(path, path.name, format_name))


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is large."""
    monkeypatch.setattr(parsing, "LARGE", -1)


def test_a_page_is_the_same_from_either_process(monkeypatch: pytest.MonkeyPatch) -> None:
    here = read(SEED)
    monkeypatch.setattr(parsing, "LARGE", -1)
    assert read(SEED) == here
    assert len(here) == 113


@pytest.mark.usefixtures("elsewhere")
def test_papers_come_whole_and_problems_come_named(tmp_path: Path) -> None:
    wanted = [full_paper(f"Paper {n} über 深度 🤗 \u2028") for n in range(100)]
    text = "".join(OWN.write(wanted)).replace('"papers": [', '"papers": [{"title": ""},')
    path = tmp_path / "papers.json"
    path.write_text(text, encoding="utf-8")
    problem, *found = read(path)
    assert problem == Problem("item 1", "It has no title.")
    assert found == wanted


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "empty"),
        (b"\0\1\2" * 100, "binary"),
        (b'{"format": "paper-reader", "version": 1, "papers": [', "not whole JSON"),
        (b'{"format": "paper-reader", "version": 9, "papers": []}', "newer version"),
    ],
)
def test_a_refusal_is_the_same_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read(path)
    assert caught.value.hint


@pytest.mark.usefixtures("elsewhere")
def test_a_format_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(SEED.read_bytes())
    assert len(read(path, next(it.name for it in FORMATS if it.name != OWN.name))) == 113
    with pytest.raises(InputError, match="not whole JSON"):
        read(path, "json")


@pytest.mark.usefixtures("elsewhere")
def test_a_process_that_dies_is_one_failure_of_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_process, "_CODE", "raise SystemExit(3)  # {}")
    plan = plan_of(tmp_path / "library", SEED, SEED)
    assert [item.source for item in plan.failed] == [str(SEED)] * 2
    assert "ended before" in plan.failed[0].reason


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"null",
        b'{"papers": [{}]}',
        b'{"papers": [{"title": 1}]}',
        b'{"problems": [1]}',
        b"x",
    ],
)
def test_what_is_no_answer_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    monkeypatch.setattr(own_process, "lines", lambda *_: (it for it in (line,)))
    with pytest.raises(InputError, match="could not be read"):
        read(SEED)
