"""What an import would do and what it did, as values."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Literal

from reader.domain.paper import Changes, Paper
from reader.domain.value import dataclass
from reader.formats.base import FreeNote

Action = Literal["add", "update", "unchanged"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was not imported: which file, where in it, and why."""

    source: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One paper of a plan; `file` is the PDF it came from.

    `note` says that it is no more than what a note is about: where the library has
    no such paper, the note becomes a free one.  `free` is a note of no paper, which
    came as one; `paper` then only has its title.
    """

    source: str
    paper: Paper
    action: Action
    file: Path | None = None
    pages: int | None = None
    note: bool = False
    free: FreeNote | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is a note of no paper, if it is to be added."""
        return self.note or self.free is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; nothing has been written yet."""

    items: tuple[Planned, ...] = ()
    failed: tuple[Failure, ...] = ()

    def count(self, action: Action) -> int:
        return sum(item.action == action for item in self.items)

    @property
    def notes(self) -> int:
        """How many free notes are among what would be added."""
        return sum(item.is_free and item.action == "add" for item in self.items)


@dataclass(slots=True)
class Result:
    """What an import did; `notes` are the free notes among what was added."""

    added: int = 0
    notes: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come; `total` 0 where it is not known."""

    done: int
    total: int
    what: str = ""
