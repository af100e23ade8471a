"""Articles set by LaTeX in several ways, with the true place of every sentence.

The words are the abstracts of the seed page.  Each sentence stands between two
named destinations of the PDF, so its place is known without looking at its text.
"""

from __future__ import annotations

import random
import re
import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.formats import detect

SEED = Path(__file__).parents[3] / "seeds" / "trending-papers-jun-11.txt"
_SPECIAL = re.compile(r"[\\{}$&#_^~%]")
_END = re.compile(r"(?<=[a-z)][.!?]) +(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its number, which it keeps through all versions."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """What is set, and how.  Paragraphs of sentences under headings."""

    paragraphs: tuple[tuple[Sentence, ...], ...]
    options: str = "10pt,twocolumn"
    geometry: str = "a4paper,margin=20mm"
    preamble: str = ""
    first: str = ""  # before the text: a title page, a table of contents
    notes: bool = True  # footnotes and figures between the paragraphs


@dataclass(slots=True)
class Writing:
    """Makes paragraphs and changes them; the same numbers give the same words."""

    random: random.Random = field(default_factory=lambda: random.Random(4))

    def paragraphs(self, count: int) -> tuple[tuple[Sentence, ...], ...]:
        """Paragraphs of real sentences."""
        data = SEED.read_bytes()
        papers = detect(data, SEED.name).parse(data, SEED.name).papers
        numbers = iter(range(100_000))
        return tuple(
            tuple(Sentence(next(numbers), text) for text in _sentences(paper.abstract))
            for paper in papers[:count]
        )

    def edited(
        self, paragraphs: tuple[tuple[Sentence, ...], ...], *, changed: float, gone: float
    ) -> tuple[tuple[Sentence, ...], ...]:
        """A second version: words put in, taken out, replaced; sentences gone and new ones."""
        made: list[tuple[Sentence, ...]] = []
        new = iter(range(500_000, 600_000))
        for paragraph in paragraphs:
            kept: list[Sentence] = []
            for sentence in paragraph:
                chance = self.random.random()
                if chance < gone:
                    continue
                if chance < gone + changed:
                    sentence = replace(sentence, text=self._edit(sentence.text))
                kept.append(sentence)
                if self.random.random() < changed / 3:
                    other = self.random.choice(self.random.choice(paragraphs))
                    words = other.text.rstrip(".").split()
                    self.random.shuffle(words)
                    kept.append(Sentence(next(new), " ".join(words).capitalize() + "."))
            made.append(tuple(kept))
        return tuple(made)

    def _edit(self, text: str) -> str:
        words = text.split()
        for _ in range(self.random.choice((1, 1, 2))):
            at = self.random.randrange(len(words))
            match self.random.randrange(3):
                case 0:
                    words.insert(at, self.random.choice(("however", "often", "in practice")))
                case 1:
                    words[at] = self.random.choice(("novel", "simple", "strong", "various"))
                case _:
                    words[at : at + self.random.choice((1, 2))] = []
        return " ".join(words) or text

    def twins(
        self, paragraphs: tuple[tuple[Sentence, ...], ...]
    ) -> tuple[tuple[Sentence, ...], ...]:
        """Sentences that stand twice, nearly twice, and pairs of which only a word differs."""
        numbers = iter(range(200_000, 300_000))
        made = [list(paragraph) for paragraph in paragraphs]
        for at in range(0, len(made) - 3, 2):
            source = made[at][len(made[at]) // 2]
            made[at + 3].insert(1, Sentence(next(numbers), source.text))
        for at in range(1, len(made), 2):
            share, other = self.random.randrange(60, 99), self.random.randrange(10, 50)
            text = (
                "Variant {} of the baseline reaches {} percent on the held-out split after tuning."
            )
            made[at].insert(1, Sentence(next(numbers), text.format("A", share)))
            made[at].insert(2, Sentence(next(numbers), text.format("B", other)))
        return tuple(tuple(paragraph) for paragraph in made)


def _sentences(abstract: str) -> list[str]:
    plain = _SPECIAL.sub(" ", abstract.replace("--", " ").replace('"', " "))
    plain = " ".join(plain.encode("ascii", "ignore").decode().split())
    return [text for text in _END.split(plain) if len(text) > 30]


def source(article: Article) -> str:
    """The article as LaTeX."""
    body: list[str] = []
    for number, paragraph in enumerate(article.paragraphs):
        if number % 4 == 0:
            body.append(rf"\section{{Findings of group {number // 4 + 1}}}")
        sentences = " ".join(
            rf"\mk{{a{item.number}}}{_tex(item.text)}\mk{{b{item.number}}}" for item in paragraph
        )
        if article.notes and number % 5 == 2:
            sentences += rf"\footnote{{See also the remarks on group {number} in the appendix.}}"
        body.append(sentences)
        if article.notes and number % 7 == 3:
            body.append(
                r"\begin{figure}[t]\centering\rule{60mm}{25mm}"
                rf"\caption{{An overview of what was measured in group {number}.}}\end{{figure}}"
            )
    text = "\n\n".join(body)
    return (
        rf"\documentclass[{article.options}]{{article}}"
        rf"\usepackage[{article.geometry}]{{geometry}}"
        r"\pdfcompresslevel=9 \newcommand{\mk}[1]{\leavevmode\pdfdest name {#1} xyz\relax}"
        rf"{article.preamble}\begin{{document}}{article.first}" + "\n" + text + r"\end{document}"
    )


def _tex(text: str) -> str:
    return text.replace('"', "''").replace("<", "$<$").replace(">", "$>$").replace("|", "$|$")


def typeset(article: Article, path: Path) -> Path:
    """Set an article; the PDF's path."""
    tex = path.with_suffix(".tex")
    tex.write_text(source(article))
    command = ["pdflatex", "-interaction=batchmode", "-output-directory", path.parent, tex]
    codes = [subprocess.run(command, capture_output=True, check=False).returncode for _ in "12"]
    if any(codes):
        raise SystemExit(path.with_suffix(".log").read_text(errors="replace")[-2000:])
    return path.with_suffix(".pdf")
