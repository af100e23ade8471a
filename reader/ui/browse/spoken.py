"""A list row in words, for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.domain.lists import Row


def spoken(row: Row) -> str:
    """Everything a row shows."""
    states = {"unread": _tr("unread"), "reading": _tr("reading"), "read": _tr("read")}
    parts = [row.title, row.remark, row.authors, states[row.reading_state]]
    if row.starred:
        parts.append(_tr("starred"))
    if row.has_pdf:
        parts.append(_tr("PDF missing") if row.lost else "PDF")
    if row.progress:
        parts.append(_tr("{} % of the pages seen").format(percent(row.progress)))
    if row.has_note:
        parts.append(_tr("has a note"))
    return ", ".join(part for part in parts if part)


def percent(share: float) -> int:
    """A share of pages that were seen, in hundredths; the last one is for all of them."""
    return 100 if share >= 1 else min(max(round(share * 100), 1), 99)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LibraryPage", text)
