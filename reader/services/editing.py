"""Small changes to papers: state, star, tags, collections, trash, title, notes.

Every function writes one undoable step on the given Writer and says what
changed.  They belong on the writer lane.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence

from reader.domain.errors import InputError, NotFoundError
from reader.domain.paper import Author, Changes, Note, ReadingState
from reader.library import names, papers
from reader.library.history import last_done
from reader.library.names import clean_name, collection_uid, tag_uid, uid_by_name
from reader.library.writing import Steps, Writer


def _label(text: str, count: int) -> str:
    return text if count == 1 else f"{text} ({count} papers)"


def set_state(writer: Writer, uids: Sequence[str], state: ReadingState) -> Changes:
    """Mark papers unread, reading or read."""
    with writer.edit(_label(f"Mark as {state.value}", len(uids))) as edit:
        for uid in uids:
            edit.set("paper", uid, "reading_state", state.value)
    return edit.changes()


def set_starred(writer: Writer, uids: Sequence[str], starred: bool) -> Changes:
    """Star papers, or take the star away."""
    with writer.edit(_label("Star" if starred else "Remove star", len(uids))) as edit:
        for uid in uids:
            edit.set("paper", uid, "starred", int(starred))
    return edit.changes()


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
) -> Changes:
    """Add tags by name (made when new) and take others away."""
    add = [clean_name(name, "tag") for name in add]
    remove = list(remove)
    known = {name: uid_by_name(writer.connection, "tag", name) for name in remove}
    if absent := [name for name, uid in known.items() if not uid]:
        raise NotFoundError(f"There is no tag “{absent[0]}”; nothing was changed.")
    with writer.edit(_label("Change tags", len(uids))) as edit:
        for name in add:
            tag = tag_uid(edit, name)
            for uid in uids:
                edit.set_member(uid, "tag", tag, True)
        for tag in known.values():
            for uid in uids:
                edit.set_member(uid, "tag", tag, False)
    return edit.changes()


def add_to_collection(writer: Writer, uids: Sequence[str], path: str) -> Changes:
    """Put papers into a collection, made with its parents when new."""
    with writer.edit(_label("Add to collection", len(uids))) as edit:
        collection = collection_uid(edit, path)
        for uid in uids:
            edit.set_member(uid, "collection", collection, True)
    return edit.changes()


def remove_from_collection(writer: Writer, uids: Sequence[str], path: str) -> Changes:
    """Take papers out of a collection; they stay in the library."""
    with writer.edit(_label("Remove from collection", len(uids))) as edit:
        if collection := uid_by_name(writer.connection, "collection", path):
            for uid in uids:
                edit.set_member(uid, "collection", collection, False)
    return edit.changes()


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


def move_to_trash(writer: Writer, uids: Sequence[str]) -> Changes:
    """Put papers into the trash, with all that hangs on them."""
    with writer.edit(_label("Move to trash", len(uids))) as edit:
        for uid in uids:
            edit.set("paper", uid, "deleted", edit.at)
    return edit.changes()


def restore_from_trash(writer: Writer, uids: Sequence[str]) -> Changes:
    """Take papers out of the trash."""
    with writer.edit(_label("Restore", len(uids))) as edit:
        for uid in uids:
            edit.set("paper", uid, "deleted", None)
    return edit.changes()


def delete_for_good(writer: Writer, uids: Sequence[str]) -> Changes:
    """Take papers out of the trash and out of sight; still one step that undo takes back."""
    with writer.edit(_label("Delete", len(uids))) as edit:
        for uid in uids:
            edit.set("paper", uid, "gone", edit.at)
    return edit.changes()


def detach(writer: Writer, attachment: str) -> Changes:
    """Take a file off its paper; the file itself stays where it is."""
    with writer.edit("Remove attachment") as edit:
        edit.set("attachment", attachment, "deleted", edit.at)
    return edit.changes()


def save_note(
    writer: Writer, paper: str, note: str, text: str, batch: str = ""
) -> tuple[str, Changes]:
    """Save a note's text; (its uid, what changed).

    `note` is "" for a paper's first note, which is then made.  Saves of one
    stretch of typing give the batch of the last save, and stay one undo step as
    long as nothing else was done between.
    """
    last = last_done(writer.connection)
    if batch and (last is None or last[0] != batch):
        batch = ""
    with writer.edit("Edit note", batch) as edit:
        key = edit.key("paper", paper)
        if not note:
            present = papers.notes(edit.connection, key)
            note = present[0].uid if present else ""
        if note:
            # Undo may have taken the note away while its editor was still open.
            if text:
                edit.set("note", note, "deleted", None)
            edit.set("note", note, "text", text)
        elif text:
            note = papers.add_note(edit, key, Note(text=text), 0)
    return note, edit.changes()


def undo(writer: Writer) -> Steps:
    """Take the last step back in slices; returns (its label, what changed), None for none."""
    return writer.undo()


def redo(writer: Writer) -> Steps:
    """Do the last undone step again, in slices."""
    return writer.redo()


def finish_step(writer: Writer) -> Generator[None, None, Changes]:
    """Go on with an undo or redo that a crash cut short; what changed."""
    return writer.finish_step()
