"""Manuscripts and books: numbered lines, lines far apart, chapters, notes among the entries."""

from __future__ import annotations

from reader.pdf.structure.structure import Structure
from reader.pdf.text import PageText
from tests.pdf.structure.sheet import FILLER, Sheet, bibliography

ENTRIES = [
    "Brandt, A. (2001), The first of them, Journal of Things 1, 2-3.",
    "Castillo, B. (2002), The second one, Journal of Things 2, 4-5.",
    "Dubois, C. (2003), The third of all, Journal of Things 3, 6-7.",
    "Eriksson, D. (2004), The last one here, Journal of Things 4, 8-9.",
]


def numbered(first: int, *lines: str, gap: float = 0.0) -> PageText:
    """A page whose lines are counted at its left margin."""
    sheet = Sheet()
    for number, line in enumerate(lines, first):
        sheet.text(line, x=72, gap=gap)
        sheet.y -= 10
        sheet.text(str(number), x=40, size=6)
    return sheet.page()


def test_the_numbers_of_lines_are_no_part_of_what_they_stand_beside() -> None:
    # GIVEN pages whose lines are counted, one mention is divided by a line's end
    first = numbered(
        1, *FILLER * 3, "The whole of it is to be seen in the picture called Fig.", "1."
    )
    second = numbered(12, *FILLER * 3, "Figure 1: The picture of a thing.", *FILLER)
    # WHEN they are read
    found = Structure([first, second])
    # THEN the numbers stand in neither the mention nor the lines
    assert [item.text for item in found.mentions(0)] == ["Fig. 1"]
    assert all(not row.text.isdigit() for rows in found.lines.pages for row in rows[:-1])
    assert [len(rows) for rows in found.lines.counts] == [11, 13]


def test_so_are_numbers_that_the_file_has_put_into_the_lines() -> None:
    # GIVEN pages whose lines end in their number, set small, and one that does by chance
    pages: list[PageText] = []
    for page in range(3):
        sheet = Sheet()
        for number, line in enumerate((*FILLER * 3, "As in Fig."), 10 * page):
            sheet.text(
                f"{'abc'[page]} {line} ~{number}~" if line in FILLER else f"{line} ~{number}~"
            )
        sheet.text("1 there is something of the year 2010")
        sheet.text(str(10 * page + 10), x=72 + 5 * len("a " + FILLER[0]), size=7)
        pages.append(sheet.text(*(f"{line} {'abc'[page]}" for line in FILLER)).page())
    # WHEN they are read
    found = Structure([*pages, Sheet().text("Figure 1: A thing.").page()])
    # THEN the lines have no numbers, and a mention goes on from one to the next
    assert [item.text for item in found.mentions(1)] == ["Fig. 1"]
    assert found.lines.pages[1][10].text.endswith("2010")


def test_entries_that_are_numbered_are_no_counted_lines() -> None:
    entries = numbered(1, *(f"A. Author. A title. A journal, {1990 + n}." for n in range(12)))
    found = Structure([Sheet().text(*FILLER * 4).page(), Sheet().text(*FILLER * 4).page(), entries])
    assert [len(rows) for rows in found.lines.counts] == [0, 0, 0]


def test_lines_far_apart_are_no_running_heads() -> None:
    # GIVEN pages of a text in double spacing, whose first lines are at the same place
    pages: list[PageText] = []
    for page in "abcdef":
        sheet = Sheet()
        for number, line in enumerate(FILLER * 4):
            sheet.text(f"{line} {page}{'xyz'[number % 3]}", gap=12)
        pages.append(sheet.page())
    # WHEN they are read
    found = Structure(pages)
    # THEN they are all text
    assert not found.lines.furniture


def test_chapters_at_the_same_place_are_headings() -> None:
    pages: list[PageText] = []
    for number, name in enumerate(("Bread", "Butter", "Milk", "Cheese"), 1):
        sheet = Sheet(y=100).text(f"Chapter {number}", size=20, bold=True)
        sheet.text(f"About {name}", size=24, bold=True, gap=20)
        pages.append(sheet.text(*FILLER * 3, gap=40).page())
    found = Structure(pages)
    assert [(head.number, head.title) for head in found.headings] == [
        ("1", "About Bread"), ("2", "About Butter"), ("3", "About Milk"), ("4", "About Cheese"),
    ]  # fmt: skip


def test_large_running_heads_are_no_headings() -> None:
    pages = [
        Sheet(y=40).text(f"{n} A. Author", size=13).text(*FILLER * 3, gap=20).page()
        for n in range(1, 7)
    ]
    assert Structure(pages).headings == ()


def test_a_note_at_the_foot_does_not_end_the_bibliography() -> None:
    # GIVEN a bibliography over two pages, and a note at the foot of the first
    sheet = Sheet().text("References", size=14, bold=True)
    for entry in ENTRIES[:2]:
        sheet.text(entry, gap=6)
    sheet.text("5 A note that belongs to the page's text and to no entry.", size=7, gap=40)
    rest = Sheet()
    for entry in ENTRIES[2:]:
        rest.text(entry, gap=6)
    # WHEN it is read
    found = Structure([Sheet().text(*FILLER).page(), sheet.page(), rest.page()])
    # THEN all entries are there, the note is none
    assert [item.year for item in found.references] == ["2001", "2002", "2003", "2004"]


def test_superscripts_that_name_most_entries_are_citations_beside_a_few_intervals() -> None:
    entries = [f"[{n}] A. Author. Title number {n}. A journal, {1990 + n}." for n in range(1, 13)]
    lines = [f"This has been shown before^{n}^ and again^{n + 6}^ by others." for n in range(1, 7)]
    lines += [f"The values of this one are in [{n}, {n + 1}] as can be seen." for n in range(1, 5)]
    found = Structure([Sheet().text(*lines).page(), bibliography(entries)])
    assert sorted(int(item.text) for item in found.mentions(0)) == list(range(1, 13))
