"""Mentions in other languages, in other works, and in supplements."""

from __future__ import annotations

import pytest

from reader.pdf.protocol import PdfLink
from reader.pdf.structure.structure import Structure
from tests.pdf.structure.sheet import FILLER, Sheet, bibliography
from tests.pdf.structure.test_structure_mentions import BY_YEAR, mentions


@pytest.mark.parametrize(
    "line, expected",
    [
        ("Wie Abbildung 1 zeigt, ist", [("figure", "Abbildung 1")]),
        ("in den Abbildungen 1 und 2", [("figure", "Abbildungen 1"), ("figure", "2")]),
        ("siehe Tab. 1 und Gl. (2)", [("table", "Tab. 1"), ("equation", "Gl. (2)")]),
        ("aus Gleichungen (1) bis (2)", [("equation", "Gleichungen (1)"), ("equation", "(2)")]),
        ("in Abschnitt 2.1 und Anhang A",
         [("section", "Abschnitt 2.1"), ("section", "Anhang A")]),
        ("selon les figures 1 et 2", [("figure", "figures 1"), ("figure", "2")]),
        ("le tableau 1 et l\u2019\u00e9quation (2)", [("table", "tableau 1"), ("equation", "\u00e9quation (2)")]),
        ("voir l\u2019annexe A", [("section", "annexe A")]),
        ("las figuras 1 a 2", [("figure", "figuras 1"), ("figure", "2")]),
        ("la ecuaci\u00f3n (2) y la secci\u00f3n 2",
         [("equation", "ecuaci\u00f3n (2)"), ("section", "secci\u00f3n 2")]),
        ("nelle figure 1 e 2", [("figure", "figure 1"), ("figure", "2")]),
        ("Figure 1 a 2 percent rise", [("figure", "Figure 1")]),
    ],
)  # fmt: skip
def test_a_mention_is_found_in_other_languages(line: str, expected: list[tuple[str, str]]) -> None:
    found = mentions(line)
    assert [(item.kind, item.text) for item in found] == expected
    assert all(item.target for item in found)


@pytest.mark.parametrize("label", ["Abbildung 7:", "Abb. 7:", "Figura 7.", "Figuur 7:"])
def test_a_caption_begins_with_the_word_of_its_language(label: str) -> None:
    page = Sheet().text(*FILLER).text(f"{label} Das Bild eines Dings.", gap=100).page()
    assert [(item.kind, item.number) for item in Structure([page]).captions] == [("figure", "7")]


@pytest.mark.parametrize("label", ["Tabelle 7:", "Tableau 7 \u2013", "Cuadro 7:", "Tabla 7."])
def test_so_does_that_of_a_table(label: str) -> None:
    page = Sheet().text(*FILLER).text(f"{label} Die Zahlen dazu.", gap=100).page()
    assert [(item.kind, item.number) for item in Structure([page]).captions] == [("table", "7")]


@pytest.mark.parametrize(
    "line, cited",
    [
        ("as in Section 2 of [7] and", ["[7]"]),
        ("plotted in Figs. 1 and 2 of Ref. [7], and", ["[7]"]),
        ("by Eq. (1) in [3, 5] it", ["3", "5"]),
        ("was shown [7, Section 2] and", ["7"]),
        ("in their Fig. 1 and", []),
        ("as Table 1 of the original paper says", []),
        ("of Fig. 2 in Author et al. who said", []),
    ],
)
def test_what_stands_in_another_work_is_none_of_this_paper(line: str, cited: list[str]) -> None:
    assert [item.text for item in mentions(line)] == cited


def test_what_stands_in_a_work_cited_by_its_year_is_none_of_this_paper() -> None:
    found = mentions("see Fig. 1 of King and Ba (2015, Section 2) and so", references=BY_YEAR)
    assert [item.kind for item in found] == ["citation"]


@pytest.mark.parametrize("line", ["in Section 2 of this paper", "Fig. 1, as in [3]", "(Fig. 1) [7]",
                                  "as in [7], Fig. 1 shows"])  # fmt: skip
def test_what_stands_in_this_one_stays(line: str) -> None:
    assert {item.kind for item in mentions(line)} & {"figure", "section"}


def test_things_of_a_supplement_are_their_own() -> None:
    page = (
        Sheet()
        .text("Fig. 1 and Supplementary Fig. 1 and Fig. S1 and Extended Data Fig. 1 show it.")
        .text(*FILLER)
        .text("Figure 1: The first.", gap=120)
        .text("Supplementary Figure 1: The second.", gap=120)
        .page()
    )
    found = Structure([page]).mentions(0)
    assert [item.target and item.target.text.split()[-1] for item in found] == [
        "first.", "second.", "second.",
    ]  # fmt: skip


def test_sections_and_equations_are_found_as_physicists_number_them() -> None:
    # GIVEN a section IV with a part A, an equation of which only parts have numbers
    things = Sheet()
    for number, name in (("I", "INTRO"), ("II", "MODEL"), ("III", "DATA"), ("IV", "END")):
        things.text(f"{number}. {name}", gap=14).text(*FILLER, gap=8)
    things.text("A. Of things", bold=True, gap=14).text(*FILLER, gap=8)
    things.text("a = b" + "   " * 5 + "(2a)", x=200, gap=20)
    things.text("c = d" + "   " * 5 + "(2b)", x=200, gap=20).text(*FILLER, gap=20)
    text = Sheet().text(*FILLER, "in Sec. IV A and Sec. II A and in Eq. (2) it")
    # WHEN the text names them
    found = Structure([text.page(), things.page()]).mentions(0)
    # THEN the part is meant where there is one, and the first part for the whole
    assert [(item.text, item.target and item.target.text) for item in found] == [
        ("Sec. IV A", "IV-A Of things"), ("Sec. II", "II MODEL"), ("Eq. (2)", "a = b (2a)"),
    ]  # fmt: skip


def test_marks_of_addresses_at_names_below_a_title_cite_nothing() -> None:
    # GIVEN a paper that cites by superscripts
    entries = [f"{n}. A. Author. Title number {n}. A journal, {1990 + n}." for n in range(1, 7)]
    text = Sheet().text("On Things", size=16).text("Ann Author^1,2^ and Bea van Writer^2^")
    text.text(*FILLER, "as was said^3^ and again^1^ and once more^4^ in other^5^ works^6^", gap=20)
    # WHEN it is read
    found = Structure([text.page(), bibliography(entries)])
    # THEN only those of the text are citations
    assert [item.text for item in found.mentions(0)] == [*"31456"]


def test_the_number_of_an_equation_cites_nothing_where_parentheses_do() -> None:
    entries = [f"{n}. A. Author. Title number {n}. A journal, {1990 + n}." for n in range(1, 7)]
    text = Sheet().text(*FILLER, "One says (1), others (2, 3) and (4); then (5), again (6).")
    text.text("a = b" + "   " * 5 + "(1)", x=205, gap=20).text(*FILLER, "by Eq. (1) so", gap=20)
    text.text("Model (1) (2) (3)", gap=20)
    found = Structure([text.page(), bibliography(entries)])
    assert [(item.kind, item.text) for item in found.mentions(0)] == [
        ("citation", "(1)"), ("citation", "2"), ("citation", "3"), ("citation", "(4)"),
        ("citation", "(5)"), ("citation", "(6)"), ("equation", "Eq. (1)"),
    ]  # fmt: skip


def test_a_caption_without_a_sign_behind_its_number_begins_as_a_sentence_does() -> None:
    page = (
        Sheet()
        .text(*FILLER)
        .text("Figure 1 The picture of a thing", gap=120)
        .text("Figure 2 shows what it does, in a paragraph of its own.", gap=20)
        .page()
    )
    assert [item.number for item in Structure([page]).captions] == ["1"]


def test_bold_headings_count_in_roman_numbers_without_a_dot() -> None:
    sheet = Sheet().text(*FILLER)
    for title in ("I Aims", "II Method", "A Data", "III Results"):
        sheet.text(title, size=14, bold=True, gap=14).text(*FILLER, gap=8)
    found = Structure([sheet.page()]).headings
    assert [item.number for item in found] == ["I", "II", "II-A", "III"]


@pytest.mark.parametrize(
    "line",
    ["This mirrors Table 1 therein.", "Smith\u2019s Fig. 2 differs.", "in Section 2 of the GDPR it",
     "Figure 1 in the supplement", "Section 2 of the handbook"],
)  # fmt: skip
def test_nor_is_what_words_say_to_be_elsewhere(line: str) -> None:
    assert mentions(line) == []


def test_all_things_named_before_another_work_are_its() -> None:
    assert [item.text for item in mentions("(see Table 1 and Figure 2 in [3])")] == ["[3]"]


def test_the_number_tells_which_of_two_figures_below_one_another_a_link_means() -> None:
    # GIVEN two figures below one another, and a link to the second that ends at the caption of the first
    text = Sheet().text(*FILLER).text("as shown in Fig. 2 and so on", gap=20).page()
    things = Sheet().text("Figure 1: First.", gap=90).text("Figure 2: Second.", gap=90)
    built = Structure([text, things.text(*FILLER, gap=20).page()])
    first, second = built.captions
    # WHEN it is followed
    rect = built.mentions(0)[0].rects[0]
    [found] = built.mentions(0, [PdfLink(rect, 1, 72.0, first.rect[1] + 2)])
    # THEN it leads to what the text says, as that is there too
    assert found.source == "link"
    assert found.target is not None and found.target.text == second.text
