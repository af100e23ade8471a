"""Small changes to papers: state, star, tags, collections, trash, title, notes.

Every function writes one undoable step on the given Writer and says what
changed.  They belong on the writer lane.

What takes a selection, which may be the whole library, returns Edits: it is
written in short transactions, and notes are saved between them.  Cut short by
a crash, the papers that were reached are changed and the others are not, and
undo takes back what was done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence

from reader.domain.errors import InputError, NotFoundError
from reader.domain.paper import Author, Changes, ReadingState, new_uid, now
from reader.domain.value import dataclass
from reader.library import names, notes, papers
from reader.library.edits import Edit
from reader.library.history import last_done
from reader.library.names import clean_name, collection_uid, tag_uid, uid_by_name
from reader.library.writing import Steps, Writer

_SLICE = 0.05  # seconds of a selection's change in one transaction
_LOOKED_UP = 4000  # papers of a selection looked up at once

# Steps between transactions, then what changed; see services.lanes.
Edits = Generator[None, None, Changes]


def _each(
    writer: Writer,
    text: str,
    uids: Sequence[str],
    begin: Callable[[Edit], Callable[[str], object]],
) -> Edits:
    """Change paper after paper as one undo step, in transactions of about _SLICE.

    `begin` is called in each transaction, and what it returns for each paper in it.
    Raises NotFoundError before anything is changed when a paper is not there.
    """
    label = text if len(uids) == 1 else f"{text} ({len(uids)} papers)"
    for start in range(0, len(uids), _LOOKED_UP):
        if start:
            yield
        papers.require(writer.connection, uids[start : start + _LOOKED_UP])
    batch, changes = new_uid(), Changes()
    reached = 0
    while True:
        end = time.monotonic() + _SLICE
        with writer.edit(label, batch) as edit:
            change = begin(edit)
            for uid in uids[reached:]:
                change(uid)
                reached += 1
                if time.monotonic() >= end:
                    break
        changes |= edit.changes()
        if reached == len(uids):
            return changes
        batch = edit.batch  # another one when another program undid the first part meanwhile
        yield


def _set(writer: Writer, text: str, uids: Sequence[str], field: str, value: object) -> Edits:
    return _each(writer, text, uids, lambda edit: lambda uid: edit.set("paper", uid, field, value))


def set_state(writer: Writer, uids: Sequence[str], state: ReadingState) -> Edits:
    """Mark papers unread, reading or read."""
    return _set(writer, f"Mark as {state.value}", uids, "reading_state", state.value)


def set_starred(writer: Writer, uids: Sequence[str], starred: bool) -> Edits:
    """Star papers, or take the star away."""
    return _set(writer, "Star" if starred else "Remove star", uids, "starred", int(starred))


def set_title(writer: Writer, uid: str, title: str) -> Changes:
    """Correct a title."""
    title = " ".join(title.split())
    if not title:
        raise InputError("A paper needs a title; nothing was changed.")
    with writer.edit("Change title") as edit:
        edit.set("paper", uid, "title", title)
    return edit.changes()


def set_authors(writer: Writer, uid: str, authors: tuple[Author, ...]) -> Changes:
    """Correct the authors."""
    with writer.edit("Change authors") as edit:
        edit.set_authors(uid, authors)
    return edit.changes()


def change_tags(
    writer: Writer, uids: Sequence[str], add: Iterable[str] = (), remove: Iterable[str] = ()
) -> Edits:
    """Add tags by name (made when new) and take others away."""
    add = [clean_name(name, "tag") for name in add]
    known = {name: uid_by_name(writer.connection, "tag", name) for name in remove}
    if absent := [name for name, uid in known.items() if not uid]:
        raise NotFoundError(f"There is no tag “{absent[0]}”; nothing was changed.")

    def begin(edit: Edit) -> Callable[[str], None]:
        wanted = [(tag_uid(edit, name), True) for name in add]
        wanted += [(tag, False) for tag in known.values()]

        def change(paper: str) -> None:
            for tag, present in wanted:
                edit.set_member(paper, "tag", tag, present)

        return change

    return _each(writer, "Change tags", uids, begin)


def add_to_collection(writer: Writer, uids: Sequence[str], path: str) -> Edits:
    """Put papers into a collection, made with its parents when new."""

    def begin(edit: Edit) -> Callable[[str], object]:
        collection = collection_uid(edit, path)
        return lambda paper: edit.set_member(paper, "collection", collection, True)

    return _each(writer, "Add to collection", uids, begin)


def remove_from_collection(writer: Writer, uids: Sequence[str], path: str) -> Edits:
    """Take papers out of a collection; they stay in the library."""

    def begin(edit: Edit) -> Callable[[str], object]:
        collection = uid_by_name(edit.connection, "collection", path)
        return lambda paper: collection and edit.set_member(paper, "collection", collection, False)

    return _each(writer, "Remove from collection", uids, begin)


def make_collection(writer: Writer, path: str) -> Changes:
    """Make an empty collection."""
    with writer.edit("New collection") as edit:
        collection_uid(edit, path)
    return edit.changes()


def rename_collection(writer: Writer, uid: str, path: str) -> Changes:
    """Give a collection another path; what lies below moves with it."""
    with writer.edit("Rename collection") as edit:
        names.move_collection(edit, uid, path)
    return edit.changes()


def remove_named(writer: Writer, kind: str, uid: str) -> Changes:
    """Remove a tag, or a collection with those below it; papers stay."""
    with writer.edit(f"Delete {kind}") as edit:
        names.remove(edit, kind, uid)
    return edit.changes()


def change_tag(writer: Writer, uid: str, *, name: str = "", color: int | None = None) -> Changes:
    """Rename a tag or give it another colour of the palette."""
    with writer.edit("Change tag") as edit:
        if name:
            names.rename_tag(edit, uid, name)
        if color is not None:
            edit.set("tag", uid, "color", color % names.TAG_COLORS)
    return edit.changes()


def move_to_trash(writer: Writer, uids: Sequence[str]) -> Edits:
    """Put papers into the trash, with all that hangs on them."""
    return _set(writer, "Move to trash", uids, "deleted", now())


def restore_from_trash(writer: Writer, uids: Sequence[str]) -> Edits:
    """Take papers out of the trash."""
    return _set(writer, "Restore", uids, "deleted", None)


def delete_for_good(writer: Writer, uids: Sequence[str]) -> Edits:
    """Take papers out of the trash and out of sight; still one step that undo takes back."""
    return _set(writer, "Delete", uids, "gone", now())


def detach(writer: Writer, attachment: str) -> Changes:
    """Take a file off its paper; the file itself stays where it is."""
    with writer.edit("Remove attachment") as edit:
        edit.set("attachment", attachment, "deleted", edit.at)
    return edit.changes()


def save_note(
    writer: Writer, paper: str, note: str, text: str, batch: str = ""
) -> tuple[str, Changes]:
    """Save a note's text; (its uid, what changed).

    `paper` is "" for a free note.  `note` is "" for a paper's first note, which
    is made where there is none; a uid that the library has not seen is that of
    a note to be made.  Saves of one stretch of typing give the batch of the last
    save, and stay one undo step as long as nothing else was done between.
    """
    last = last_done(writer.connection)
    if batch and (last is None or last[0] != batch):
        batch = ""
    with writer.edit("Edit note", batch) as edit:
        key = edit.key("paper", paper) if paper else None
        if not note and key is not None:
            present = papers.notes(edit.connection, key)
            note = present[0].uid if present else ""
        if note and notes.is_known(edit.connection, note):
            # Undo may have taken the note away while its editor was still open.
            if text:
                edit.set("note", note, "deleted", None)
            edit.set("note", note, "text", text)
        elif text:
            note = notes.add(edit, paper, text, note)
    return note, edit.changes()


@dataclass(frozen=True, slots=True)
class Typed:
    """How typing was saved; `over` says that it went over what somebody else had written meanwhile.

    That is in the note's timeline then.
    """

    note: str
    changes: Changes
    over: bool


def save_typed(writer: Writer, paper: str, note: str, text: str, batch: str, base: str) -> Typed:
    """Save what was typed over `base`, the text as the editor knew it; see save_note."""
    try:
        before = notes.load(writer.connection, note).text
    except NotFoundError:
        before = base  # still to be made, or deleted: what is typed brings it back
    note, changes = save_note(writer, paper, note, text, batch)
    return Typed(note, changes, before not in (base, text))


def undo(writer: Writer) -> Steps:
    """Take the last step back in slices; returns (its label, what changed), None for none."""
    return writer.undo()


def redo(writer: Writer) -> Steps:
    """Do the last undone step again, in slices."""
    return writer.redo()


def finish_step(writer: Writer) -> Generator[None, None, Changes]:
    """Go on with an undo or redo that a crash cut short; what changed."""
    return writer.finish_step()
