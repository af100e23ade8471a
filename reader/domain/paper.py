"""The paper and all that hangs on it, as frozen values.

A paper is a work; its editions (preprint v1, published, ...) carry venue, date
and identifiers, and one of them is preferred.  Dates are ISO 8601 text as far
as they are known: "2025", "2025-06" or "2025-06-11"; unknown is "".  Times are
UTC, "2026-11-24T14:39:27.123Z".  A uid is a UUID made by the client and never
reused; an empty uid marks a draft that no library holds yet.
"""

from __future__ import annotations

import os
import re
from dataclasses import field
from datetime import UTC, date, datetime
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from reader.domain.marking import Annotation
from reader.domain.value import dataclass


class ReadingState(StrEnum):
    """How far the reader has come with a paper."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Author:
    """A person (family, given) or, where the name cannot be split, a literal."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def name(self) -> str:
        """The name in reading order."""
        return self.literal or f"{self.given} {self.family}".strip()

    @property
    def short(self) -> str:
        """The name a citation would use: the family name, else the literal."""
        return self.family or self.literal or self.given


@dataclass(frozen=True, slots=True)
class Link:
    """A web address that belongs to a paper; kind is one of LINK_KINDS."""

    url: str
    kind: str = "web"


LINK_KINDS = ("code", "project", "model", "data", "demo", "arxiv", "doi", "pdf", "page", "web")


@dataclass(frozen=True, slots=True)
class Edition:
    """One published form of a work.  Identifiers are in their normal forms."""

    uid: str = ""
    kind: str = "unknown"  # preprint | published | unknown
    version: str = ""
    published: str = ""
    venue: str = ""
    doi: str = ""
    arxiv_id: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown note of the reader."""

    uid: str = ""
    text: str = ""
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a paper; path is relative to the library's files/ folder (posix)."""

    uid: str = ""
    path: str = ""
    sha256: str = ""
    pages: int | None = None
    role: str = "main"  # main | supplement | picture (of a note)
    size: int = 0
    edition: str = ""  # uid of the edition it belongs to


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A paper's place on a dated page of a feed: its provenance.

    `date` is the date as the page states it ("Jun 11"); `iso` only where the
    page gives the year.  `position` is 1-based.  What the page says of the
    paper that day stays here; None and "" where it says nothing.
    """

    page: str
    date: str
    iso: str | None
    position: int
    source: str = ""
    upvotes: int | None = None
    comments: int | None = None
    github_stars: int | None = None
    submitted_by: str = ""
    organization: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A work with everything the library knows of it.

    `editions` holds the preferred edition first.  `collections` are paths such
    as "Topics/Scaling".  `authors` and `links` are in order.  `annotations` are
    those of its attachments, on the way in or out; a paper to be shown has none.
    """

    title: str
    uid: str = ""
    authors: tuple[Author, ...] = ()
    abstract: str = ""
    editions: tuple[Edition, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    reading_state: ReadingState = ReadingState.UNREAD
    starred: bool = False
    remark: str = ""
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    pages: tuple[PageEntry, ...] = ()
    added: str = ""
    modified: str = ""
    deleted: str = ""

    @property
    def preferred(self) -> Edition:
        """The edition whose venue, date and identifiers stand for the work."""
        return self.editions[0] if self.editions else _NO_EDITION

    @property
    def documents(self) -> tuple[Attachment, ...]:
        """The files to be read: all but the pictures of notes."""
        return tuple(file for file in self.attachments if file.role != "picture")

    @property
    def published(self) -> str:
        return self.preferred.published

    @property
    def venue(self) -> str:
        return self.preferred.venue

    @property
    def doi(self) -> str:
        return self.preferred.doi

    @property
    def arxiv_id(self) -> str:
        return self.preferred.arxiv_id

    @property
    def note(self) -> str:
        """The text of the first note, "" when there is none."""
        return self.notes[0].text if self.notes else ""


_NO_EDITION = Edition()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed, by uid, so that every view knows what to repaint.

    `structure` says that sidebar names or counts changed; `batch` is the undo
    step, "" when there is nothing to undo.
    """

    papers: frozenset[str] = field(default_factory=frozenset)
    added: frozenset[str] = field(default_factory=frozenset)
    removed: frozenset[str] = field(default_factory=frozenset)
    notes: frozenset[str] = field(default_factory=frozenset)
    structure: bool = False
    batch: str = ""
    annotations: frozenset[str] = field(default_factory=frozenset)

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.papers | other.papers,
            self.added | other.added,
            self.removed | other.removed,
            self.notes | other.notes,
            self.structure or other.structure,
            other.batch or self.batch,
            self.annotations | other.annotations,
        )

    def __bool__(self) -> bool:
        return bool(
            self.papers
            or self.added
            or self.removed
            or self.notes
            or self.structure
            or self.batch
            or self.annotations
        )


LONGEST_REMARK = 300


def clean_remark(text: str) -> str:
    """A remark as it is kept: one line, not endless."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_REMARK]


def new_uid() -> str:
    """A fresh uid: a random UUID (version 4 of RFC 9562) in its usual 36-character form."""
    # uuid.uuid4() makes the same, and is a twelfth of an import's time.
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def now() -> str:
    """The current time in the library's form, UTC with milliseconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


_NEW_ARXIV = re.compile(r"^(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(v[1-9]\d*)?$", re.ASCII)
_OLD_ARXIV = re.compile(
    r"^([a-z]+(?:-[a-z]{2,})?)(?:\.[a-zA-Z-]{2,})?/((?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})(v[1-9]\d*)?$",
    re.ASCII,
)
_ARXIV_HOST = re.compile(
    r"^(?:https?://)?(?:(?:www|export|browse)\.)?"
    r"(?:arxiv\.org|xxx\.lanl\.gov|alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org)"
    r"/(?:(?:abs|pdf|html|src|e-print|format|ps|overview)/)?",
    re.IGNORECASE,
)
_HUGGING_FACE = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/papers/", re.IGNORECASE
)
_ARXIV_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.48550/arxiv\.", re.IGNORECASE)


def parse_arxiv(text: str) -> tuple[str, str] | None:
    """(base id, version) of an arXiv id in any of its usual spellings, else None.

    Accepts "arXiv:2506.06276v2", abs, pdf and html addresses, Hugging Face paper
    addresses and 10.48550 DOIs.  Version is "" or "v2".  Ids are never numbers:
    "0704.0001" keeps its zeros.  Source: arXiv's identifier scheme (2007 and older).
    """
    value = text.strip()
    for prefix in (_ARXIV_HOST, _HUGGING_FACE, _ARXIV_DOI):
        value = prefix.sub("", value)
    value = re.sub(r"^arxiv:\s*", "", value, flags=re.IGNORECASE)
    value = re.split(r"[?#\s]", value, maxsplit=1)[0]
    value = re.sub(r"\.(pdf|md)$", "", value, flags=re.IGNORECASE).rstrip("/")
    if match := _NEW_ARXIV.match(value):
        year_month = match[1] + match[2]
        # Five digits since 1501, four before; the scheme starts with 0704.
        if "0704" <= year_month and len(match[3]) == (5 if year_month >= "1501" else 4):
            return (f"{year_month}.{match[3]}", match[4] or "") if int(match[3]) else None
        return None
    if match := _OLD_ARXIV.match(value):
        return f"{match[1]}/{match[2]}", match[3] or ""
    return None


def normal_arxiv(text: str) -> str:
    """The base arXiv id without version, or "" when the text is not one."""
    parsed = parse_arxiv(text)
    return parsed[0] if parsed else ""


_DOI = re.compile(r"^10\.\d{4,9}(?:\.\d+)*/\S+$", re.ASCII)


def normal_doi(text: str) -> str:
    """The DOI in lower case without prefix, or "" when the text is not one."""
    value = text.strip()
    value = re.sub(r"^(?:info:doi/|doi(?::|\s)\s*)", "", value, flags=re.IGNORECASE)
    value = re.sub(
        r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/", "", value, flags=re.IGNORECASE
    ).lstrip("/")
    if "%" in value:
        value = unquote(value)
    value = value.rstrip(".,;").lower()
    return value if _DOI.match(value) else ""


def link_kind(url: str) -> str:
    """What an address most likely is, by its host: one of LINK_KINDS."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.lower()
    if host in {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"}:
        return "code"
    if host == "anonymous.4open.science" or host == "gist.github.com":
        return "code"
    if host.endswith((".github.io", ".gitlab.io", ".netlify.app", ".vercel.app", ".pages.dev")):
        return "project"
    if host == "huggingface.co":
        return _hugging_face_kind(path)
    if host.removeprefix("export.") == "arxiv.org":
        return "arxiv"
    if host.removeprefix("dx.") == "doi.org":
        return "doi"
    if host in {"zenodo.org", "kaggle.com", "figshare.com", "datadryad.org"}:
        return "data"
    if host.startswith("colab.") or host.endswith((".streamlit.app", ".gradio.live")):
        return "demo"
    return "pdf" if path.endswith(".pdf") else "project"


def _hugging_face_kind(path: str) -> str:
    if path.startswith("/datasets/"):
        return "data"
    if path.startswith("/spaces/"):
        return "demo"
    if path.startswith(("/papers/", "/papers")):
        return "page"
    return "model"


_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$", re.ASCII)


def iso_date(text: str) -> str:
    """The date part of an ISO date or time when it is a real date, else ""."""
    value = text.strip()[:10]
    match = _ISO.match(value)
    if not match:
        return ""
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return ""
    return value


def day_number(published: str, added: str) -> int:
    """Days since 0001-01-01 of the paper's date, else of its arrival: the base of `ord`."""
    value = iso_date(published) or iso_date(added)
    match = _ISO.match(value)
    if not match:
        return 1
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).toordinal()
