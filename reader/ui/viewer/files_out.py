"""Asking where to save something, and saving it without holding the window up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from reader.services import whole_files
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home

_RESERVED = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)
_LONGEST = 120


def safe_name(name: str, otherwise: str) -> str:
    """A file's own name made harmless on every system: no folders, nothing hidden, not too long.

    A name a document gives may be "../../.bashrc" or "CON".
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(" " if c in _RESERVED or not c.isprintable() else c for c in last)
    kept = " ".join(kept.split()).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 12:
        kept = f"{stem[: _LONGEST - 13].rstrip('. ')}.{ending}"
    kept = kept[:_LONGEST]
    if not kept or kept.split(".")[0].strip().lower() in _DEVICES:
        return otherwise
    return kept


def ask(
    feature: Feature, title: str, suggested: str, filters: list[str], then: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a place to save; `then` gets it."""
    page = feature.page
    dialog = QFileDialog(page, title, str(Path.home() / suggested))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(suggested.rpartition(".")[2])
    dialog.selectFile(suggested)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def write(
    feature: Feature,
    home: Home,
    target: Path,
    made: Callable[[], Iterable[bytes]],
    then: Callable[[Path], None] | None = None,
) -> None:
    """Write the pieces `made` gives, away from the window's thread, and say so."""

    def work() -> Path:
        whole_files.write(made(), target)
        return target

    def done(path: Path) -> None:
        home.desk.notices.ok(QCoreApplication.translate("Viewer", "Saved as {}.").format(path.name))
        if then is not None:
            then(path)

    home.desk.read(work, then=done, owner=feature)
