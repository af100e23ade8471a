"""From words to places on pages and back, and what is written down of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from reader.domain.annotation import PageGeometry
from reader.domain.marking import Annotation, Kind, Part
from reader.pdf.anchor import Letters, Outcome, Replacer, Side
from reader.pdf.anchor.letters import letters_of
from reader.pdf.anchor.places import letters_under, parts_of
from reader.pdf.evidence import evidence
from reader.pdf.text import PageText
from tests.pdf.structure.sheet import Sheet

PROSE = (
    "The measure of certainty is what counts in all of", "this, and a place that is not certain is handed to",
    "the reader. Another sentence stands here and says", "nothing at all of interest to anyone who is read-",
    "ing it today, while the next one goes on for a long", "time until it ends, as all of them have to do once.",
)  # fmt: skip
MORE = (
    "In the second part there are other words which do", "not repeat a thing of what was said in the first of",
    "the parts, so that nothing is to be mistaken for it.",
)  # fmt: skip


def side(pages: Sequence[PageText | None], frame: PageGeometry | None = None) -> Side:
    """A document of these pages."""

    def page_of(page: int) -> PageText | None:
        return pages[page] if 0 <= page < len(pages) else None

    steps = letters_of(len(pages), page_of)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return Side(end.value, page_of, lambda _page: frame or PageGeometry())


def page(*blocks: Sequence[str], x: float = 72, size: float = 10, y: float = 60) -> PageText:
    sheet = Sheet(y)
    for lines in blocks:
        sheet.text(*lines, x=x, size=size, gap=14)
    return sheet.page()


def mark(where: Side, words: str, kind: Kind = Kind.HIGHLIGHT) -> Annotation:
    """An annotation over words (without spaces), as the viewer would make it."""
    at = where.letters.text.index(words)
    parts = parts_of(where, [(at, at + len(words))])
    found = evidence(where.page_of, where.frame_of, kind, parts)
    return Annotation(
        kind, parts, quote=found.quote, before=found.before, after=found.after, sha256="old"
    )


def words_under(where: Side, annotation: Annotation) -> str:
    under = letters_under(where, annotation.parts)
    return where.letters.text[under[0] : under[1]] if under else ""


@pytest.mark.parametrize(
    "frame",
    [
        PageGeometry(),
        PageGeometry((20.0, 10.0, 500.0, 700.0), 90),
        PageGeometry((-5.0, 0.0, 600.0, 800.0), 180),
        PageGeometry((0.0, 0.0, 612.0, 792.0), 270),
    ],
)
def test_quads_lead_to_the_words_and_back_however_a_page_is_turned(frame: PageGeometry) -> None:
    # GIVEN a sentence over a divided word
    where = side([page(PROSE)], frame)
    annotation = mark(where, "anyonewhoisreadingittoday")
    # THEN there is a quad a line, and under them are the very words
    assert [len(part.quads) for part in annotation.parts] == [2]
    assert words_under(where, annotation) == "anyonewhoisreadingittoday"
    # AND the evidence reads as a person would copy it
    assert annotation.quote == "anyone who is reading it today"
    assert annotation.before.endswith("of interest to ")
    assert annotation.after.startswith(", while the next one")
    assert len(annotation.before) == len(annotation.after) == 32


def test_the_context_goes_on_on_the_next_page() -> None:
    where = side([page(PROSE), page(MORE)])
    last = mark(where, "havetodoonce.")
    assert last.after == " In the second part there are ot"
    assert mark(where, "Inthesecond").before.endswith("all of them have to do once. ")


def test_a_page_without_text_gives_no_evidence() -> None:
    where = side([None, Sheet().page()])
    part = Part(1, ((10, 20, 30, 20, 10, 10, 30, 10),))
    for kind in Kind:
        assert evidence(where.page_of, where.frame_of, kind, (part,)).quote == ""


def test_line_numbers_are_no_letters() -> None:
    # GIVEN a page whose lines are numbered beside the text
    sheet = Sheet(60)
    for row, line in enumerate((*PROSE, *MORE)):
        top = sheet.y
        sheet.text(str(row + 1), x=40)
        sheet.y = top
        sheet.text(line)
    # THEN the text runs on without the numbers, and no quad lies on one
    where = side([sheet.page()])
    annotation = mark(where, "countsinallofthis,andaplace")
    assert len(annotation.parts[0].quads) == 2
    assert all(quad[0] >= 72 for quad in annotation.parts[0].quads)


def place(old: Side | None, new: Side, annotation: Annotation) -> Outcome:
    return Replacer(new, old, "new").place(annotation)


def test_a_page_that_is_the_same_keeps_its_places_as_they_are() -> None:
    # GIVEN the same page, and marks whose quads are their own
    old, new = side([page(PROSE, MORE)]), side([page(PROSE, MORE)])
    high = mark(old, "Anothersentence")
    taller = replace(high, parts=(Part(0, ((70, 700, 200, 700, 70, 600, 200, 600),)),))
    note = replace(high, kind=Kind.NOTE, quote="", parts=(Part(0, ((5, 9, 7, 9, 5, 3, 7, 3),)),))
    for annotation in (high, taller, note):
        # WHEN they are placed THEN nothing of them changes but the file they are of
        outcome = place(old, new, annotation)
        assert outcome.how == "stayed"
        assert outcome.annotation == replace(annotation, sha256="new")


@pytest.mark.parametrize("known", [True, False])
def test_words_that_were_set_anew_are_found_where_they_are_now(known: bool) -> None:
    # GIVEN the text with other line ends, another size, on another page, over its end
    flat = " ".join(PROSE).replace("read- ing", "reading").split()
    lines = [" ".join(flat[at : at + 4]) for at in range(0, len(flat), 4)]
    old = side([page(PROSE, MORE)])
    new = side([page(MORE), page(lines[:6], size=14), page(lines[6:], size=14)])
    annotation = mark(old, "Anothersentencestandshereandsaysnothingatall")
    # WHEN it is placed
    outcome = place(old if known else None, new, annotation)
    # THEN it is one annotation over both pages, with the evidence of the new file
    assert outcome.how == "moved"
    assert [part.page for part in outcome.annotation.parts] == [1, 2]
    assert words_under(new, outcome.annotation) == "Anothersentencestandshereandsaysnothingatall"
    assert outcome.annotation.sha256 == "new"
    assert outcome.annotation.quote == annotation.quote


def test_case_and_accents_are_folded_only_when_needed() -> None:
    # GIVEN a quote that a file without accents and with capitals repeats
    old = side([page(("A naïve café is what counts for all of the people",), PROSE)])
    new = side([page(("A NAIVE CAFE is what counts for all of the people",), PROSE, MORE)])
    annotation = mark(old, "nai\u0308vecafe\u0301iswhatcountsforall")
    outcome = place(old, new, annotation)
    assert words_under(new, outcome.annotation) == "NAIVECAFEiswhatcountsforall"


def test_what_is_gone_keeps_its_place_of_before_and_waits() -> None:
    old, new = side([page(PROSE, MORE)]), side([page(MORE)])
    annotation = mark(old, "Anothersentencestandshere")
    for known in (old, None):
        outcome = place(known, new, annotation)
        assert outcome.how == "unplaced"
        assert outcome.annotation == replace(annotation, placed=False)


def note(where: Side, words: str, dx: float = -22.0, width: float = 18.0) -> Annotation:
    """A box beside the first letter of some words."""
    at = where.letters.text.index(words)
    number = where.letters.page_at(at)
    text = where.page_of(number)
    assert text is not None
    x, y, _, _ = text.box(where.letters.chars[at])
    quad = where.frame_of(number).rect_to_quad((x + dx, y, x + dx + width, y + 12))
    parts = (Part(number, (quad,)),)
    found = evidence(where.page_of, where.frame_of, Kind.NOTE, parts)
    return Annotation(Kind.NOTE, parts, before=found.before, after=found.after, sha256="old")


def test_a_note_goes_with_the_line_it_stands_beside() -> None:
    # GIVEN a note in the margin, and a file with a page before and the text farther down
    old = side([page(PROSE, MORE)])
    new = side([page(("A cover",)), page(("A heading",), PROSE, MORE)])
    annotation = note(old, "Inthesecond")
    # WHEN it is placed THEN it keeps its distance from the edge, beside the same line
    outcome = place(old, new, annotation)
    assert outcome.how == "moved"
    expected = note(new, "Inthesecond").parts[0]
    assert outcome.annotation.page == 1
    assert outcome.annotation.parts[0].box == pytest.approx(expected.box)
    # AND where only the note itself tells of the old file, it waits for the reader
    assert place(None, new, annotation).how == "unplaced"
    # BUT stays where the words around it are the same
    assert place(None, old, annotation).how == "stayed"


def test_a_note_on_a_changed_word_stays_between_the_words_beside_it() -> None:
    # GIVEN a note over a word in the middle of a line, which another version has changed
    old = side([page(PROSE, MORE)])
    annotation = note(old, "sentencestandshere", dx=2.0)
    words = ("sentence", "remark")
    new = side([page(("A heading",), [line.replace(*words) for line in PROSE], MORE)])
    # WHEN it is placed THEN it is in that line, between the words that are the same
    outcome = place(old, new, annotation)
    assert outcome.how == "moved"
    box = outcome.annotation.parts[0].box
    expected = note(new, "remarkstandshere", dx=2.0).parts[0].box
    assert (box[1], box[3]) == pytest.approx((expected[1], expected[3]))
    assert abs(box[0] - expected[0]) < 30
    # BUT where the line is broken there, it waits for the reader
    broken = [
        *PROSE[:2], "the reader. Another remark", "stands here and says", *PROSE[3:],
    ]  # fmt: skip
    apart = side([page(("A heading",), broken, MORE)])
    assert place(old, apart, annotation).how == "unplaced"


def test_a_shape_around_lines_moves_only_as_a_whole() -> None:
    # GIVEN ink around three lines
    old = side([page(PROSE, MORE)])
    ink = ((70.0, 720.0, 1.0), (320.0, 700.0, 0.5), (75.0, 660.0, 1.0))
    annotation = Annotation(Kind.INK, (Part(0, strokes=(ink,)),), sha256="old")
    # WHEN the lines moved down by a heading THEN the ink moves with them, its pressure kept
    outcome = place(old, side([page(("A heading",), PROSE, MORE)]), annotation)
    assert outcome.how == "moved"
    moved = outcome.annotation.parts[0].strokes[0]
    assert [point[2] for point in moved] == [1.0, 0.5, 1.0]
    assert [a[1] - b[1] for a, b in zip(ink, moved, strict=True)] == pytest.approx([26.0] * 3)
    # BUT when they were broken anew, it would cover something else: the reader is asked
    flat = " ".join(PROSE).replace("read- ing", "reading").split()
    lines = [" ".join(flat[at : at + 5]) for at in range(0, len(flat), 5)]
    assert place(old, side([page(lines, MORE)]), annotation).how == "unplaced"


def test_candidates_come_with_their_certainty() -> None:
    # GIVEN a mark that lost its place, with a sentence like it in the new file
    old = side([page(PROSE, MORE)])
    changed = tuple(line.replace("interest to anyone", "worth to anybody") for line in PROSE)
    new = side([page(MORE, changed)])
    annotation = replace(mark(old, "saysnothingatallofinteresttoanyone"), placed=False)
    lost = replace(annotation, before="", after="")
    # WHEN places are offered THEN the likeliest has its words and a share of certainty
    offered = Replacer(new, None, "new").candidates(lost)
    assert offered[0].quote.startswith("says nothing at all of worth")
    assert 0.2 < offered[0].certainty < 0.9
    # AND for words of which nothing is there, none is offered
    strange = replace(lost, quote="Vollkommen andere Worte als alle hier im Text")
    assert Replacer(new, None, "new").candidates(strange) == []


def test_characters_under_a_rectangle_are_found_by_their_middles() -> None:
    text = page(("one two",))
    x0, y0, _, _ = text.box(0)
    assert text.under([(x0 - 1, y0 - 1, x0 + 14, y0 + 11)]) == [(0, 3)]
    assert text.under([(x0 + 100, y0, x0 + 120, y0 + 10)]) == []


def test_a_document_without_pages_has_no_letters() -> None:
    assert side([]).letters.text == ""
    assert isinstance(side([None]).letters, Letters)
