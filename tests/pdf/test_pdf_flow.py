"""A page's text as one column: paragraphs, lists, formulas, headings, pictures."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from reader.domain.annotation import Rect
from reader.pdf.flow import Item, PagePlan, items
from reader.pdf.text import PageText, Span, Style

LEFT, WIDTH = 50.0, 5.0  # where a column begins, what a letter takes


@dataclass(frozen=True)
class Line:
    """A line of a page that is made up: its text, and where and how it stands."""

    text: str
    y: float
    x: float = LEFT
    font: str = "Times"
    size: float = 10.0
    block: int = 0


def page_of(*lines: Line) -> PageText:
    chars, boxes = "", array("f")
    spans, blocks, styles = list[Span](), list[Span](), list[Style]()
    last = None
    for line in lines:
        spans.append((len(chars), len(chars) + len(line.text)))
        styles.append(Style(len(chars), line.size, font=line.font))
        if line.block != last:
            blocks.append((len(chars), len(chars)))
        blocks[-1] = (blocks[-1][0], len(chars) + len(line.text))
        last = line.block
        for place in range(len(line.text)):
            x = line.x + WIDTH * place
            boxes.extend((x, line.y, x + WIDTH, line.y + line.size))
        chars += line.text
    return PageText(chars, boxes, tuple(spans), tuple(blocks), tuple(styles))


def flowed(*pages: PageText, plan: PagePlan = PagePlan()) -> list[Item]:  # noqa: B008
    return items((number, page, plan) for number, page in enumerate(pages))


def texts(*pages: PageText) -> list[str]:
    return [item.text for item in flowed(*pages)]


FULL = "A full line of text that goes to the edge of it"  # of 47 letters


def test_lines_become_paragraphs_and_hyphens_are_joined() -> None:
    page = page_of(
        Line("The first paragraph has words that are repre-", 100),
        Line("sented over two lines.", 112),
        Line("   It ends. The next one is indented and long", 124, x=LEFT + 15),
        Line("and ends here.", 136),
    )
    assert [text.strip() for text in texts(page)] == [
        "The first paragraph has words that are represented over two lines.",
        "It ends. The next one is indented and long and ends here.",
    ]


def test_a_hyphen_that_is_the_words_own_stays() -> None:
    # GIVEN a word with a hyphen that also stands whole in a line
    page = page_of(
        Line("These are floating-point numbers, as floating-", 100),
        Line("point values are, which are represented and repre-", 112),
        Line("sented here.", 124),
    )
    assert texts(page) == [
        "These are floating-point numbers, as floating-point values are, which are represented "
        "and represented here."
    ]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    first = page_of(
        Line(FULL, 100), Line(FULL, 112),
        Line("goes on in the second column" + FULL[28:], 90, x=320, block=1),
    )  # fmt: skip
    second = page_of(Line("and on the next page.", 80), Line(FULL, 110, block=1))
    found = flowed(first, second)
    assert len(found) == 2 and found[0].text.endswith("and on the next page.")
    assert (found[0].page, found[1].page) == (0, 1)
    assert found[0].rect[:2] == (50.0, 100.0)


def test_paragraphs_that_are_not_indented_end_with_a_sentence_at_the_end_of_a_page() -> None:
    full = "A line of text that ends a sentence at its edge."
    rows = (Line(full, 100), Line(full, 130), Line(full, 160))
    first, second = page_of(*rows), page_of(Line("Another begins here.", 80))
    assert texts(first, second)[-1] == "Another begins here." and len(texts(first, second)) == 4


def test_entries_of_a_list_hang_from_their_bullets() -> None:
    page = page_of(
        Line("We list:", 100),
        Line("• the first entry, which goes on in the next", 112),
        Line("line of it and in a third one that is long", 124, x=LEFT + 10),
        Line("and ends.", 136, x=LEFT + 10),
        Line("• the second.", 148),
    )
    assert [text[:5] for text in texts(page)] == ["We li", "• the", "• the"]


def test_what_follows_a_list_from_the_bullet_on_is_a_paragraph_of_its_own() -> None:
    page = page_of(
        Line("1) The speed of all this", 100, x=LEFT + 10),
        Line("2) The size", 112, x=LEFT + 10),
        Line("Both are now described; let us first define", 124, x=LEFT + 10),
        Line("what they mean, and do so in the next section", 136),
    )
    assert texts(page)[1:] == [
        "2) The size",
        "Both are now described; let us first define what they mean, and do so in the next section",
    ]


def test_a_sentence_goes_on_where_a_formula_pushes_its_lines_apart() -> None:
    # GIVEN lines 12 points apart, and one that a fraction in it pushes down
    apart = (Line(FULL, 100), Line(FULL[:-5] + "we use", 112))
    within = page_of(*apart, Line("the codes of one to two", 131, block=1))
    assert len(texts(within)) == 1
    # THEN what begins with a capital, a sign or after the end of a sentence is another paragraph
    for start in ("The codes", "k-NN: codes"):
        assert len(texts(page_of(*apart, Line(start, 131, block=1)))) == 2
    ended = (Line(FULL, 100), Line(FULL[:-5] + "ended.", 112))
    assert len(texts(page_of(*ended, Line("the codes", 131, block=1)))) == 2
    # AND so is what stands far below
    assert len(texts(page_of(*apart, Line("the codes", 145, block=1)))) == 2


def test_a_citation_at_the_start_of_a_line_is_no_entry() -> None:
    page = page_of(
        Line("As was shown before by the work of others in ", 100), Line("[4] Then", 112)
    )
    assert len(texts(page)) == 1
    entries = page_of(Line("[1] Smith. A title.", 100), Line("[2] Jones. Another.", 112))
    assert len(texts(entries)) == 2


def test_a_displayed_formula_is_a_picture_with_its_scraps_and_number() -> None:
    page = page_of(
        Line(FULL, 100),
        Line("xyz=ab", 120, x=LEFT + 80, font="CMMI10"),
        Line("N", 112, x=LEFT + 90, font="CMR7"),
        Line("(1)", 120, x=LEFT + 210),
        Line("where it is said what x is.", 140),
    )
    found = flowed(page)
    assert [item.kind for item in found] == ["paragraph", "picture", "paragraph"]
    x0, y0, x1, y1 = found[1].rect
    assert x0 < LEFT + 80 and y0 < 112 and x1 > LEFT + 220 and y1 > 130


def test_a_formula_in_many_pieces_is_one_picture() -> None:
    # GIVEN a sum with its limits, a fraction, and what it equals: pieces beside and over each other
    page = page_of(
        Line(FULL, 100),
        Line("F =", 125, x=LEFT + 2, font="CMMI10"),
        Line("n", 116, x=LEFT + 24, font="CMMI7", size=7.0),
        Line("\ufffd", 123, x=LEFT + 22, font="CMEX10", size=14.0),
        Line("i=0", 138, x=LEFT + 22, font="CMMI7", size=7.0),
        Line("x + y", 125, x=LEFT + 40, font="CMMI10"),
        Line("= 2", 150, x=LEFT + 14, font="CMR10"),
        Line(FULL, 180),
    )
    found = flowed(page)
    assert [item.kind for item in found] == ["paragraph", "picture", "paragraph"]
    x0, y0, x1, y1 = found[1].rect
    assert x0 < LEFT + 2 and y0 < 116 and x1 > LEFT + 65 and 160 < y1 < 180


def test_pieces_beside_the_words_of_a_sentence_are_no_formula() -> None:
    page = page_of(
        Line("A sum within the text", 100),
        Line("i=0", 106, x=LEFT + 108, font="CMMI7", size=7.0),
        Line("xyz", 100, x=LEFT + 126, font="CMMI10"),
        Line(FULL, 112),
    )
    assert [item.kind for item in flowed(page)] == ["paragraph"]


def test_an_index_does_not_divide_a_sentence() -> None:
    # GIVEN a line that is cut where an index hangs low, and one whose middle is an index
    page = page_of(
        Line("The values in S", 100, block=0),
        Line("i0j0. Hence, we see what we saw:", 104, x=LEFT + 75, block=1),
        Line("that the value of it is what we said at first.", 114, block=1),
    )
    assert len(texts(page)) == 1
    assert "S i0j0. Hence, we see what we saw: that" in " ".join(texts(page)[0].split())


def test_mathematics_within_the_text_stays_text() -> None:
    page = page_of(Line(FULL, 100), Line("x+y=z", 112, font="CMMI10"), Line(FULL, 124))
    assert [item.kind for item in flowed(page)] == ["paragraph"]


def test_headings_pictures_and_what_is_left_out() -> None:
    head: Rect = (40, 95, 300, 130)
    figure: Rect = (40, 200, 300, 300)
    plan = PagePlan(
        headings=((head, 2),), pictures=(figure, (40, 500, 300, 600)), left_out=((0, 0, 600, 40),)
    )
    page = page_of(
        Line("Running head", 20),
        Line("3.1 A heading that is", 100, block=1), Line("long", 112, block=1),
        Line(FULL, 150, block=2), Line("axis", 220, block=3), Line("axis again", 260, block=3),
        Line("goes on after the figure.", 320, block=4),
    )  # fmt: skip
    found = flowed(page, plan=plan)
    assert [item.kind for item in found] == ["heading", "picture", "picture", "paragraph"]
    assert found[0].text == "3.1 A heading that is long" and found[0].level == 2
    assert found[1].rect == figure
    assert found[3].text == FULL + " goes on after the figure."


def test_looks_are_kept_and_empty_pages_are_nothing() -> None:
    text = "plain bold"
    boxes = array("f", [0.0, 0.0, 5.0, 10.0] * len(text))
    styles = (Style(0, 10.0), Style(6, 10.0, bold=True))
    page = PageText(text, boxes, ((0, 10),), ((0, 10),), styles)
    (item,) = flowed(PageText(), page, PageText())
    assert [(run.text, run.bold) for run in item.runs] == [("plain ", False), ("bold", True)]
    assert flowed(PageText()) == []
