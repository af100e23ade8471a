"""How many annotations find their place again in another file: right, wrong, handed to the reader.

    python tests/benchmarks/anchor_bench.py [-v] [FILE.pdf ...]

Articles are set by LaTeX in two columns, annotated, and set anew in other ways;
the truth is in the files (see anchoring/articles.py).  PDFs that are named are
saved anew, get pages before them, and are set anew in one column from their own
text; there a sentence that stands once in both is the truth.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pymupdf

from reader.pdf.engine import Engine
from tests.benchmarks.anchoring.articles import Article, Writing, typeset
from tests.benchmarks.anchoring.judging import Highlight, Score, highlights, judge
from tests.benchmarks.anchoring.papers import transformed
from tests.benchmarks.anchoring.truth import Text

_MARKS = 260
_SORTS = ("sentence", "phrase", "words", "note")
_COVER = r"\title{A Cover}\author{Somebody}\maketitle\tableofcontents\clearpage "


def settings(base: Article, writing: Writing) -> Iterator[tuple[str, Article]]:
    """Every way in which the article is set anew."""
    yield (
        "other margins",
        replace(base, geometry="a4paper,left=28mm,right=14mm,top=30mm,bottom=24mm"),
    )
    yield "one column", replace(base, options="11pt")
    yield "12 points, letter paper", replace(base, options="12pt,twocolumn", geometry="letterpaper")
    yield "pages before", replace(base, first=_COVER + r"\null\clearpage ")
    yield "line numbers", replace(base, options="11pt", preamble=r"\usepackage{lineno}\linenumbers")
    heads = r"\usepackage{fancyhdr}\pagestyle{fancy}\fancyhead[L]{Journal of Things}\fancyhead[R]{A. Author et al.}"
    yield "running heads, ragged", replace(base, preamble=heads + r"\AtBeginDocument{\raggedright}")
    yield "Times, no footnotes", replace(base, preamble=r"\usepackage{mathptmx}", notes=False)
    light = writing.edited(base.paragraphs, changed=0.15, gone=0.05)
    yield "version 2, light edits", replace(base, paragraphs=light)
    heavy = writing.edited(base.paragraphs, changed=0.5, gone=0.2)
    yield "version 2, heavy edits", replace(base, paragraphs=heavy)
    yield "heavy edits, one column", replace(base, paragraphs=heavy, options="11pt")
    order = list(light)
    writing.random.shuffle(order)
    yield "paragraphs in another order", replace(base, paragraphs=tuple(order))


def resaved(path: Path, target: Path) -> Path:
    with pymupdf.open(path) as doc:
        doc.save(target, garbage=4, clean=True, deflate=True)
    return target


def sentences(article: Article) -> dict[int, str]:
    return {item.number: item.text for part in article.paragraphs for item in part}


def articles(engine: Engine, folder: Path) -> Iterator[tuple[str, Score, Score, float]]:
    """(name, scores with and without the old text, milliseconds an annotation)."""
    writing = Writing()
    base = Article(writing.twins(writing.paragraphs(56)))
    old = Text(engine, typeset(base, folder / "old.pdf"))
    before = sentences(base)
    marks = list(highlights(old, before, _MARKS))
    new = Text(engine, resaved(old.path, folder / "resaved.pdf"))
    yield "saved anew", *_both(old, new, before, before, marks)
    for number, (name, article) in enumerate(settings(base, writing)):
        new = Text(engine, typeset(article, folder / f"new{number}.pdf"))
        yield name, *_both(old, new, before, sentences(article), marks)


def _both(
    old: Text, new: Text, before: dict[int, str], after: dict[int, str], marks: list[Highlight]
) -> tuple[Score, Score, float]:
    truth = new.sentences(after)
    start = time.perf_counter()
    known = judge(old, new, before, after, truth, marks, old_known=True)
    took = (time.perf_counter() - start) / max(len(marks), 1) * 1000
    return known, judge(old, new, before, after, truth, marks, old_known=False), took


def say(name: str, known: Score, alone: Score, took: float, verbose: bool) -> None:
    for title, score in (("old text known", known), ("evidence only", alone)):
        right, wrong, gone, handed = score.row()
        total = max(right + wrong + handed, 1)
        sorts = "  ".join("{}/{}/{}".format(*_three(score, sort)) for sort in _SORTS)
        sys.stdout.write(
            f"{name:<34}{title:<16}{100 * right / total:6.1f} % right {wrong:3d} wrong "
            f"{handed:4d} to the reader  {gone:3d} gone seen   {sorts}  {took:5.1f} ms\n"
        )
        if verbose:
            for line in score.wrong:
                sys.stdout.write(f"    WRONG {line[:400]}\n")
    sys.stdout.flush()


def _three(score: Score, sort: str) -> tuple[int, int, int]:
    right, wrong, _, handed = score.row(sort)
    return right, wrong, handed


def main() -> int:
    """Print the table; 1 when anything was placed wrong."""
    verbose = "-v" in sys.argv
    files = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    wrong = 0
    engine = Engine()
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        try:
            rounds = [articles(engine, Path(folder))]
            rounds += [transformed(engine, file, Path(folder)) for file in files]
            for rows in rounds:
                for name, known, alone, took in rows:
                    say(name, known, alone, took, verbose)
                    wrong += known.row()[1] + alone.row()[1]
        finally:
            engine.close()
    sys.stdout.write(f"placed wrong: {wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
