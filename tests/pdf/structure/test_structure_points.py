"""Points of lists in running text, a book's notes, and titles that are no titles."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reader.pdf.engine import Engine
from reader.pdf.structure.entries import parse
from reader.pdf.structure.enumerations import points_of_lists
from reader.pdf.structure.structure import Structure
from reader.pdf.text import PageText
from reader.services.studying import study
from tests.pdf.structure.sheet import FILLER, Sheet


@pytest.mark.parametrize(
    "text, points",
    [
        ("We show that (1) it learns quickly, (2) the data are bad, and (3) it ends.", 3),
        ("Our aims are: (1) to train a model; (2) to test it well.", 2),
        ("It works if (1) there is enough memory and (2) the disk is not full.", 2),
        ("By (1) reading the text, (2) taking notes and (3) going home one learns.", 3),
        # equations
        ("As (1) shows, and from (1) and (2) it follows.", 0),
        ("From (1) we have a bound, and (2) gives the rest of it.", 0),
        ("Using (1), (2), and (3), we are done.", 0),
        # citations
        ("As was shown (1). Others (2) did so (3).", 0),
        ("Smith (1) said so, Jones (2) denied it.", 0),
        ("A list of one: (1) alone is none.", 0),
        ("It begins (2) in the middle, (3) not at one.", 0),
    ],
)
def test_points_of_a_list_are_told_by_what_is_around_them(text: str, points: int) -> None:
    found = points_of_lists(text)
    assert len(found) == points
    assert all(text[at] == "(" for at in found)


def mentions(*pages: PageText) -> list[tuple[str, str]]:
    structure = Structure(pages)
    return [
        (item.kind, item.text) for page in range(len(pages)) for item in structure.mentions(page)
    ]


def test_points_are_no_equations() -> None:
    page = (
        Sheet()
        .text(*FILLER)
        .text("a = b + c   (1)", x=352, gap=10)
        .text("d = e + f   (2)", x=352, gap=10)
        .text("We show that (1) the model learns, (2) the data are bad, and", *FILLER, gap=10)
        .text("it follows from (1) and (2) that all is well and nothing is to be done.", *FILLER)
        .page()
    )
    assert mentions(page) == [("equation", "(1)"), ("equation", "(2)")]


def test_a_list_at_the_left_margin_has_no_equations() -> None:
    page = (
        Sheet()
        .text(*FILLER)
        .text("(4)   The first of the points says that it is one of several points.", gap=10)
        .text("(5)   The second is short.", gap=10)
        .text("(6)   x = y + z", gap=10)
        .text(*FILLER, gap=10)
        .page()
    )
    assert [item.number for item in Structure([page]).equations] == ["6"]


def cited(heading: str, *entries: str) -> int:
    """How many entries there are under a heading that names no bibliography."""
    sheet = Sheet().text(*FILLER).text("As [1] and [2] say, so it is.", *FILLER, gap=8)
    sheet.text(heading, size=14, bold=True, gap=14)
    for entry in entries:
        sheet.text(entry, gap=6)
    return len(Structure([sheet.page()]).references)


def test_the_notes_of_a_book_are_no_bibliography() -> None:
    told = (
        "[1] It was not always so; the reader may think of what was before.",
        "[2] See the second chapter, and what is said there of houses in the north.",
        "[3] I owe this to a friend, who told it to me in the summer of 1999.",
    )
    works = tuple(
        f"[{n}] A. Author. The title number {n}. A Journal, {2000 + n}." for n in (1, 2, 3)
    )
    assert cited("Afterword", *told) == 0
    assert cited("Afterword", *works) == 3
    assert cited("Notes", *works) == 0


@pytest.mark.parametrize(
    "entry, title",
    [
        (
            "ISO 32000-2:2020. Document management. Portable document format. ISO, 2020.",
            "Document management",
        ),
        ("ISO. ISO 32000-2:2020, Document management. Geneva, 2020.", "Document management"),
        (
            "International Organization for Standardization. ISO 32000-2:2020: Document management. "
            "Geneva, 2020.",
            "Document management",
        ),
        ("ISO/IEC 14496-22:2019, Open Font Format, 2019.", "Open Font Format"),
        ("RFC 3986. Uniform Resource Identifier (URI). 2005.", "Uniform Resource Identifier (URI)"),
        ("A. Author. ISO 9001 in practice. Press, 2020.", "ISO 9001 in practice"),
        ("A. Author. A page. URL https://example.org/page.html, 2021.", "A page"),
        ("A. Author. A page (https://example.org/x). 2021.", "A page"),
        ("A. Author. A page, github.com/author/things. 2021.", "A page"),
        ("A. Author. Pages. http://a.org/x (visited on 01/02/2023).", "Pages"),
        ("A. Foundation. The manual [Online]. Available: http://a.org/manual. 2018.", "The manual"),
        ("Author, A., 2021. A page. Available at: https://a.org/x [Accessed 1 May].", "A page"),
        ("A. Author. Online learning of things. Journal, 2021.", "Online learning of things"),
        ("A. Author. Available bandwidth. Journal, 2021.", "Available bandwidth"),
        ("A. Author. ASP.net and Node.js compared. Press, 2021.", "ASP.net and Node.js compared"),
    ],
)
def test_titles_have_neither_numbers_of_standards_nor_addresses(entry: str, title: str) -> None:
    assert parse(entry).title == title


_WORDS = "The model of these data shows that the method improves over what was known before. " * 4
_PAPER = r"""
\documentclass{article}
\begin{document}
\section{Start}
WORDS As was shown (1). Others (2, 3) did so. Smith (4) and Jones (5) agree.
WORDS We ask (1) whether it is so, (2) why it is so, and (3) what follows from it.
WORDS It needs: (1) a large model; (2) a good computer. This is known (6).
\begin{enumerate}\renewcommand{\labelenumi}{(\arabic{enumi})}
\item The first of the points is long enough to fill the line and go on in the next line below it.
\item The second point is short.
\end{enumerate}
WORDS
\section*{References}
\begin{enumerate}
ENTRIES
\end{enumerate}
\end{document}
"""


@pytest.mark.needs("pdflatex")
def test_citations_in_parentheses_and_points_are_told_apart(tmp_path: Path) -> None:
    entries = "\n".join(
        rf"\item Smith, {letter}. The title of {letter}. \emph{{Journal}} {n}, 1--9 (200{n})."
        for n, letter in enumerate("ABCDEF", 1)
    )
    source = _PAPER.replace("WORDS", _WORDS).replace("ENTRIES", entries)
    (tmp_path / "paper.tex").write_text(source)
    subprocess.run(
        ["pdflatex", "-interaction=batchmode", "paper"],
        cwd=tmp_path, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    engine = Engine()
    try:
        found = study(engine, tmp_path / "paper.pdf")
    finally:
        engine.close()
    assert [item.text for item in found.mentions()] == ["(1)", "2", "3", "(4)", "(5)", "(6)"]
    assert not found.structure.equations
