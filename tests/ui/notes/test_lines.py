"""What the characters of a line of Markdown are; what keys do to lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.notes import lines, links, writing
from reader.ui.notes.lines import (
    BULLET,
    CODE,
    DONE,
    EMPHASIS,
    LEVEL,
    LINK,
    MARK,
    MATH,
    OPEN_MATH,
    OPEN_NOTHING,
    OPEN_TABLE,
    QUOTE,
    STRIKE,
    STRONG,
    TABLE,
)
from reader.ui.notes.words import counted


def part(text: str, flag: int, before: int = OPEN_NOTHING) -> str:
    """The characters of a line that are something, without its quiet signs."""
    flags, _ = lines.scan(text, before)
    return "".join(
        sign for sign, kind in zip(text, flags, strict=True) if kind & flag and not kind & MARK
    )


@pytest.mark.parametrize(
    "text, flag, shown",
    [
        ("a **b c** d", STRONG, "b c"),
        ("a __b__ c", STRONG, "b"),
        ("a *b* _c_", EMPHASIS, "bc"),
        ("snake_case_name", EMPHASIS, ""),
        ("2 * 3 * 4", EMPHASIS, ""),
        ("**a *b* c**", EMPHASIS, "b"),
        ("**a *b* c**", STRONG, "a b c"),
        ("~~gone~~", STRIKE, "gone"),
        ("`a *b*` c", CODE, "a *b*"),
        ("`` a ` b ``", CODE, " a ` b "),
        ("`a *b*` c", EMPHASIS, ""),
        ("so $x_1 + y_2$ is", MATH, "$x_1 + y_2$"),
        ("so $x_1 + y_2$ is", EMPHASIS, ""),
        ("$5 and $10", MATH, ""),
        ("[a *b*](http://x.y) c", LINK, "a *b*"),
        ("see https://a.b/c_d_e.", LINK, "https://a.b/c_d_e"),
        ("see [[A paper]] and doi:10.1000/x_y", LINK, "[[A paper]]doi:10.1000/x_y"),
        ("- [x] done", DONE, " done"),
        ("- [ ] to do", DONE, ""),
        ("  1. item", BULLET, "1. "),
        ("> quoted", QUOTE, "quoted"),
        ("<!-- annotation **a** -->", STRONG, ""),
        ("| a | b |", TABLE, " a  b "),
        (r"\*not\*", EMPHASIS, ""),
    ],
)
def test_what_stands_in_a_line(text: str, flag: int, shown: str) -> None:
    assert part(text, flag) == shown


def test_headings_have_levels() -> None:
    assert [lines.scan("#" * n + " a", 0)[0][-1] >> LEVEL for n in range(1, 8)] == [
        1, 2, 3, 4, 5, 6, 0,
    ]  # fmt: skip
    assert lines.scan("#no", 0)[0][-1] >> LEVEL == 0


def open_after(*text: str) -> list[int]:
    state, found = OPEN_NOTHING, []
    for line in text:
        _, state = lines.scan(line, state)
        found.append(state)
    return found


def test_fences_math_and_tables_stay_open_until_they_end() -> None:
    fence = open_after("````py", "```", "# no heading", "````", "text")
    assert fence[0] == fence[1] == fence[2] != OPEN_NOTHING == fence[3] == fence[4]
    assert open_after("$$", "x", "y $$", "z") == [OPEN_MATH, OPEN_MATH, 0, 0]
    assert open_after("$$x$$") == [OPEN_NOTHING]
    assert open_after("$$", "x", "", "z") == [OPEN_MATH, OPEN_MATH, 0, 0]
    assert open_after("| a |", "|---|", "b | c", "text") == [OPEN_TABLE] * 3 + [OPEN_NOTHING]
    assert part("# no heading", CODE, fence[0]) == "# no heading"


@given(st.text(alphabet="*_~`$[]()|#->x1 \\\n😀é!h:/", max_size=60))
def test_every_line_is_scanned_whole(text: str) -> None:
    state = OPEN_NOTHING
    for line in text.split("\n"):
        flags, state = lines.scan(line, state)
        assert len(flags) == len(line)


def test_words_to_be_spelled_are_prose_alone() -> None:
    text = "Some `code` and $math$ in [words](http://x.y) don’t v2 snake_case https://wrong.xy"
    flags, _ = lines.scan(text, 0)
    found = [text[start:end] for start, end in lines.words(text, flags)]
    assert found == ["Some", "and", "in", "don’t"]


def test_places_are_counted_as_qt_counts_them() -> None:
    assert lines.units("abc") is None
    assert lines.units("a😀b") == [0, 1, 3, 4]
    assert [lines.index_of("a😀b", place) for place in (0, 1, 3, 4)] == [0, 1, 2, 3]


# ---- what keys do


@pytest.mark.parametrize(
    "line, following",
    [
        ("- a", "- "),
        ("  * a", "  * "),
        ("9. a", "10. "),
        ("1) a", "2) "),
        ("- [x] a", "- [ ] "),
        ("> a", "> "),
        ("> - a", "> - "),
        ("plain", ""),
        ("-no item", ""),
    ],
)
def test_the_next_line_goes_on(line: str, following: str) -> None:
    assert writing.next_lead(line) == following


def test_items_move_under_what_stands_above_them() -> None:
    assert writing.moved_in("- b", ["- a"]) == "  - b"
    assert writing.moved_in("- b", ["1. a"]) == "   - b"
    assert writing.moved_in("- b", ["  - c", "- a"]) == "  - b"
    assert writing.moved_out("   - b", ["   - a", "1. x"]) == "- b"
    assert writing.moved_out("    - c", ["  - b", "- a"]) == "  - c"
    assert writing.moved_out("- a", []) == "- a"


def test_boxes_headings_and_markers_come_and_go() -> None:
    assert writing.ticked("> - [ ] a") == "> - [x] a"
    assert writing.ticked("- [X] a") == "- [ ] a"
    assert writing.ticked("- a") is None
    assert writing.with_heading("a", 2) == "## a"
    assert writing.with_heading("# a", 2) == "## a"
    assert writing.with_heading("## a", 2) == "a" == writing.with_heading("# a", 0)
    assert writing.with_marker("a", "- ") == "- a"
    assert writing.with_marker("- a", "- ") == "a"
    assert writing.with_marker("  - a", "1. ") == "  1. a"
    assert writing.with_marker("- [x] a", "- ") == "- a"
    assert writing.with_marker("> a", "> ") == "a"


def test_a_table_is_lined_up() -> None:
    rows = ["|a|bb|", "|:-|-:|", "| long cell | 1 | more |", "漢字 | 2"]
    assert writing.lined_up(rows) == [
        "| a         |  bb |      |",
        "| :-------- | --: | ---- |",
        "| long cell |   1 | more |",
        "| 漢字      |   2 |      |",
    ]
    # AND lined up again it stays as it is
    assert writing.lined_up(writing.lined_up(rows)) == writing.lined_up(rows)


def test_links_lead_where_they_say() -> None:
    line = "See [[A paper]], [it](http://x.y/(z)) or https://a.b."
    assert links.target_at(line, 6) == "[[A paper]]"
    assert links.target_at(line, 19) == "http://x.y/(z)"
    assert links.target_at(line, len(line) - 3) == "https://a.b"
    assert links.target_at(line, 0) == ""


@pytest.mark.parametrize(
    "target, may, out",
    [
        ("https://a.b", True, True),
        ("mailto:a@b.c", True, True),
        ("doi:10.1/x", True, True),
        ("[[A paper]]", True, False),
        ("paper-reader://paper/1", True, False),
        ("chart.png", True, False),
        ("file:///etc/passwd", False, False),
        ("javascript:alert(1)", False, False),
        ("data:text/html,x", False, False),
        ("//host/share", False, False),
        ("\\\\host\\share", False, False),
        ("C:\\x", False, False),
    ],
)
def test_few_links_may_be_followed(target: str, may: bool, out: bool) -> None:
    assert (links.may_lead(target), links.leads_out(target)) == (may, out)


def test_words_and_characters_are_counted() -> None:
    assert counted("# One two-three\n- [ ] four | 5") == (4, 29)
    assert counted("漢字 and a") == (4, 8)
    assert counted("") == (0, 0)
