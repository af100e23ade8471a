"""Papers set by LaTeX in many classes and ways of citing, with links as the truth.

Every entry, caption and heading holds a word of its own, so that what a
mention leads to is known by its words and not by where it stands.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_SOUNDS = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "re", "so", "tu", "vi", "zo")
_WORDS = [
    "the",
    "model",
    "of",
    "these",
    "data",
    "shows",
    "that",
    "a",
    "method",
    "improves",
    "over",
    "what",
    "was",
    "known",
    "before",
    "while",
    "training",
    "with",
    "large",
    "samples",
    "remains",
    "stable",
    "under",
    "noise",
    "and",
    "each",
    "layer",
    "keeps",
    "its",
    "own",
    "weights",
    "so",
    "results",
    "hold",
    "across",
    "seeds",
    "scales",
    "languages",
    "tasks",
    "and",
    "budgets",
    "although",
    "some",
    "gains",
    "shrink",
    "when",
    "prompts",
    "become",
    "longer",
    "or",
    "labels",
    "are",
    "sparse",
]
_NAMES = [
    "Adler",
    "Brandt",
    "Castillo",
    "Dubois",
    "Eriksson",
    "Fischer",
    "Grant",
    "Huang",
    "Ivanov",
    "Jensen",
    "Kumar",
    "Larsen",
    "Moreau",
    "Novak",
    "Okafor",
    "Petrov",
    "Quinn",
    "Rossi",
    "Sato",
    "Tanaka",
    "Ueda",
    "Vargas",
    "Weber",
    "Xu",
    "Yamada",
    "Zhang",
]
_VENUES = ("Journal of Machine Studies", "Annals of Measured Things", "Proceedings of Learning")
_ENTRIES, _THINGS = 36, 9
_GERMAN = {
    "f": ("Abb.", "Abb.", "Abbildung", "Abbildungen"), "t": ("Tab.", "Tab.", "Tabelle", "Tabellen"),
    "e": ("Gl.", "Gln.", "Gleichung", "Gleichungen"),
    "s": ("Abschn.", "Abschn.", "Abschnitt", "Abschnitte"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """One way to set a paper: its class, how it cites, what its words for things are."""

    name: str
    document: str
    preamble: str
    bst: str  # "" for biblatex
    authors: bool = False  # cited by \citet and \citep
    short: bool = False  # "Fig. 3", "Sec. 2"
    german: bool = False  # "Abbildung 3", "Abschnitt 2"
    front: str = r"\title{On Things}\author{A. Author}\date{}\maketitle"


def styles() -> Iterator[Style]:
    """Twenty-one papers: twelve classes, eight ways of citing."""
    wide = r"\usepackage[margin=25mm]{geometry}"
    author_year = r"\usepackage{natbib}"
    numbers = r"\usepackage[numbers,sort&compress]{natbib}"
    raised = r"\usepackage[super,sort&compress]{natbib}"
    yield Style("article-plain", r"\documentclass{article}", wide, "plain")
    yield Style("article-two-unsrt", r"\documentclass[twocolumn]{article}", "", "unsrt", short=True)
    yield Style("article-alpha", r"\documentclass[11pt]{article}", wide, "alpha")
    yield Style("article-numbers", r"\documentclass{article}", wide + numbers, "abbrvnat")
    yield Style(
        "article-raised", r"\documentclass[twocolumn]{article}", raised, "unsrtnat", short=True
    )
    yield Style(
        "article-plainnat", r"\documentclass{article}", wide + author_year, "plainnat", True
    )
    yield Style(
        "article-two-apalike", r"\documentclass[twocolumn]{article}",
        author_year + r"\bibpunct{(}{)}{;}{a}{,}{,}", "apalike", authors=True, short=True,
    )  # fmt: skip
    yield Style(
        "article-square", r"\documentclass{article}",
        wide + r"\usepackage[square]{natbib}", "plainnat", authors=True,
    )  # fmt: skip
    yield Style("ieee", r"\documentclass{IEEEtran}", r"\usepackage{cite}", "IEEEtran", short=True)
    yield Style("ams", r"\documentclass{amsart}", "", "amsplain")
    yield Style("report", r"\documentclass{report}", wide, "plain", front=r"\chapter{Beginnings}")
    yield Style("koma", r"\documentclass{scrartcl}", author_year, "abbrvnat", authors=True)
    yield Style(
        "memoir", r"\documentclass[article]{memoir}",
        numbers + r"\counterwithout{section}{chapter}\setsecnumdepth{subsection}", "plainnat",
    )  # fmt: skip
    yield Style(
        "revtex", r"\documentclass[aps,prl,twocolumn]{revtex4-2}", "", "apsrev4-2", short=True,
        front=r"\title{On Things}\author{A. Author}\affiliation{Here}\maketitle",
    )  # fmt: skip
    yield Style(
        "acm", r"\documentclass[sigconf,nonacm]{acmart}", "", "ACM-Reference-Format",
        front=r"\title{On Things}\author{A. Author}\affiliation{\institution{X}\country{Y}}\maketitle",
    )  # fmt: skip
    yield Style(
        "lncs", r"\documentclass{llncs}", "", "splncs04", short=True,
        front=r"\title{On Things}\author{A. Author}\institute{Here}\maketitle",
    )  # fmt: skip
    yield Style(
        "elsevier", r"\documentclass[5p,twocolumn]{elsarticle}", "", "elsarticle-num",
        front=r"\begin{frontmatter}\title{On Things}\author{A. Author}\end{frontmatter}",
    )  # fmt: skip
    yield Style(
        "mnras", r"\documentclass[usenatbib]{mnras}", "", "mnras", authors=True,
        front=r"\title{On Things}\author[A. Author]{A. Author}\maketitle",
    )  # fmt: skip
    # A manuscript for review: lines counted at the margin and far apart.
    yield Style(
        "manuscript", r"\documentclass[12pt]{article}",
        wide + raised + r"\usepackage{lineno,setspace}\doublespacing\AtBeginDocument{\linenumbers}",
        "unsrtnat",
    )  # fmt: skip
    yield Style(
        "parentheses", r"\documentclass[twocolumn]{article}",
        r"\usepackage[numbers,round,sort&compress]{natbib}\renewcommand{\bibnumfmt}[1]{#1.}",
        "vancouver", short=True,
    )  # fmt: skip
    yield Style(
        "german", r"\documentclass{article}",
        wide + author_year + r"\renewcommand{\figurename}{Abbildung}\renewcommand{\tablename}{Tabelle}"
        r"\renewcommand{\refname}{Literatur}", "agsm", authors=True, german=True,
    )  # fmt: skip


def word(number: int) -> str:
    """A word that no other number has: four syllables."""
    parts: list[str] = []
    for _ in range(4):
        number, at = divmod(number * 5 + 3, len(_SOUNDS))
        parts.append(_SOUNDS[at])
    return "q" + "".join(parts)


@dataclass(slots=True)
class _Writer:
    """Makes the source of one paper; the same seed gives the same words."""

    style: Style
    chance: random.Random
    marks: dict[str, str] = field(default_factory=dict)  # the word of each label

    def mark(self, label: str) -> str:
        return self.marks.setdefault(label, word(len(self.marks)))

    def words(self, count: int) -> str:
        text = " ".join(self.chance.choices(_WORDS, k=count))
        return text[0].upper() + text[1:]

    def pick(self, kind: str, most: int = 1) -> list[str]:
        count = _ENTRIES if kind == "c" else _THINGS
        return [f"{kind}{at}" for at in sorted(self.chance.sample(range(count), most))]

    def cite(self) -> str:
        keys = ",".join(self.pick("c", self.chance.choice((1, 1, 1, 2, 3, 4))))
        if not self.style.authors:
            return rf"~\cite{{{keys}}}"
        if self.chance.random() < 0.4:
            return rf" by \citet{{{keys.partition(',')[0]}}}"
        return rf" \citep{{{keys}}}"

    def reference(self) -> str:
        kind = self.chance.choice("fftteess")
        one, two = self.pick(kind, 2)
        names = {
            "f": ("Fig.", "Figs.", "Figure", "Figures"), "t": ("Tab.", "Tables", "Table", "Tables"),
            "e": ("Eq.", "Eqs.", "Equation", "Equations"),
            "s": ("Sec.", "Secs.", "Section", "Sections"),
        }[kind]  # fmt: skip
        if self.style.german:
            names = _GERMAN[kind]
        single, several = names[:2] if self.style.short else names[2:]
        command = r"\eqref" if kind == "e" else r"\ref"
        form = self.chance.random()
        if form < 0.3:
            joint = "und" if self.style.german else "and"
            return rf"{several}~{command}{{{one}}} {joint} {command}{{{two}}}"
        if form < 0.4 and kind == "e":
            return rf"as {command}{{{one}}} says"
        if form < 0.4 and kind == "s":
            return rf"\S\ref{{{one}}}"
        return rf"{single}~{command}{{{one}}}"

    def sentence(self) -> str:
        form = self.chance.random()
        if form < 0.34:
            return f"{self.words(self.chance.randint(5, 14))}{self.cite()}."
        if form < 0.6:
            return f"{self.words(4)} in {self.reference()}, {self.words(6).lower()}."
        return f"{self.words(self.chance.randint(8, 18))}."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(3, 7)))

    def thing(self, kind: str, at: int) -> str:
        label = f"{kind}{at}"
        if kind == "e":
            return rf"\begin{{equation}} \sum_i a_i^{{{at}}} = \frac{{b}}{{c}} \label{{{label}}} \end{{equation}}"
        said = rf"\caption{{The {self.mark(label)} {self.words(9).lower()}.}}\label{{{label}}}"
        if kind == "f":
            return (
                rf"\begin{{figure}}[tb]\centering\rule{{{2 + at % 4}cm}}{{2cm}}{said}\end{{figure}}"
            )
        rows = r"\\".join(f"{row} & {row * 7} & {row * 3}" for row in range(3, 6))
        return rf"\begin{{table}}[tb]\centering{said}\begin{{tabular}}{{lll}}{rows}\end{{tabular}}\end{{table}}"

    def source(self) -> str:
        parts: list[str] = []
        for at in range(_THINGS):
            level = "section" if at % 3 == 0 else "subsection"
            label = f"s{at}"
            parts.append(rf"\{level}{{About {self.mark(label)}}}\label{{{label}}}")
            for kind in "fte":
                parts += [self.paragraph(), self.thing(kind, at), self.paragraph()]
        end = rf"\bibliographystyle{{{self.style.bst}}}\bibliography{{own}}"
        return "\n\n".join(
            (
                self.style.document, r"\usepackage{amsmath}", self.style.preamble,
                r"\usepackage{hyperref}", r"\begin{document}", self.style.front, *parts, end,
                r"\end{document}",
            )
        )  # fmt: skip

    def entries(self) -> str:
        made: list[str] = []
        for at in range(_ENTRIES):
            people = " and ".join(
                f"{name}, {chr(65 + (at + place) % 26)}."
                for place, name in enumerate(
                    self.chance.sample(_NAMES, self.chance.choice((1, 2, 2, 3, 4)))
                )
            )
            made.append(
                f"@article{{c{at}, author={{{people}}}, title={{The {self.mark(f'c{at}')} of"
                f" {self.words(5).lower()}}}, journal={{{self.chance.choice(_VENUES)} in {self.mark(f'c{at}')}}},"
                f" year={{{self.chance.randint(1998, 2024)}}}, volume={{{at + 3}}},"
                f" number={{2}}, pages={{{100 + at}--{110 + at}}}}}"
            )
        return "\n".join(made)


def typeset(style: Style, folder: Path, seed: int) -> tuple[Path, dict[str, str]]:
    """The paper's PDF and the word of each label; raises OSError where LaTeX fails."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(style, random.Random(seed))
    (folder / "paper.tex").write_text(writer.source())
    (folder / "own.bib").write_text(writer.entries())

    latex = ("pdflatex", "-interaction=batchmode", "paper")
    for command in (latex, ("bibtex", "paper"), latex, latex, latex):
        _run(command, folder)
    pdf = folder / "paper.pdf"
    if not pdf.exists():
        raise OSError(f"LaTeX set no {style.name}")
    return pdf, writer.marks


def _run(command: Sequence[str], folder: Path) -> None:
    subprocess.run(
        command, cwd=folder, check=False, timeout=120,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
