"""Copying the selection as a quotation: in quotation marks, with its source and page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QMenu

from reader.domain.paper import Author, Paper
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.selection import Chosen

_ENDS = ".!?:;”\"'’)]…"


class Quoting(Feature):
    """Copies “the text” (the authors, the title, the page)."""

    name: ClassVar[str] = "quoting"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.quote", QT_TRANSLATE_NOOP("Commands", "Copy as a quotation"), "viewer",
            "quoting.copy", ("Ctrl+Shift+C",), "quote", "Document", 1, enabled="text_selected",
        ),
    )  # fmt: skip

    def copy(self) -> None:
        """Copy the selection with its source."""
        chosen, home = self.page.canvas.selection, self.page.home
        if self.page.pdf is None or chosen is None or chosen.empty:
            return
        if home is None or not home.paper:
            self._copy(chosen, self.page.title)
            return

        def known(paper: Paper) -> None:
            self._copy(chosen, source(paper))

        home.desk.read(home.desk.reader.paper, home.paper, then=known, owner=self)

    def _copy(self, chosen: Chosen, origin: str) -> None:
        pdf = self.page.pdf
        if pdf is not None:
            where = pages([(page + 1, pdf.label(page)) for page in _ends(chosen.pages)])
            pdf.copying.start(chosen, lambda text: quotation(text, origin, where))

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        del spot
        action = menu.addAction(self.tr("Copy as a quotation"))
        action.setEnabled(self.page.conditions()["text_selected"])
        action.triggered.connect(self.copy)


def _ends(found: range) -> tuple[int, ...]:
    return (found[0],) if len(found) == 1 else (found[0], found[-1])


def quotation(text: str, origin: str, where: str) -> str:
    """A text as it is quoted; a sentence that runs over a column or page is one again."""
    joined = ""
    for line in filter(None, (piece.strip() for piece in text.split("\n"))):
        if not joined:
            joined = line
        elif joined[-1] == "-" and line[:1].islower():
            joined = joined[:-1] + line
        else:
            joined += ("\n" if joined[-1] in _ENDS else " ") + line
    told = ", ".join(part for part in (" ".join(origin.split()), where) if part)
    return f"“{joined}” ({told})"


def pages(found: Sequence[tuple[int, str]]) -> str:
    """Pages by (number, label): "p. 5", "pp. iv–6 (4–8)"."""
    sign = "p." if len(found) == 1 else "pp."
    labels = "–".join(label for _, label in found)
    numbers = "–".join(str(number) for number, _ in found)
    return f"{sign} {labels}" if labels == numbers else f"{sign} {labels} ({numbers} in the file)"


def source(paper: Paper) -> str:
    """Authors and title: "Vaswani et al., Attention Is All You Need, 2017"."""
    parts = (_names(paper.authors), " ".join(paper.title.split()), paper.published[:4])
    return ", ".join(part for part in parts if part)


def _names(authors: Sequence[Author]) -> str:
    names = [author.short for author in authors]
    match names:
        case []:
            return ""
        case [one]:
            return one
        case [one, two]:
            return f"{one} and {two}"
        case _:
            return f"{names[0]} et al."
