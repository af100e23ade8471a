"""How many mentions land right when only the text is looked at: the files' links are the truth.

    python tests/benchmarks/mentions_bench.py [-v] [FILE.pdf ...]

Twenty-one papers are set by LaTeX (Debian: texlive-latex-extra, texlive-publishers,
texlive-science, texlive-bibtex-extra, texlive-fonts-extra, texlive-plain-generic);
PDFs that are named are judged by the places their links name.  Each link to an
entry, a figure, a table, an equation or a section is a mention that must be found
in the text and lead there.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.pdf.engine import Engine
from reader.pdf.structure.values import Kind, Mention
from reader.services.studying import study
from tests.benchmarks.mentions.papers import styles, typeset
from tests.benchmarks.mentions.truth import Score, Truth, labels, landed, over, truths

_KINDS: tuple[Kind, ...] = ("citation", "figure", "table", "equation", "section")


def judge(engine: Engine, path: Path, marks: dict[str, str], *, verbose: bool) -> Score:
    """What a PDF's text alone tells, against its links."""
    aux = path.with_suffix(".aux")
    names = labels(aux) if marks and aux.exists() else {}
    found = study(engine, path).structure
    score = Score()
    pages: dict[int, Sequence[Mention]] = {}
    for truth in truths(path):
        on_page = pages.setdefault(truth.page, found.mentions(truth.page))
        here = [item for item in on_page if item.kind == truth.kind and over(item, truth.rect)]
        aims = [item.target for item in here if item.target is not None]
        if any(landed(truth, aim, marks, names) for aim in aims):
            score.count(score.right, truth.kind)
            continue
        score.count(score.wrong if aims else score.lost, truth.kind)
        if verbose:
            _tell(truth, here)
    return score


def _tell(truth: Truth, here: Sequence[Mention]) -> None:
    found = [(item.text, item.target and item.target.text[:60]) for item in here]
    rect = tuple(round(edge) for edge in truth.rect)
    _say(f"    page {truth.page + 1} {rect} {truth.name}: {found or 'not found'}")


def _line(name: str, score: Score) -> str:
    cells = [f"{name[:24]:24}"]
    for kind in _KINDS:
        right, wrong, lost = (
            counts.get(kind, 0) for counts in (score.right, score.wrong, score.lost)
        )
        cells.append(f"{right:5}/{right + wrong + lost:<5} wrong {wrong:<3}")
    return " ".join(cells)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print a line for each paper and one for all."""
    verbose = "-v" in sys.argv
    files = [Path(text) for text in sys.argv[1:] if text != "-v"]
    engine = Engine()
    total = Score()
    _say(" ".join((" " * 24, *(f"{kind:^21}" for kind in _KINDS))))
    try:
        with tempfile.TemporaryDirectory() as place:
            for seed, style in enumerate(styles()):
                pdf, marks = typeset(style, Path(place) / style.name, seed)
                score = judge(engine, pdf, marks, verbose=verbose)
                total.add(score)
                _say(_line(style.name, score))
        for path in files:
            score = judge(engine, path, {}, verbose=verbose)
            total.add(score)
            _say(_line(path.stem, score))
    finally:
        engine.close()
    _say(_line("all", total))


if __name__ == "__main__":
    main()
