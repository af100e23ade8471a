"""Given PDFs saved anew, with pages before, cut otherwise, and set anew in one column.

The truth is a sentence that stands once in both files.
"""

from __future__ import annotations

import html
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pymupdf

from reader.domain.marking import Annotation, Kind
from reader.pdf.anchor import Replacer, occurrences, squeeze
from reader.pdf.anchor.places import letters_under, parts_of
from reader.pdf.engine import Engine
from reader.pdf.evidence import evidence
from tests.benchmarks.anchoring.judging import Score
from tests.benchmarks.anchoring.truth import Text

_SENTENCE = re.compile(r"(?<=[a-z][.!?] )[A-Z][^.!?]{40,300}[.!?]")
_MARKS = 60  # a file
_PAGES = 60  # of a book


def transformed(
    engine: Engine, path: Path, folder: Path
) -> Iterator[tuple[str, Score, Score, float]]:
    """(name, scores with and without the old text, milliseconds an annotation)."""
    name = path.stem[:18]
    source = folder / f"{name}.pdf"
    with pymupdf.open(path) as doc:
        doc.select(range(min(doc.page_count, _PAGES)))
        doc.save(source)
    old = Text(engine, source)
    marks = list(_marks(old))
    for title, change in (
        ("saved anew", _saved), ("pages before", _later), ("cut, shifted", _cut),
        ("one column", _set_anew),
    ):  # fmt: skip
        target = folder / f"{name} {title}.pdf"
        change(source, target)
        new = Text(engine, target)
        start = time.perf_counter()
        known = _judge(old, new, marks, old_known=True)
        took = (time.perf_counter() - start) / max(len(marks), 1) * 1000
        yield f"{name}: {title}", known, _judge(old, new, marks, old_known=False), took


def _marks(old: Text) -> Iterator[tuple[str, Annotation]]:
    """Highlights of sentences that stand once, and now and then of some words of one."""
    chance = random.Random(11)
    whole = [
        found.group()
        for page in old.pages
        for found in _SENTENCE.finditer(" ".join(page.copy(0, len(page.chars)).split()))
    ]
    chance.shuffle(whole)
    made: int = 0
    for number, sentence in enumerate(whole):
        letters = squeeze(sentence)
        if made >= _MARKS or list(occurrences(old.side.letters.text, letters))[1:]:
            continue
        at = old.side.letters.text.find(letters)
        if at < 0:
            continue
        words = sentence.split()
        part = squeeze(" ".join(words[2:5])) if number % 3 == 0 else letters
        start = at + letters.index(part)
        parts = parts_of(old.side, [(start, start + len(part))])
        found = evidence(old.page_of, old.frames.__getitem__, Kind.HIGHLIGHT, parts)
        made += 1
        yield (
            letters,
            Annotation(
                Kind.HIGHLIGHT, parts, quote=found.quote, before=found.before, after=found.after
            ),
        )


def _judge(old: Text, new: Text, marks: list[tuple[str, Annotation]], *, old_known: bool) -> Score:
    replacer = Replacer(new.side, old.side if old_known else None, "new")
    score = Score()
    for letters, mark in marks:
        places = list(occurrences(new.side.letters.text, letters))
        sort = "sentence" if squeeze(mark.quote) == letters else "phrase"
        outcome = replacer.place(mark)
        if outcome.how == "unplaced":
            score.counts[sort, "handed" if places else "gone"] += 1
            continue
        if len(places) != 1:
            continue  # the truth is not known
        start = places[0] + letters.index(squeeze(mark.quote))
        under = letters_under(new.side, outcome.annotation.parts)
        wanted = (start, start + len(squeeze(mark.quote)))
        right = under is not None and max(map(_apart, under, wanted)) <= 3
        score.counts[sort, "right" if right else "wrong"] += 1
        if not right:
            score.wrong.append(f"{mark.quote!r} at {under} truth {wanted}")
    return score


def _apart(one: int, other: int) -> int:
    return abs(one - other)


def _saved(source: Path, target: Path) -> None:
    with pymupdf.open(source) as doc:
        doc.save(target, garbage=4, clean=True, deflate=True)


def _later(source: Path, target: Path) -> None:
    with pymupdf.open(source) as doc:
        doc.new_page(0)
        doc.new_page(0).insert_text((72, 72), "A cover page of the publisher.")
        doc.save(target)


def _cut(source: Path, target: Path) -> None:
    with pymupdf.open(source) as doc:
        for page in doc:
            box = page.mediabox
            page.set_mediabox(pymupdf.Rect(box.x0 - 30, box.y0 - 20, box.x1, box.y1))
        doc.save(target)


def _set_anew(source: Path, target: Path) -> None:
    """The text of the blocks, one column, another font and size."""
    with pymupdf.open(source) as doc:
        blocks = [block[4] for page in doc for block in page.get_text("blocks") if block[6] == 0]
    text = "".join(f"<p>{html.escape(' '.join(block.split()))}</p>" for block in blocks)
    text = re.sub(r"(?<=[a-z])- (?=[a-z])", "", text)
    story = pymupdf.Story(text, user_css="p {font-family: serif; font-size: 12px; margin: 6px 0}")
    writer = pymupdf.DocumentWriter(str(target))
    more = 1
    while more:
        device = writer.begin_page(pymupdf.Rect(0, 0, 420, 600))
        more, _ = story.place(pymupdf.Rect(50, 60, 370, 550))
        story.draw(device)
        writer.end_page()
    writer.close()
