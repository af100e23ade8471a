"""What running text cites and names, on pages set by hand."""

from __future__ import annotations

import time
from array import array

import pytest

from reader.pdf.protocol import PdfLink
from reader.pdf.structure.structure import Structure
from reader.pdf.structure.values import Mention
from reader.pdf.text import PageText, Style
from tests.pdf.structure.sheet import FILLER, Sheet, bibliography

NUMBERED = [
    f"[{number}] A. Author and B. Writer. A title with number {number}. Journal of Things, {1990 + number}."
    for number in range(1, 10)
]
BY_YEAR = [
    "Jane Doe, Richard Roe, and Edgar Poe. A theory of machines. Annals, 2019a.",
    "Jane Doe, Richard Roe, and Edgar Poe. More on machines. Annals, 2019b.",
    "Martin King and Jimmy Ba. A method for all. Proceedings, 2015.",
    "Hans M\u00a8uller. On quantities. Journal, 2001.",
    "Laurens van der Maaten and Geoffrey Hinton. Seeing data. Journal, 2008.",
]


def mentions(*lines: str, references: list[str] | None = None) -> list[Mention]:
    """The mentions in a page of these lines, in a document with figures and a bibliography."""
    text = Sheet().text(*FILLER).text(*lines, gap=20).text(*FILLER, gap=20)
    things = (
        Sheet()
        .text("1 Introduction", size=14, bold=True)
        .text(*FILLER, gap=6)
        .text("2 Method", size=14, bold=True, gap=10)
        .text(*FILLER, gap=6)
        .text("2.1 Details", size=12, bold=True, gap=10)
        .text("E = mc" + "   " * 5 + "(1)", x=200, gap=20)
        .text("a = b" + "   " * 5 + "(2)", x=205, gap=20)
        .text(*FILLER, gap=20)
        .text("Figure 1: A picture of a thing.", gap=120)
        .text("Figure 2: Another picture.", gap=120)
        .text("Table 1: Some numbers.", gap=20)
        .text("1.0   2.0   3.0", "4.0   5.0   6.0", x=150, size=9, gap=4)
        .text("A Proofs", size=14, bold=True, gap=20)
        .text(*FILLER, gap=6)
    )
    found = Structure([text.page(), things.page(), bibliography(references or NUMBERED)])
    return list(found.mentions(0))


def said(found: list[Mention]) -> list[tuple[str, str, str]]:
    """(kind, text, beginning of the target) of mentions."""
    return [(item.kind, item.text, item.target.text[:9] if item.target else "") for item in found]


@pytest.mark.parametrize(
    "line, expected",
    [
        ("as shown before [3] and", [("citation", "[3]")]),
        ("as shown before [3, 5\u20137] and", [("citation", n) for n in "357"]),
        ("as in [2, Theorem 4] and", [("citation", "2")]),
        ("see Fig. 2(b) and", [("figure", "Fig. 2(b)")]),
        ("Figures 1 and 2 show", [("figure", "Figures 1"), ("figure", "2")]),
        ("in Figs. 1\u20132 we", [("figure", "Figs. 1"), ("figure", "2")]),
        ("listed in Table 1, we", [("table", "Table 1")]),
        ("by Eq. (1) we", [("equation", "Eq. (1)")]),
        ("Equations (1)\u2013(2) say", [("equation", "Equations (1)"), ("equation", "(2)")]),
        ("it follows from (2) that", [("equation", "(2)")]),
        ("it is bounded, as (2) says", [("equation", "(2)")]),
        ("Section 2 and Sec. 2.1 and \u00a72",
         [("section", "Section 2"), ("section", "Sec. 2.1"), ("section", "\u00a72")]),
        ("in Appendix A we", [("section", "Appendix A")]),
    ],
)  # fmt: skip
def test_a_mention_is_found_with_its_kind(line: str, expected: list[tuple[str, str]]) -> None:
    found = mentions(line)
    assert [(item.kind, item.text) for item in found] == expected
    assert all(item.target and item.source == "text" for item in found)


@pytest.mark.parametrize(
    "line",
    [
        "the interval [0, 1] is closed",
        "the array of [99] things",
        "x \u2208 [1, 2] is bounded",
        "there are three steps: (1) look, (2) think, and so on",
        "the figure shows and the table tells",
        "in section K of the newspaper",
        "configuration 3 and equational 2",
    ],
)
def test_what_only_looks_alike_is_left_alone(line: str) -> None:
    assert said(mentions(line)) == []


def test_each_mention_leads_to_the_thing_itself() -> None:
    found = mentions("See [4], Fig. 1, Table 1, Eq. (2), Section 2.1 and Appendix A.")
    targets = [item.target for item in found]
    assert [target and (target.page, target.text[:9]) for target in targets] == [
        (2, "A. Author"), (1, "Figure 1:"), (1, "Table 1: "), (1, "a = b (2)"), (1, "2.1 Detai"),
        (1, "A Proofs"),
    ]  # fmt: skip
    figure, table = targets[1], targets[2]
    assert figure is not None and figure.rect[3] - figure.rect[1] > 100  # the picture's room too
    assert table is not None and table.rect[3] - table.rect[1] > 30  # the caption and two rows


def test_a_mention_over_a_line_end_has_a_rect_for_each_line() -> None:
    found = mentions(
        "This can be seen in the second one of the two pictures, called Fig.", "2 here."
    )
    assert [(item.text, len(item.rects)) for item in found] == [("Fig. 2", 2)]
    [item] = found
    assert item.rects[0][1] < item.rects[1][1] and item.rects[1][0] == pytest.approx(72.0)


def test_a_mention_divided_by_a_hyphen_is_found() -> None:
    found = mentions("As one can see in the two rows of numbers that stand in the Ta-", "ble 1.")
    assert said(found) == [("table", "Table 1", "Table 1: ")]


def test_a_list_divided_by_the_page_end_is_found_on_both_pages() -> None:
    first = Sheet().text(
        *FILLER, "So it is [9].", "and all of these methods have been known before [2,"
    )
    second = Sheet().text("5] for a long time, as one says.", *FILLER)
    found = Structure([first.page(), second.page(), bibliography(NUMBERED)])
    assert [item.text for item in found.mentions(0)] == ["[9]", "2"]
    assert [item.text for item in found.mentions(1)] == ["5"]


@pytest.mark.parametrize(
    "line, expected",
    [
        ("as Doe et al. (2019a) say", [("Doe et al. (2019a)", "A theory")]),
        ("so it is (Doe et al., 2019b; King and Ba, 2015).",
         [("Doe et al., 2019b", "More on "), ("King and Ba, 2015", "A method")]),
        ("so it is (Doe et al., 2019a,b).", [("Doe et al., 2019a", "A theory"), ("b", "More on ")]),
        ("so M\u00a8uller (2001) says", [("M\u00a8uller (2001)", "On quant")]),
        ("and van der Maaten and Hinton [2008] too",
         [("van der Maaten and Hinton [2008]", "Seeing d")]),
        ("in the year 2019 and in Paris (2015)", []),
    ],
)  # fmt: skip
def test_author_and_year_lead_to_the_entry(line: str, expected: list[tuple[str, str]]) -> None:
    text = Sheet().text(*FILLER).text(line, gap=20).text(*FILLER, gap=20)
    found = Structure([text.page(), bibliography(BY_YEAR)])
    titles = {reference.text: reference.title for reference in found.references}
    assert [
        (item.text, titles[item.target.text][:8]) for item in found.mentions(0) if item.target
    ] == expected


def test_labels_of_letters_and_digits_are_citations() -> None:
    entries = [f"[KB1{n}] Martin King. A method of sort {n}. Journal, 201{n}." for n in range(5)]
    found = mentions("as in [KB12] and [KB10, KB14] but not [XY99]", references=entries)
    assert [item.text for item in found] == ["[KB12]", "KB10", "KB14"]


def test_superscripts_are_citations_where_the_paper_cites_so() -> None:
    text = Sheet().text(*FILLER).text(
        "One says^1,2^ that others^3^ and more.^4^ Then again^5\u20137^ so,", "or n^2^ is 10^3^.",
        "one^5;6;7^.", gap=20,
    )  # fmt: skip
    entries = [entry.replace("[", "", 1).replace("]", ".", 1) for entry in NUMBERED]
    found = Structure([text.page(), bibliography(entries)])
    # THEN powers are none, and those of a short line with more numbers than words are
    assert [item.text for item in found.mentions(0)] == [*"123457", *"567"]


def test_numbers_in_parentheses_are_citations_where_the_paper_cites_so() -> None:
    text = Sheet().text(*FILLER).text(
        "One says (1), others (2, 3) and more (4). Then (5) and", "again (6).", gap=20
    ).text("mov eax, (7)", mono=True, gap=20)  # fmt: skip
    found = Structure([text.page(), bibliography(NUMBERED)])
    assert [item.text for item in found.mentions(0)] == ["(1)", "2", "3", "(4)", "(5)", "(6)"]


def test_captions_entries_and_running_heads_are_no_mentions_of_themselves() -> None:
    pages: list[PageText | None] = []
    for number in range(5):
        sheet = Sheet(30).text(f"Section 2 of the journal, see [1]   {number}", size=8)
        sheet.text(*FILLER, gap=20).text(f"Figure {number + 1}: It is like [2].", gap=100)
        pages.append(sheet.text(*FILLER, gap=20).page())
    found = Structure([*pages, bibliography([*NUMBERED, "[10] C. D. See also [3]. Press, 1999."])])
    assert [[item.text for item in found.mentions(page)] for page in range(6)] == [
        *[["[2]"]] * 5, [],
    ]  # fmt: skip


def test_a_link_decides_where_a_mention_leads() -> None:
    text = Sheet().text(*FILLER).text("as shown in Fig. 1 and by others [2].", gap=20)
    things = (
        Sheet().text(*FILLER).text("Figure 1: First.", gap=90).text("Figure 2: Second.", gap=90)
    )
    page, other, last = text.page(), things.page(), bibliography(NUMBERED)
    built = Structure([page, other, last])
    first, cited = built.mentions(0)
    second = next(item for item in built.captions if item.number == "2")
    entry = next(item for item in built.references if item.number == 4)
    links = [
        PdfLink(first.rects[0], 1, 72.0, second.rect[1] - 6),
        PdfLink(cited.rects[0], 2, entry.rects[0][0], entry.rects[0][1] - 4),
    ]
    found = built.mentions(0, links)
    assert [(item.source, item.target and item.target.text[:9]) for item in found] == [
        ("link", "Figure 2:"), ("link", entry.text[:9]),
    ]  # fmt: skip
    assert [item.source for item in built.mentions(0)] == ["text", "text"]


def test_a_link_to_a_known_thing_is_a_mention_whatever_its_words() -> None:
    text = Sheet().text(*FILLER).text("by (1) and by the acronym", gap=20).page()
    things = (
        Sheet().text(*FILLER).text("a = b" + "   " * 5 + "(1)", x=205, gap=20).text(*FILLER, gap=20)
    )
    built = Structure([text, things.page()])
    at = text.chars.index("(1)")
    [equation] = built.equations
    link = PdfLink(text.rects(at, at + 3)[0], 1, 72.0, equation.rect[1] - 10)
    nowhere = PdfLink(text.rects(at + 15, at + 22)[0], 1, 72.0, 700.0)
    outside = PdfLink(text.rects(0, 4)[0], uri="https://example.org")
    assert said(list(built.mentions(0, [link, nowhere, outside]))) == [
        ("equation", "(1)", "a = b (1)")
    ]


def test_pages_that_could_not_be_read_are_skipped() -> None:
    found = Structure(
        [None, Sheet().text(*FILLER, "as in [1] and so").page(), None, bibliography(NUMBERED)]
    )
    assert found.mentions(0) == ()
    assert [item.text for item in found.mentions(1)] == ["[1]"]


def test_nothing_is_found_in_nothing() -> None:
    for pages in ([], [None], [PageText()]):
        found = Structure(pages)
        assert (found.headings, found.captions, found.references, found.outline()) == ((),) * 4


@pytest.mark.parametrize("unit", ["a", "1", "[", "[1", "[1],", "(1)", "Smith, ", "Figs. 1, ", "1.",
                                  "\ufffd", "\u201ca", "Smith et al., ", "van der ", "A", " "])  # fmt: skip
@pytest.mark.parametrize("wide", [True, False])
def test_text_without_sense_takes_no_more_time_than_its_length(unit: str, wide: bool) -> None:
    chars = (unit * (60_000 // len(unit) + 1))[:60_000]
    step = len(chars) if wide else 60
    lines = tuple((at, min(at + step, len(chars))) for at in range(0, len(chars), step))
    boxes = array("f")
    for row, (low, high) in enumerate(lines):
        for column in range(high - low):
            boxes.extend((50 + 5 * column, 12 * row, 55 + 5 * column, 12 * row + 10))
    page = PageText(chars, boxes, lines, ((0, len(chars)),), (Style(0, 10.0),))
    for references in (NUMBERED, BY_YEAR):
        start = time.process_time()
        found = Structure([page, bibliography(references)])
        found.mentions(0)
        assert time.process_time() - start < 6.0  # 0.1 s where nothing else runs
