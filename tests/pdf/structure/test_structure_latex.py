"""A paper set by LaTeX with links: what its text tells is where its links lead."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reader.pdf.engine import Engine
from reader.services.studying import study

_FILLER = "The model of these data shows that the method improves over what was known before. " * 6
_PAPER = r"""
\documentclass[twocolumn]{article}
\usepackage{amsmath,hyperref}
\begin{document}
\title{On Things}\author{A. Author}\maketitle
\section{Start}\label{s1}
FILLER As in \cite{one} and \cite{one,two}, Figure~\ref{f1}, Table~\ref{t1}, Eq.~\eqref{e1},
Section~\ref{s2} and Appendix~\ref{a1}. FILLER
\begin{figure}[t]\centering\rule{4cm}{3cm}\caption{A black thing.}\label{f1}\end{figure}
\section{Middle}\label{s2}
FILLER
\begin{equation}\label{e1} \sum_i a_i = \frac{b}{c} \end{equation}
FILLER
\begin{table}[b]\centering\caption{Numbers.}\label{t1}\begin{tabular}{ll}1&2\\3&4\end{tabular}\end{table}
FILLER
\appendix
\section{Proofs}\label{a1}
FILLER
\begin{thebibliography}{9}
\bibitem{one} A. Author and B. Writer. The first of the titles. Journal, 2001.
\bibitem{two} C. Editor. The second of the titles. Press, 2002.
\end{thebibliography}
\end{document}
"""


@pytest.mark.needs("pdflatex")
def test_text_and_links_agree_on_a_typeset_paper(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(_PAPER.replace("FILLER", _FILLER))
    for _ in range(2):
        subprocess.run(
            ["pdflatex", "-interaction=batchmode", "paper"],
            cwd=tmp_path, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    engine = Engine()
    try:
        found = study(engine, tmp_path / "paper.pdf")
    finally:
        engine.close()
    assert [(item.kind, item.text, item.source) for item in found.mentions()] == [
        ("citation", "[1]", "link"), ("citation", "1", "link"), ("citation", "2", "link"),
        ("figure", "Figure 1", "link"), ("table", "Table 1", "link"),
        ("equation", "Eq. (1)", "link"), ("section", "Section 2", "link"),
        ("section", "Appendix A", "link"),
    ]  # fmt: skip
    pages = range(len(found.links))
    by_text = [item for page in pages for item in found.structure.mentions(page)]
    assert [item.target for item in by_text] == [item.target for item in found.mentions()]
    targets = [item.target.text for item in by_text if item.target]
    assert [text[:5] for text in targets[:5]] == ["A. Au", "A. Au", "C. Ed", "Figur", "Table"]
    assert (targets[5][-3:], targets[6:]) == ("(1)", ["2 Middle", "A Proofs"])
