"""Hyphens at line ends: the document's own words say which are the word's."""

from __future__ import annotations

import pytest

from reader.domain.annotation import PageGeometry
from reader.domain.marking import Annotation, Kind, Part
from reader.pdf.evidence import evidence, quote_of
from reader.pdf.hyphens import Words
from tests.pdf.test_pdf_text import page


@pytest.mark.parametrize(
    "cut, elsewhere, expected",
    [
        ("the state-of-the-\nart method", "", "the state-of-the-art method"),
        ("a well-\nknown result", "it is well-known that", "a well-known result"),
        ("a well-\nknown result", "WELL\u2010KNOWN", "a well-known result"),
        ("the of-\nthe case", "a state-of-the-art way", "the of-the case"),
        ("the trans-\nformer", "another transformer", "the transformer"),
        ("the trans-\nformer", "", "the transformer"),
        ("one pre-\ntraining", "pretraining and pretraining, or pre-training", "one pretraining"),
        ("a long-\nterm plan", "for a long time a term ends", "a long-term plan"),
        ("it is in-\nformation", "in the formation", "it is information"),
        ("the k-\nmeans", "", "the k-means"),
        ("an LSTM-\nbased net", "", "an LSTM-based net"),
        ("a 3-\nfold split", "", "a 3-fold split"),
        ("U-\nNet", "", "U-Net"),
        ("THE TRANS-\nFORMER", "a transformer", "THE TRANSFORMER"),
        ("soft\u00ad\nly spoken", "soft-ly", "softly spoken"),
        # What is cut by a line's end elsewhere says nothing.
        ("a data-\nbase", "some data-\nbase here", "a database"),
    ],
)
def test_the_documents_words_tell_a_hyphen_from_a_hyphenation(
    cut: str, elsewhere: str, expected: str
) -> None:
    # GIVEN a word cut by a line's end, and how it is written on another page
    words = Words()
    text, other = page(cut), page(elsewhere or ".")
    text.share(words, 0)
    other.share(words, 1)
    # WHEN it is copied THEN the hyphen is there where it is the word's own
    assert text.copy(0, len(text.chars)) == expected


def test_a_page_by_itself_is_asked_too_and_is_learnt_once() -> None:
    text = page("a well-\nknown thing", "which is well-known")
    assert text.copy(0, 18) == "a well-known thing"
    words = Words()
    for _ in range(3):  # as a page that is read again and again
        page("joined").share(words, 0)
    page("join-ed join-ed").share(words, 1)
    assert words.keep("join-", "ed")


def test_a_quote_keeps_the_hyphens_that_are_real() -> None:
    # GIVEN a highlight over a line's end
    text = page("we show the state-of-the-\nart method here")
    quads = tuple(
        PageGeometry().rect_to_quad(rect) for rect in text.rects(12, text.chars.index(" method"))
    )
    # WHEN its evidence is taken
    found = evidence({0: text}.get, lambda _: PageGeometry(), Kind.HIGHLIGHT, (Part(0, quads),))
    # THEN the quote reads as it was meant, and says where it begins
    kept = found.kept_by(Annotation(Kind.HIGHLIGHT, (Part(0, quads),)))
    assert (kept.quote, kept.before, kept.after) == (
        "state-of-the-art", "we show the ", " method here",
    )  # fmt: skip
    assert kept.parts[0].at == 12


def test_a_word_cut_by_the_end_of_a_column_or_page_is_quoted_whole() -> None:
    # GIVEN a highlight over two columns and a page's end, with words cut at both
    first = page("it is represen-", "ted, and a well-")
    second = page("known thing -", "and more", "which is well-known")
    words = Words()
    first.share(words, 0)
    second.share(words, 1)
    runs = [(0, first, (0, len(first.chars))), (1, second, (0, second.chars.index(" more")))]
    # WHEN it is quoted THEN each word is whole with the hyphen that is its own, and a dash is one
    assert quote_of(runs) == "it is represented, and a well-known thing -\nand"
