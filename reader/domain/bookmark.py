"""Places a reader keeps in a document: bookmarks by name, marks by letter."""

from __future__ import annotations

from reader.domain.value import dataclass

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place of an attachment (its uid): page 0-based, `x` and `y` view space points.

    `mark` is the letter that leads there, "" for an ordinary bookmark.  A draft
    has no uid and no times yet.
    """

    page: int
    x: float = 0.0
    y: float = 0.0
    name: str = ""
    mark: str = ""
    attachment: str = ""
    uid: str = ""
    created: str = ""
    modified: str = ""

    @property
    def place(self) -> tuple[int, float, float]:
        """Where it stands in the order of the document."""
        return self.page, self.y, self.x


def clean_name(text: str) -> str:
    """A name as it is kept: one line, not endless."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_NAME]
