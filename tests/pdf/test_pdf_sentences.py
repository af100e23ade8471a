"""Where sentences end."""

from __future__ import annotations

from array import array

import pytest

from reader.pdf.sentences import sentences
from reader.pdf.text import PageText, Span


def page_of(*blocks: tuple[str, ...]) -> PageText:
    """A page of blocks of lines."""
    chars, lines, spans = "", list[Span](), list[Span]()
    for block in blocks:
        begin = len(chars)
        for line in block:
            lines.append((len(chars), len(chars) + len(line)))
            chars += line
        spans.append((begin, len(chars)))
    boxes = array("f")
    for row, (low, high) in enumerate(lines):
        boxes.extend([0.0, row, 1.0, row + 0.8] * (high - low))
    return PageText(chars, boxes, tuple(lines), tuple(spans))


def said(*blocks: tuple[str, ...]) -> list[str]:
    page = page_of(*blocks)
    return [page.copy(*span) for span in sentences(page)]


@pytest.mark.parametrize(
    "text, parts",
    [
        ("We did it. It works! Does it? Yes.", 4),
        ("As Smith et al. 2020 show in Fig. 3, e.g. here, it grows by 1.5 percent. Next.", 2),
        ("J. R. R. Tolkien wrote it. He did.", 2),
        ("It ends (here.) Then it goes on.", 2),
        ("See www.example.org/a.b for more. End.", 2),
        ("我们来了。他们走了！", 2),
        ("no end at all", 1),
        ("... --- ...", 0),
    ],
)
def test_sentences_of_a_line(text: str, parts: int) -> None:
    assert len(said((text,))) == parts


def test_a_sentence_goes_on_over_lines_and_joins_hyphens() -> None:
    assert said(("It is repre-", "sented here.", "Next one")) == [
        "It is represented here.",
        "Next one",
    ]


def test_a_heading_is_a_sentence_of_its_own() -> None:
    assert said(("1 Introduction",), ("We begin. And end.",)) == [
        "1 Introduction",
        "We begin.",
        "And end.",
    ]


def test_text_without_stops_is_cut_and_costs_little() -> None:
    page = page_of(("word " * 40_000,))
    spans = sentences(page)
    assert all(high - low <= 1_000 for low, high in spans)
    assert sum(high - low for low, high in spans) > 190_000
    assert len(sentences(page_of(*[("A line. And another",)] * 2_000))) == 4_000


def test_what_is_no_running_text_is_passed_over() -> None:
    # GIVEN a page whose lines lie below one another, a running head among them
    page = page_of(("It goes", "A HEAD", "on here. And ends."), ("12",))
    head, number = page.rects(*page.lines[1])[0], page.rects(*page.lines[3])[0]
    spans = sentences(page, [head, number])
    # THEN nothing of it is said
    assert [page.copy(*span) for span in spans] == ["It goes", "on here.", "And ends."]
    assert len(sentences(page)) == 3
