"""What lists and the sidebar show: scopes, rows, names with counts."""

from __future__ import annotations

from reader.domain.marking import Annotation, pages_of
from reader.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list shows before anything is searched.

    kind: all | unread | reading | read | starred | page | feed | collection | tag | trash;
    `uid` names the page, collection or tag; for a feed it is the feed's name.
    """

    kind: str = "all"
    uid: str = ""


@dataclass(frozen=True, slots=True)
class TagMark:
    """A tag as a row or the sidebar shows it; color is an index into the theme's palette."""

    uid: str
    name: str
    color: int


@dataclass(frozen=True, slots=True)
class Row:
    """A list row.  `order` is the paper's ord, the key lists are made of.

    `progress` is the share of its PDF's pages that were seen, 0.0 to 1.0; `file` is the
    path of its first attachment within the library's folder of files, "" without one.
    """

    order: int
    uid: str
    title: str
    authors: str
    snippet: str
    venue: str
    published: str
    added: str
    reading_state: str
    starred: bool
    has_pdf: bool
    has_note: bool
    tags: tuple[TagMark, ...]
    page: str
    position: int | None
    remark: str = ""
    progress: float = 0.0
    file: str = ""
    lost: bool = False  # whether the file is not where it should be


@dataclass(frozen=True, slots=True)
class Named:
    """A sidebar entry: page, collection or tag, with how many papers it holds."""

    uid: str
    name: str
    count: int
    color: int = 0
    feed: str = ""
    iso: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """All the sidebar shows, read in one go."""

    states: dict[str, int]  # all, unread, reading, read, starred, trash, (free) notes
    pages: tuple[Named, ...]
    collections: tuple[Named, ...]
    tags: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with the paper it is of ("" for a free note); `title` is its first line that speaks."""

    uid: str
    paper: str
    paper_title: str
    title: str
    text: str
    created: str
    modified: str


@dataclass(frozen=True, slots=True)
class Template:
    """A text that notes begin with, or that annotations are written by; uid "" for built-in ones."""

    uid: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """Which annotations of the library a list shows; empty fields ask for nothing.

    `text` is looked for in quotes and comments, all words, the last as a
    beginning.  `tags` are names, any of which will do; `paper` is a uid; `since` and
    `until` are ISO dates, both included; `card` is a kind of claim card, "*" any.
    """

    text: str = ""
    colors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    paper: str = ""
    since: str = ""
    until: str = ""
    card: str = ""
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class MarkRow:
    """An annotation in a list over the library: `key` is its place in the order, newest highest."""

    key: int
    annotation: Annotation
    paper: str
    title: str
    path: str  # of the attachment, relative to files/
    label: str = ""  # of its pages as they are printed, "" where that was not looked up

    @property
    def pages(self) -> str:
        """The pages it lies on, by their names or else by their numbers."""
        return self.label or pages_of(self.annotation, lambda page: str(page + 1))
