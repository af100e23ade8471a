"""Entries in which no full stop parts the authors from the title, or a dash stands for them."""

from __future__ import annotations

import pytest

from reader.pdf.structure.entries import parse
from reader.pdf.structure.structure import Structure
from tests.pdf.structure.sheet import FILLER, Sheet, bibliography


@pytest.mark.parametrize(
    "text, title, authors",
    [
        # medicine
        ("Zhang W, Nov\u00e1k P. Memory and sleep: a review. The Lancet. 2005;12(3):1-9.",
         "Memory and sleep: a review", ("Zhang, W", "Nov\u00e1k, P")),
        ("Zhang W. Memory and sleep. Cambridge University Press; 2019.", "Memory and sleep", ("Zhang, W.",)),
        # Nature
        ("\u00d8rsted, N. & Li, X. Memory and sleep: an update. Nature 12, 3-9 (1988).",
         "Memory and sleep: an update", ("\u00d8rsted, N.", "Li, X.")),
        ("Wang, Y. et al. Sleep in fish and birds. Nature 1, 3-9 (1988).", "Sleep in fish and birds", ("Wang, Y.",)),
        # German
        ("Li, Xin ; Doe, Jane B.: Schlaf und Ged\u00e4chtnis. In: Ein Heft 7 (1990), S. 1-5",
         "Schlaf und Ged\u00e4chtnis", ("Li, Xin", "Doe, Jane B.")),
        # mathematics
        ("Rita D\u2019Angelo and Quoc V. Le, Towards a theory of sleep, Economics Letters 96 (1967), no. 4, 2-9.",
         "Towards a theory of sleep", ("Rita D\u2019Angelo", "Quoc V. Le")),
        ("J. Doe, K. von Neumann, and N. \u00d8rsted, On the sleep of fish, Annals, 44 (1971), pp. 6-7.",
         "On the sleep of fish", ("J. Doe", "K. von Neumann", "N. \u00d8rsted")),
        # only the first name is turned
        ("Smith, John A., Richard Roe, and Min Kim (2020). \u201cOn sleep\u201d. In: Annals 3.",
         "On sleep", ("Smith, John A.", "Richard Roe", "Min Kim")),
        ("Cruz, M. de la and J. van der Berg (1968). \u201cOn sleep\u201d. In: Annals 3.",
         "On sleep", ("Cruz, M. de la", "J. van der Berg")),
        ("Brown, Tom B. et al. (1982). \u201cOn sleep\u201d. In: Annals 3.", "On sleep", ("Brown, Tom B.",)),
        # Harvard
        ("Roe, R. & Wang, Y. (2020), \u2018Sleep: Neil\u2019s view\u2019, Annals 5(4), 1-2.",
         "Sleep: Neil\u2019s view", ("Roe, R.", "Wang, Y.")),
        ("Roe, R. (2020), On the sleep of fish, in M. Weber, ed., \u2018Handbook of fish\u2019, Springer, pp. 1-2.",
         "On the sleep of fish", ("Roe, R.",)),
        # what stands behind a title
        ("Jane Doe. On the sleep of fish, 2019. arXiv:1907.27819.", "On the sleep of fish", ("Jane Doe",)),
        ("Roe, R. (2007). The sleep of fish (Technical Report No. 12). An institute.",
         "The sleep of fish", ("Roe, R.",)),
        # no such thing
        ("Quoc V. Le and Jane Doe. On the sleep of fish. Annals, 2019.", "On the sleep of fish",
         ("Quoc V. Le", "Jane Doe")),
        ("X. Li, Physical Review B 12, 345 (1999).", "", ("X. Li",)),
    ],
)  # fmt: skip
def test_authors_and_title_are_told_apart(text: str, title: str, authors: tuple[str, ...]) -> None:
    entry = parse(text)
    assert entry.title == title
    assert [name.rstrip(".") for name in entry.authors] == [name.rstrip(".") for name in authors]


@pytest.mark.parametrize(
    "text, doi, arxiv_id",
    [
        ("A. B. Title. doi: 10 . 4126 / PhysRevB . 75444.24.", "10.4126/physrevb.75444.24", ""),
        ("A. B. Title. doi: 10 . 1695/s41586-04.47.", "10.1695/s41586-04.47", ""),
        ("A. B. Title. 1993. arXiv: 1912. 70677.", "", "1912.70677"),
    ],
)
def test_an_id_that_was_spaced_to_fill_a_line_is_read(text: str, doi: str, arxiv_id: str) -> None:
    entry = parse(text)
    assert (entry.doi.lower(), entry.arxiv_id) == (doi, arxiv_id)


def test_a_dash_stands_for_the_authors_of_the_entry_before() -> None:
    page = bibliography([
        "Smith, John A. and Jane Doe (1998). \u201cOn sleep\u201d. In: Annals 1, pp. 2-3.",
        "\u2014 (1999). \u201cOn dreams\u201d. In: Annals 2, pp. 2-3.",
        "Zhang, Wei (2001). \u201cOn fish\u201d. In: Annals 3, pp. 2-3.",
    ])  # fmt: skip
    text = Sheet().text(*FILLER, "as Smith and Doe (1999) say").page()
    found = Structure([text, page])
    assert found.references[1].authors == found.references[0].authors
    assert [item.title for item in found.references] == ["On sleep", "On dreams", "On fish"]
    [mention] = found.mentions(0)
    assert mention.target is not None and "On dreams" in mention.target.text


def test_a_page_number_is_no_year_and_a_journal_no_title() -> None:
    entry = parse(
        "Silva, A. P. 2003, Journal of Applied Studies, 89, 1648, doi: 10.5465/science.87"
    )
    assert (entry.year, entry.title) == ("2003", "")
    assert parse("Chen, D. 1973, in Proceedings of the Studies, 263\u2013272").title == ""


@pytest.mark.parametrize("title", ["Riferimenti bibliografici", "Referencias", "Literaturliste"])
def test_a_bibliography_is_announced_in_other_languages(title: str) -> None:
    entries = ["Rossi, A. (2001). La prima. Annali 1.", "Verdi, B. (2002). La seconda. Annali 2."]
    found = Structure([Sheet().text(*FILLER).page(), bibliography(entries, title)])
    assert [item.year for item in found.references] == ["2001", "2002"]


def test_labels_are_raised_before_names_with_particles() -> None:
    entries = [
        "^1^van der Berg, J. The first. Annals 1 (2001).",
        "^2^\u00d8rsted, N. More. Annals 2 (2002).",
    ]
    found = Structure([Sheet().text(*FILLER).page(), bibliography(entries)])
    assert [item.label for item in found.references] == ["1", "2"]


def test_a_name_is_found_without_its_particles() -> None:
    entries = ["Berg, Jan van der and Klaus von Neumann (1977). \u201cOn fish\u201d. In: Annals 3.",
               "Zhang, Wei (2001). \u201cOn sleep\u201d. In: Annals 3, pp. 2-3."]  # fmt: skip
    text = Sheet().text(*FILLER, "as Berg and Neumann (1977) say").page()
    [mention] = Structure([text, bibliography(entries)]).mentions(0)
    assert mention.target is not None and "On fish" in mention.target.text
