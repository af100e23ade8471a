"""Headings, captions, equations and references, on pages set by hand."""

from __future__ import annotations

import pytest

from reader.pdf.protocol import OutlineItem
from reader.pdf.structure.entries import parse
from reader.pdf.structure.numbers import keys, roman_value
from reader.pdf.structure.structure import Structure
from tests.pdf.structure.sheet import FILLER, Sheet, bibliography


def headings(*rows: tuple[str, float, bool]) -> list[tuple[int, str, str]]:
    """(level, number, title) of what is found among lines of some size and weight."""
    sheet = Sheet().text(*FILLER)
    for text, size, bold in rows:
        sheet.text(text, size=size, bold=bold, gap=14).text(*FILLER, gap=8)
    return [(item.level, item.number, item.title) for item in Structure([sheet.page()]).headings]


def test_numbered_headings_are_found_by_number_and_weight() -> None:
    assert headings(
        ("1 Introduction", 14, True),
        ("1.1 Aims", 12, True),
        ("2 Method", 14, True),
        ("2.1 Data", 12, True),
        ("2.1.1 Sources", 10, True),
        ("Acknowledgments", 14, True),
        ("A Proofs", 14, True),
        ("A.1 Of the first claim", 12, True),
    ) == [
        (1, "1", "Introduction"), (2, "1.1", "Aims"), (1, "2", "Method"), (2, "2.1", "Data"),
        (3, "2.1.1", "Sources"), (1, "", "Acknowledgments"), (1, "A", "Proofs"),
        (2, "A.1", "Of the first claim"),
    ]  # fmt: skip


def test_roman_numbers_take_letters_below_them() -> None:
    assert headings(
        ("I. INTRODUCTION", 10, False),
        ("II. METHOD", 10, False),
        ("A. Data", 10, True),
        ("B. Training", 10, True),
        ("III. RESULTS", 10, False),
        ("A. Figures", 10, True),
    ) == [
        (1, "I", "INTRODUCTION"), (1, "II", "METHOD"), (2, "II-A", "Data"),
        (2, "II-B", "Training"), (1, "III", "RESULTS"), (2, "III-A", "Figures"),
    ]  # fmt: skip


def test_lists_and_sentences_are_no_headings() -> None:
    assert headings(
        ("1. Look at the data", 10, False),
        ("2. Think about it", 10, False),
        ("A paper about several things", 18, True),
        ("4 of 10 people agree", 10, False),
    ) == []  # fmt: skip


def test_an_outline_is_made_of_the_headings() -> None:
    page = (
        Sheet().text("1 Start", size=14, bold=True).text(*FILLER, gap=6)
        .text("1.1 Inside", size=12, bold=True, gap=12).text(*FILLER, gap=6).page()
    )  # fmt: skip
    found = Structure([None, page])
    assert [(item.level, item.title, item.page) for item in found.outline()] == [
        (1, "1 Start", 1), (2, "1.1 Inside", 1),
    ]  # fmt: skip
    assert found.outline()[1].y == pytest.approx(found.headings[1].rect[1])


def test_the_files_own_bookmarks_give_the_levels() -> None:
    page = Sheet().text("1 Start", size=14, bold=True).text(*FILLER, gap=6).page()
    found = Structure([page], [OutlineItem(2, "1 Start", 0)])
    assert [item.level for item in found.headings] == [2]


def test_a_table_of_contents_is_not_taken_for_the_sections() -> None:
    names = ["Introduction", "Related Work", "Method", "Results", "Discussion", "Conclusion"]
    contents = Sheet().text("Contents", size=14, bold=True)
    text = Sheet()
    for number, name in enumerate(names, 1):
        contents.text(f"{number} {name}   {number + 2}", bold=True, gap=4)
        text.text(f"{number} {name}", size=14, bold=True, gap=12).text(*FILLER, gap=6)
    found = Structure([contents.page(), text.page()])
    assert [(item.page, item.number) for item in found.headings if item.number] == [
        (1, str(number)) for number in range(1, 7)
    ]


def test_a_caption_is_told_from_a_sentence() -> None:
    page = (
        Sheet()
        .text(FILLER[0], "Figure 1. shows how it is, and this is a line like all the others are.",
              "Figure 2 shows how it is, and this too is a line like all the others are here.")
        .text("Figure 1. The thing itself.", size=9, gap=100)
        .text("Table II", "THE NUMBERS", x=200, size=8, gap=40)
        .text("1   2   3", x=200, size=8, gap=4)
        .text(*FILLER, gap=20)
        .page()
    )  # fmt: skip
    found = Structure([page])
    assert [(item.kind, item.number, item.text) for item in found.captions] == [
        ("figure", "1", "Figure 1. The thing itself."),
        ("table", "II", "Table II THE NUMBERS"),
    ]
    figure, table = found.captions
    assert figure.whole[1] < figure.rect[1] - 80 and figure.whole[3] == figure.rect[3]
    assert table.whole[1] == table.rect[1] and table.whole[3] > table.rect[3] + 8


def test_a_caption_in_two_columns_keeps_to_its_own() -> None:
    narrow = (
        "Some words of a column that is",
        "narrow and has another one as",
        "its neighbour on the page.",
    )
    sheet = Sheet()
    for _ in range(6):
        sheet.text(*narrow, gap=4)
    sheet.text("Figure 1: On the left here.", gap=100)
    sheet.y = 60.0
    for _ in range(10):
        sheet.text(*narrow, x=320, gap=4)
    found = Structure([sheet.page()])
    assert [len(columns.edges) for columns in found.lines.columns] == [2]
    [caption] = found.captions
    assert caption.whole[2] < 320


def test_equations_are_numbers_at_the_margin() -> None:
    page = (
        Sheet().text(*FILLER)
        .text("a + b = c" + "   " * 5 + "(4)", x=183, gap=15)
        .text(*FILLER, gap=15)
        .text("as we have seen in one of the last of these lines, and that is so (5)")
        .page()
    )  # fmt: skip
    found = Structure([page])
    assert [(item.number, item.text) for item in found.equations] == [("4", "a + b = c (4)")]


def test_a_book_has_its_numbers_at_the_margin_of_each_side() -> None:
    # GIVEN pages whose text stands 40 points further right on every other one
    pages = [
        Sheet().text(*FILLER, *FILLER, x=left)
        .text("a + b = c" + "   " * 5 + f"({number})", x=left + 70, gap=15)
        .text(*FILLER, x=left, gap=15)
        .page()
        for number, left in enumerate((72, 112, 72, 112), 1)
    ]  # fmt: skip
    # THEN the equations of both are found
    assert [item.number for item in Structure(pages).equations] == ["1", "2", "3", "4"]


def test_entries_are_joined_over_lines_and_columns() -> None:
    entries = [
        "[1] A. Author and B. Writer. On the compres-\nsion of data. Journal, 2001.",
        "[2] C. Editor. Of things. https://doi.org/10.1000/\nxyz.12. 2005.",
        "[3] D. Poet. Verses [in three parts]. Press, 1999.",
    ]
    found = Structure([bibliography(entries, "7 Bibliography")]).references
    assert [(item.number, item.label, item.year) for item in found] == [
        (1, "1", "2001"), (2, "2", "2005"), (3, "3", "1999"),
    ]  # fmt: skip
    assert found[0].text == "A. Author and B. Writer. On the compression of data. Journal, 2001."
    assert found[1].doi == "10.1000/xyz.12"
    [rect] = found[0].rects
    assert rect[3] - rect[1] == pytest.approx(22.0)


def test_a_bibliography_without_a_heading_is_found_by_its_labels() -> None:
    sheet = Sheet().text(*FILLER)
    for number in range(1, 6):
        sheet.text(f"[{number}] A. Author, Phys. Rev. {number}, 12 (200{number}).", gap=4)
    assert [item.year for item in Structure([sheet.page()]).references] == [
        f"200{number}" for number in range(1, 6)
    ]


def test_what_follows_the_bibliography_is_no_entry() -> None:
    sheet = Sheet().text("References", size=14, bold=True)
    for number in range(1, 5):
        sheet.text(f"[{number}] A. Author. A title. Journal, 200{number}.", gap=4)
    sheet.text("A Proofs", size=14, bold=True, gap=20).text(*FILLER, gap=6)
    start = Sheet().text("1 Start", size=14, bold=True).text(*FILLER)
    found = Structure([start.page(), sheet.page()])
    assert len(found.references) == 4
    assert found.references[-1].text == "A. Author. A title. Journal, 2004."


@pytest.mark.parametrize(
    "text, title, authors, year",
    [
        ("A. H. Baker, H. Xu, and J. M. Dennis. A methodology for data. In HPDC, 2014.",
         "A methodology for data", ("A. H. Baker", "H. Xu", "J. M. Dennis"), "2014"),
        ("J. Ziv and A. Lempel, \u201cA universal algorithm,\u201d IEEE Trans., vol. 23, pp. 337\u2013343, 1977.",
         "A universal algorithm", ("J. Ziv", "A. Lempel"), "1977"),
        ("Lovett, N. B.; Cooper, S. & Kendon, V. \u201cUniversal walks\u201d. Phys. Rev. A, 81(4), 1 (2010)",
         "Universal walks", ("Lovett, N. B.", "Cooper, S.", "Kendon, V."), "2010"),
        ("Smith, J., & Doe, A. (2019). A study of things. Journal of Studies, 3(2), 1\u20139.",
         "A study of things", ("Smith, J.", "Doe, A."), "2019"),
        ("Ashish Vaswani and Noam Shazeer. 2017. Attention is needed. In Proc. NIPS.",
         "Attention is needed", ("Ashish Vaswani", "Noam Shazeer"), "2017"),
        ("King, M., Ba, J.: A method for all. Proc. Learning 3, 101\u2013112 (2015)",
         "A method for all", ("King, M.", "Ba, J."), "2015"),
        ("Martin King and Jimmy Ba. A method for all. arXiv:1412.6980, 2014.",
         "A method for all", ("Martin King", "Jimmy Ba"), "2014"),
        ("A. Author and B. Writer, Phys. Rev. Lett. 12, 345 (2020).", "",
         ("A. Author", "B. Writer"), "2020"),
        ("van Dyk A., Brandt B.-C., Xu D., 2000a, Annals of Things, 3, 100", "",
         ("van Dyk, A.", "Brandt, B.-C.", "Xu, D."), "2000a"),
        ("Smith AB, Doe J. A study of things. Journal of Studies. 2019;3(2):1\u20139.",
         "A study of things", ("Smith, AB", "Doe, J"), "2019"),
    ],
)  # fmt: skip
def test_an_entry_is_taken_apart(
    text: str, title: str, authors: tuple[str, ...], year: str
) -> None:
    entry = parse(text)
    assert (entry.title, entry.year) == (title, year)
    assert tuple(name.rstrip(".") for name in entry.authors) == tuple(
        name.rstrip(".") for name in authors
    )


@pytest.mark.parametrize(
    "text, doi, arxiv",
    [
        ("Title. doi:10.1000/ABC.12.", "10.1000/abc.12", ""),
        ("Title (https://doi.org/10.1016/S0375(98)00-1).", "10.1016/s0375(98)00-1", ""),
        ("Title. arXiv preprint arXiv:1412.6980v9, 2014.", "", "1412.6980"),
        ("Title. CoRR, abs/1706.03762, 2017.", "", "1706.03762"),
        ("Title. arXiv quant-ph/0208112 (2002)", "", "quant-ph/0208112"),
        ("Title. https://arxiv.org/pdf/2001.00001.pdf", "", "2001.00001"),
        ("Title. https://doi.org/10.48550/arXiv.1412.6980", "", "1412.6980"),
        ("Title. Journal 1412, 6980 (2014).", "", ""),
    ],
)
def test_identifiers_are_found_in_their_normal_forms(text: str, doi: str, arxiv: str) -> None:
    entry = parse(text)
    assert (entry.doi, entry.arxiv_id) == (doi, arxiv)


def test_numbers_meet_whatever_their_form() -> None:
    assert (roman_value("IV"), roman_value("XIX"), roman_value("IIII"), roman_value("A")) == (
        4, 19, 0, 0,
    )  # fmt: skip
    assert keys("IV-A") == ("4.a", "iv.a")
    assert keys("4.2.") == ("4.2",)


def test_the_order_of_reading_goes_down_the_columns() -> None:
    narrow = ("Left words of a column that is", "narrow and has another one as")
    sheet = Sheet()
    for _ in range(4):
        y = sheet.y
        sheet.text(*(f"right {line}" for line in narrow), x=330)
        sheet.y = y
        sheet.text(*narrow, gap=0)
    sheet.text(
        "A line that goes over both of the columns and so ends what is above it, both of them"
    )
    found = Structure([sheet.page()]).lines.reading_order(0)
    assert [line.text[:5] for line in found] == ["Left ", "narro"] * 4 + ["right"] * 8 + ["A lin"]
