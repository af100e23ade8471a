"""Pictures of notes: files with the role "picture", named in the note's text.

One of a paper's note is the paper's; one of a free note is the note's own.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path

from reader.domain.errors import InputError, NotFoundError
from reader.domain.fold import index_words
from reader.domain.paper import Changes
from reader.library import files, notes, papers
from reader.library.place import told
from reader.library.reading import Reader
from reader.library.writing import Writer

ROLE = "picture"
KINDS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"})
_LONGEST = 40  # characters of the title in a name
_LARGEST = 32_000_000


def keep(writer: Writer, paper: str, note: str, data: bytes, suffix: str) -> tuple[str, Changes]:
    """Keep a picture of a note; (its name for the text, what changed).

    `paper` is "" for a free note.  The same picture again is the file that is
    there, if it is.  Raises InputError for what is no picture or too large, and what
    storing a file raises.
    """
    if suffix not in KINDS or not data or len(data) > _LARGEST:
        raise InputError(
            "That is no picture that a note can hold; nothing was changed.",
            "PNG, JPEG, GIF, WebP and BMP up to 32 MB are kept.",
        )
    digest = hashlib.sha256(data).hexdigest()
    title, known = (_of_paper if paper else _of_free)(writer, paper or note, digest)
    for path in known:
        if (writer.place.files / path).is_file():
            return path, Changes()
    with told(writer.place), tempfile.TemporaryDirectory(prefix="paper-reader-") as folder:
        source = Path(folder) / f"picture{suffix}"
        source.write_bytes(data)
        stored = files.store(writer.place, source, _name(title, digest, suffix))
    try:
        with writer.edit("Picture in a note") as edit:
            if paper:
                files.add(edit, paper, stored, None, role=ROLE)
            else:
                files.add_to_note(edit, note, stored, ROLE)
    except BaseException:
        files.discard(writer.place, stored)
        raise
    return stored.path, edit.changes()


def _of_paper(writer: Writer, paper: str, digest: str) -> tuple[str, list[str]]:
    """(title, the paths of its files of that hash) of a paper."""
    known = papers.load(writer.connection, paper)
    return known.title, [it.path for it in known.attachments if it.sha256 == digest]


def _of_free(writer: Writer, note: str, digest: str) -> tuple[str, list[str]]:
    """The same of a free note, which may be still to be saved.

    Any free note shows the pictures of all, so that what is cut out of one and
    put into another stays whole: each is kept once.
    """
    try:
        title = notes.load(writer.connection, note).title
    except NotFoundError:
        title = ""
    return title, files.of_free_notes(writer.connection, "sha256", digest)


def _name(title: str, digest: str, suffix: str) -> str:
    """Letters, digits and hyphens alone: it stands in Markdown as it is."""
    words = re.sub(r"[^0-9a-z]+", "-", " ".join(index_words(title))[:_LONGEST]).strip("-")
    return f"{words or 'note'}-{digest[:8]}{suffix}"


def named(path: str) -> str:
    """A picture as Markdown names it."""
    return f"![](<{path}>)" if " " in path else f"![]({path})"


def file_of(reader: Reader, name: str) -> Path | None:
    """The file of a free note's picture by its name; None for all else."""
    known = files.is_plain(name) and Path(name).suffix.lower() in KINDS and reader.free_file(name)
    return reader.file_of(name) if known else None


def read(reader: Reader, paper: str, name: str) -> bytes | None:
    """The bytes of a picture of a paper's note, of a free one's for ""; by its name.

    None for all else, also for other files.
    """
    wanted = name.removeprefix("<").removesuffix(">").replace("%20", " ")
    path = reader.file_of(wanted)
    if path.suffix.lower() not in KINDS or not files.is_plain(wanted):
        return None
    if paper:
        held = any(file.path == wanted for file in reader.paper(paper).attachments)
    else:
        held = reader.free_file(wanted)
    if not held or not path.is_file() or path.stat().st_size > _LARGEST:
        return None
    return path.read_bytes()
