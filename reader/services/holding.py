"""What a slot holds: read by pages, which need nothing of replacing and placing for that."""

from __future__ import annotations

from pathlib import Path

from reader.domain.annotation import ReadingPosition
from reader.domain.marking import Annotation
from reader.domain.value import dataclass
from reader.library.reading import Reader


@dataclass(frozen=True, slots=True)
class Held:
    """A slot as its viewer asks for it: its file, where to go on reading, what has no place."""

    path: Path
    sha256: str
    position: ReadingPosition | None
    unplaced: tuple[Annotation, ...]


def held(reader: Reader, attachment: str) -> Held:
    """What a slot holds now; raises NotFoundError."""
    _, slot = reader.slot(attachment)
    return Held(
        reader.file_of(slot.path),
        slot.sha256,
        reader.position(slot.uid),
        reader.unplaced(slot.uid),
    )
