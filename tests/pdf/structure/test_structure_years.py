"""Citations by author and year, and numbers in brackets that are none."""

from __future__ import annotations

import pytest

from tests.pdf.structure.test_structure_mentions import mentions

ENTRIES = [
    "Adam \u0141ukasiewicz. On logic. Annals, 1990.",
    "World Health Organization. A report on health. Geneva, 2015.",
    "Jane Smith and Richard Doe. The first of a year. Annals, 2020a.",
    "Jane Smith and Richard Doe. The second of a year. Annals, 2020b.",
    "Jane Smith, Edgar Poe, and Min Kim. The third of a year. Annals, 2020.",
    "Omar Khalil, Luis Marquez, and Shai David. On one thing. Annals, 2012.",
    "Omar Khalil, Ana Silva, and John Brown. On another thing. Annals, 2012.",
]


def cited(line: str) -> list[str]:
    """The titles of the entries that a line cites."""
    found = mentions(line, references=ENTRIES)
    return [item.target.text.split(". ")[1] for item in found if item.target]


@pytest.mark.parametrize(
    "line, titles",
    [
        ("as \u0141ukasiewicz (1990) said", ["On logic"]),
        ("as was found (World Health Organization, 2015) before", ["A report on health"]),
        ("of the World Health Organization (2015)", ["A report on health"]),
        ("and Smith and Doe (2020a; 2020b) say", ["The first of a year", "The second of a year"]),
        ("see Smith et Doe (2020a), Smith und Doe (2020b)",
         ["The first of a year", "The second of a year"]),
        ("as Smith, Poe, et al. (2020) and Smith et al. (2020) say", ["The third of a year"] * 2),
        ("by Khalil, Silva, and Brown (2012)", ["On another thing"]),
        ("by Khalil, Silva, et al. (2012)", ["On another thing"]),
        ("(see Smith and Doe, 2020a, p. 12) and", ["The first of a year"]),
        ("by Smith and Roe (2020), who are not there", []),
    ],
)  # fmt: skip
def test_the_names_tell_entries_of_one_year_apart(line: str, titles: list[str]) -> None:
    assert cited(line) == titles


@pytest.mark.parametrize(
    "line",
    [
        "the vector [1, 2] is given",
        "the effect was 2.31 [1, 4] in all",
        "a ratio of 2.3 (95% CI [2, 3]) in all",
        "der Bereich [1, 2] ist",
    ],
)
def test_an_interval_cites_nothing(line: str) -> None:
    assert mentions(line) == []


@pytest.mark.parametrize(
    "line, texts",
    [
        ("as in Ref. 3 and Refs. 4, 5 and 7, but", ["3", "4", "5", "7"]),
        ("as in Refs. 1\u20133 they", ["1", "3"]),
        ("the reference 12 is none", []),
    ],
)
def test_a_number_behind_the_word_is_a_citation_where_numbers_cite(
    line: str, texts: list[str]
) -> None:
    assert [item.text for item in mentions(f"It was said [1] and again [2]; {line}")][2:] == texts


def test_a_citation_in_a_note_stands_right_behind_its_mark() -> None:
    assert cited("3Smith and Doe (2020a)") == ["The first of a year"]
