"""What every format shares: the result of reading, and the two protocols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from reader.domain.paper import Attachment, Note, Paper
from reader.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a file that was not understood; `where` is "line 12" or "item 3"."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class FreeNote:
    """A note of no paper, with the files of the pictures that its text names.

    `about` is what it says of the paper that it is about, where it is one's
    if the library has that paper.
    """

    note: Note
    pictures: tuple[Attachment, ...] = ()
    about: Paper | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds: drafts in the file's order, free notes, and what could not be read."""

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[FreeNote, ...] = ()


class Format(Protocol):
    """A way to read papers from bytes.

    `sniff` never raises.  `parse` raises `InputError` when the bytes are not of
    this format at all, and nothing else; smaller faults become problems.
    """

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def endings(self) -> tuple[str, ...]: ...
    def sniff(self, data: bytes, filename: str) -> bool: ...
    def parse(self, data: bytes, filename: str) -> Parsed: ...


class Writer(Protocol):
    """A way to write papers as pieces of text that together are one file.

    Free notes go along where the format has room for them.
    """

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def ending(self) -> str: ...
    def write(self, papers: Iterable[Paper], notes: Iterable[FreeNote] = ()) -> Iterator[str]: ...
