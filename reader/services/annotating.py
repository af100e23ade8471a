"""Annotations made, changed and taken away; each an undoable step on the writer lane."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.domain.marking import Annotation
from reader.domain.paper import Changes
from reader.library import annotations
from reader.library.history import last_done
from reader.library.writing import Writer


def add(
    writer: Writer, drafts: Sequence[Annotation], label: str = "Annotate"
) -> tuple[tuple[str, ...], Changes]:
    """Write new annotations in one step; (their uids in order, what changed)."""
    with writer.edit(label) as edit:
        uids = tuple(annotations.add(edit, draft) for draft in drafts)
    return uids, edit.changes()


def change(
    writer: Writer, changed: Iterable[Annotation], label: str = "Change annotation", batch: str = ""
) -> Changes:
    """Make the stored annotations like these, in one step.

    Give the `batch` of the last change to continue its step, as when a comment
    saves itself while one types; it begins a new one when anything was done between.
    """
    last = last_done(writer.connection) if batch else None
    with writer.edit(label, batch if last and last[0] == batch else "") as edit:
        for annotation in changed:
            annotations.change(edit, annotation)
    return edit.changes()


def remove(writer: Writer, uids: Iterable[str]) -> Changes:
    """Take annotations away, in one step; undo brings them back."""
    with writer.edit("Delete annotation") as edit:
        for uid in uids:
            edit.set("annotation", uid, "deleted", edit.at)
    return edit.changes()


def set_meaning(writer: Writer, color: str, meaning: str) -> Changes:
    """Give a colour of the palette another meaning, "" for the one it came with."""
    with writer.edit("Rename colour") as edit:
        annotations.set_meaning(edit, color, meaning)
    return edit.changes()
