"""Figures of finding: reading the text, keeping it, a query; MuPDF's own search beside them.

    python tests/benchmarks/find_bench.py [FILE.pdf ...]

Without a file a book of 350 pages is made.

Of hard patterns it prints in milliseconds, medians but for the worst:
    re         the floor: Python's `re` over one reading of the text, as it is, spans only
    whole      the whole document in one search
    x          how often the floor fits into that
    worst      the slowest of these
    processor  time of all threads in one of these
    first      the first answer in the window: some pages from the reader's, here the middle, on
    steps      all answers in the window, each going on from the one before, until the last is there
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf

from reader.domain.errors import InputError
from reader.library.text_cache import TextCache
from reader.pdf.engine import Engine
from reader.pdf.finding import Query
from reader.services.texts import Answer, DocumentText, Texts
from reader.ui.viewer import find

_ROUNDS = 9
# Patterns that are found very often, are tried at every letter, or need a time limit.
_HARD = (
    "e", ".", ".*", r"\w+", r"\s", "[^ ]+", "a|e|i|o|u", r"\b[a-z]", r"\b\w+ \w+", r"(?:\w+ ){3}",
    "[a-z]+ing", r"\w+tion", r"[A-Z]\w+ \w+tion", "[a-z]+-[a-z]+", r"(\w+) \1", r"\b(\w+) \1\b",
    r"(\w)\1", r"\w+(?= of)", r"(?<=the )\w+", r"(?!the)\b\w{3}\b", r"\b\w{12,}\b", r"\W+",
    r"\bthe\b.*?\bof\b", r"(theorem|lemma) \d+", "(a+)+$", r"(\w+\s?)*x",
)  # fmt: skip
_WAIT = 600


def generated(folder: Path, pages: int = 350) -> Path:
    """A book of dense text."""
    doc = pymupdf.open()
    words = "Reading papers all day long needs a quick and quiet page, pre-\ntrained. " * 40
    for number in range(pages):
        page = doc.new_page(width=420, height=600)
        page.insert_textbox(pymupdf.Rect(40, 40, 380, 560), f"{number + 1}. {words}", fontsize=9)
    path = folder / "generated.pdf"
    doc.save(path, deflate=True)
    return path


def best(work: Callable[[], object], rounds: int = _ROUNDS) -> tuple[float, float]:
    """(median, worst) seconds."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), max(times)


def say(text: str, seconds: float, more: str = "") -> None:
    sys.stdout.write(f"  {text:<46}{seconds * 1000:9.1f} ms  {more}\n")
    sys.stdout.flush()


def frequent(text: DocumentText) -> list[str]:
    """The commonest word of a document, one that is rare in it, and a part of a word."""
    counts: dict[str, int] = {}
    for page in text.book.pages:
        for word in page.joined.text.lower().split() if page else ():
            if word.isalpha() and len(word) > 2:
                counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: counts[word])
    return [ranked[-1], ranked[0], ranked[len(ranked) // 2][:3]] if ranked else ["the"]


def mupdf_search(path: Path, word: str) -> float:
    """Median seconds of MuPDF's own search over all pages, their text pages made beforehand."""
    pages = [page.get_textpage() for page in pymupdf.open(path)]
    return best(lambda: [page.search(word) for page in pages])[0]


def in_steps(texts: Texts, text: DocumentText, query: Query) -> tuple[float, float]:
    """Seconds to the first and to the last answer, asked for as the window does."""
    pages, ahead, first = len(text.book.pages), find._FIRST, 0.0
    known: Answer | None = None
    start = time.perf_counter()
    while ahead < pages:
        part = {(pages // 2 + step) % pages for step in range(ahead)}
        known = texts.find(text, query, part, known).result(_WAIT)
        first = first or time.perf_counter() - start
        ahead *= find._MORE
    texts.find(text, query, None, known).result(_WAIT)
    last = time.perf_counter() - start
    return first or last, last


def measure_pattern(texts: Texts, text: DocumentText, query: Query) -> None:
    """Print how long a pattern takes, in one search and as the window asks for it."""
    name = f"  {query.text:<22}"
    try:
        count = len(texts.find(text, query).result(_WAIT).found)
    except InputError as error:
        median, _ = best(lambda: texts.find(text, query).exception(_WAIT), 1)
        sys.stdout.write(f"{name}{median * 1000:16.1f}  {error.message}\n")
        return
    plain = "\n".join(page.joined.text for page in text.book.pages if page)
    floor, _ = best(lambda: [place.span() for place in re.finditer(query.text, plain)])
    start = time.process_time()
    whole, worst = best(lambda: texts.find(text, query).result(_WAIT))
    busy = (time.process_time() - start) / _ROUNDS
    steps = [in_steps(texts, text, query) for _ in range(_ROUNDS)]
    first, last = (statistics.median(times) for times in zip(*steps, strict=True))
    figures = "".join(f"{seconds * 1000:10.1f}" for seconds in (worst, busy, first, last))
    floors = f"{floor * 1000:8.1f}{whole * 1000:8.1f}{whole / floor:6.1f}"
    sys.stdout.write(f"{name}{floors}{figures}{count:10}\n")
    sys.stdout.flush()


def measure(path: Path, folder: Path) -> None:
    engine = Engine()
    texts = Texts(engine, TextCache(folder))
    try:
        doc = engine.open(path).result(_WAIT)
        sys.stdout.write(f"{path.name}, {doc.info.pages} pages\n")
        start = time.perf_counter()
        text = texts.read(doc).result(_WAIT)
        reading = time.perf_counter() - start
        say("read in the background", reading, f"{reading / doc.info.pages * 1000:.1f} ms a page")
        texts.close()
        texts = Texts(engine, TextCache(folder))
        start = time.perf_counter()
        text = texts.read(doc).result(_WAIT)
        say("the next time, from cache.db", time.perf_counter() - start)
        say("  cache.db", 0.0, f"{(folder / 'cache.db').stat().st_size >> 10} KB")
        for word in frequent(text):
            queries = (
                Query(word),
                Query(word, words=True),
                Query(word, case=True),
                Query(rf"\b{word}", regex=True),
            )
            raw = mupdf_search(path, word)
            for query in queries:
                count = len(texts.find(text, query).result(_WAIT).found)
                median, worst = best(lambda query=query: texts.find(text, query).result(_WAIT))
                options = [name for name in ("words", "case", "regex") if getattr(query, name)]
                name = f"{query.text} {' '.join(options)}"
                say(name, median, f"{count} places, worst {worst * 1000:.1f}, {median / raw:.2f} x")
            say("  MuPDF's own search of all pages", raw)
        columns = ("worst", "processor", "first", "steps", "places")
        heads = f"{'re':>8}{'whole':>8}{'x':>6}{''.join(f'{name:>10}' for name in columns)}"
        sys.stdout.write(f"  {'hard patterns':<22}{heads}\n")
        for pattern in _HARD:
            measure_pattern(texts, text, Query(pattern, regex=True))
    finally:
        engine.close()
        texts.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(name) for name in sys.argv[1:]] or [generated(Path(folder))]
        for number, file in enumerate(files):
            place = Path(folder) / str(number)
            place.mkdir()
            measure(file, place)


if __name__ == "__main__":
    main()
