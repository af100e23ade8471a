"""Which annotation of the library a PDF's marks are, and what importing them would do.

Only values.  An annotation is known again by its name in the file (/NM), or,
where that is missing or not its own, by how it looked when it was last seen.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from reader.domain.marking import Annotation, Kind
from reader.domain.pdf_marks import PdfMark, look_of
from reader.domain.pdf_taking import is_kept, private_of, to_annotation
from reader.domain.value import dataclass

_NO_NAME = re.compile(r"fitz-A\d+")  # what PyMuPDF calls the first, second... of any page
_PART = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:~(\d{1,6}))?")
_UNSAID = frozenset({"", "none", "unmarked"})

Entry = tuple[int, int]  # a page and a place in its list of annotations
Fate = Literal["add", "update", "unchanged", "twice", "restore"]


@dataclass(frozen=True, slots=True)
class Found:
    """An annotation as a file has it; `entries` are all its marks there, replies among them.

    `name` is its /NM where that is its own, `wrote` how it looked when the
    program wrote it into the file.
    """

    annotation: Annotation
    entries: tuple[Entry, ...]
    name: str = ""
    wrote: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A mark that was left out, and why."""

    page: int
    index: int
    subtype: str
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with one annotation of the file; `known` is the library's."""

    fate: Fate
    found: Found
    known: Annotation | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The annotations of a slot: those there, and those the reader has deleted."""

    live: Sequence[Annotation] = ()
    deleted: Sequence[Annotation] = ()


# -- marks to annotations


def gather(marks: Iterable[PdfMark]) -> tuple[list[Found], list[Unread]]:
    """The annotations that a file's marks are: parts joined, replies put into the comment."""
    every = list(marks)
    names = Counter(mark.nm for mark in every)
    replies, answering = _replies(every)
    found: list[Found] = []
    unread: list[Unread] = []
    for group in _joined([m for m in every if is_kept(m) and _key(m) not in answering]):
        first = group[0]
        answers = [reply for mark in group for reply in replies.get(_key(mark), ())]
        try:
            annotation = to_annotation(group, "\n\n".join(map(_said, answers)).strip())
        except ValueError as error:
            unread.append(Unread(first.page, first.index, first.subtype, str(error)))
            continue
        own = names[first.nm] == 1 and not _NO_NAME.fullmatch(first.nm)
        entries = tuple((mark.page, mark.index) for mark in (*group, *answers))
        wrote = str(private_of(first).get("look", ""))
        found.append(Found(annotation, entries, first.nm if own else "", wrote))
    return found, unread


def _key(mark: PdfMark) -> Entry:
    return mark.page, mark.index


def _replies(marks: list[PdfMark]) -> tuple[dict[Entry, list[PdfMark]], set[Entry]]:
    """Replies by the mark they belong to, and which marks are replies.

    One whose chain leads nowhere, or in a ring, is an annotation of its own.
    """
    by_number = {mark.number: mark for mark in marks if mark.number}
    replies: dict[Entry, list[PdfMark]] = {}
    taken: set[Entry] = set()
    for mark in marks:
        root, seen = mark, {mark.number}
        while root.parent and root.parent not in seen and root.parent in by_number:
            seen.add(root.parent)
            root = by_number[root.parent]
        if root is not mark and not root.parent and is_kept(root):
            replies.setdefault(_key(root), []).append(mark)
            taken.add(_key(mark))
    return replies, taken


def _said(reply: PdfMark) -> str:
    words = reply.contents.strip() or reply.state
    if words.lower() in _UNSAID:
        return ""
    return f"{reply.author}: {words}" if reply.author else words


def _joined(marks: list[PdfMark]) -> list[list[PdfMark]]:
    """Marks that are parts of one annotation together; a copied part is one of its own."""
    groups: list[list[PdfMark]] = []
    parts: dict[str, dict[int, PdfMark]] = {}
    for mark in marks:
        uid, number = _part_of(mark)
        known = parts.setdefault(uid, {}) if uid else None
        if known is None:
            groups.append([mark])
        elif number in known:
            groups.append([replace(mark, private="")])
        else:
            known[number] = mark
    groups += ([known[number] for number in sorted(known)] for known in parts.values())
    return sorted(groups, key=lambda group: _key(group[0]))


def _part_of(mark: PdfMark) -> tuple[str, int]:
    """(uid, number) of the annotation and its part that a mark is; by its name, if need be."""
    if held := private_of(mark):
        return held["uid"], held["part"]
    named = _PART.fullmatch(mark.nm)
    return (named[1], int(named[2] or 1)) if named else ("", 0)


# -- annotations to what is known


class _Pool:
    """The library's annotations that nothing in the file has been matched with yet."""

    def __init__(self, known: Iterable[Annotation]) -> None:
        self.left = {item.uid: item for item in known}
        self.by_name: dict[str, list[str]] = {}
        self.by_seen: dict[str, deque[str]] = defaultdict(deque)
        self.by_half: dict[tuple[int, str], deque[str]] = defaultdict(deque)
        for item in self.left.values():
            for name in filter(None, (item.nm, item.uid)):
                self.by_name.setdefault(name, []).append(item.uid)
            if item.seen:
                self.by_seen[item.seen].append(item.uid)
                for half, digest in enumerate(item.seen.split(".")):
                    self.by_half[half, digest].append(item.uid)

    def take(self, uids: Iterable[str]) -> Annotation | None:
        """The first of these that is still left."""
        uid = next((uid for uid in uids if uid in self.left), None)
        return self.left.pop(uid) if uid is not None else None

    def among(self, uids: deque[str]) -> Iterator[Annotation]:
        """Those of a list that are left; what was taken at its head is dropped for good."""
        while uids and uids[0] not in self.left:
            uids.popleft()
        return (self.left[uid] for uid in uids if uid in self.left)

    def named(self, found: Found) -> Annotation | None:
        """That with the file's name; of two (a version kept beside) the one seen like this."""
        uids = self.by_name.get(found.name, []) if found.name else []
        written = found.annotation.uid
        uids = [*uids, *(self.by_name.get(written, []) if written else [])]
        there = [self.left[uid] for uid in uids if uid in self.left]
        if len(there) < 2:
            return self.take(it.uid for it in there)
        order = sorted(
            there,
            key=lambda it: (
                it.seen != found.annotation.seen,
                it.nm != found.name,
                look_of(it) != it.seen,
            ),
        )
        return self.take(item.uid for item in order)


def match(founds: Sequence[Found], known: Known) -> list[Annotation | None]:
    """For each annotation of the file the library's, None for a new one.

    By name first, for all; then what looks as it was last seen; then what is
    still in the same place; then what was moved and says the same.
    """
    pool = _Pool((*known.live, *known.deleted))
    answer: list[Annotation | None] = [pool.named(found) for found in founds]
    for attempt in range(3):
        for at, found in enumerate(founds):
            if answer[at] is not None or (attempt and found.name):
                continue
            seen = found.annotation.seen
            if attempt == 0:
                alike = pool.among(pool.by_seen[seen])
                answer[at] = pool.take(it.uid for it in alike if not (found.name and it.nm))
            elif attempt == 1 or found.annotation.comment:
                half = attempt - 1
                alike = pool.among(pool.by_half[half, seen.split(".")[half]])
                answer[at] = pool.take(it.uid for it in alike if _same_kind(it, found))
    return answer


def _same_kind(known: Annotation, found: Found) -> bool:
    return known.kind is Kind.AREA or known.kind is found.annotation.kind


def plan(founds: Sequence[Found], known: Known) -> list[Step]:
    """What importing would do with each annotation of the file."""
    gone = {item.uid for item in known.deleted}
    return [
        Step(_fate(found, mine, gone), found, mine)
        for found, mine in zip(founds, match(founds, known), strict=True)
    ]


def _fate(found: Found, known: Annotation | None, gone: set[str]) -> Fate:
    if known is None:
        return "add"
    theirs, mine = found.annotation.seen, look_of(known)
    if theirs == mine or theirs in (known.seen, found.wrote):
        return "unchanged"
    if known.uid in gone:
        return "restore"
    return "update" if mine in (known.seen, found.wrote) else "twice"


def updated(step: Step) -> Annotation:
    """The library's annotation as the file has it now; tags, card and note stay the reader's."""
    assert step.known is not None
    new, old = step.found.annotation, step.known
    moved = look_of(new).split(".")[0] != look_of(old).split(".")[0]
    return replace(
        old,
        kind=new.kind,
        parts=new.parts,
        color=new.color,
        comment=new.comment,
        size=new.size,
        author=new.author,
        quote=new.quote if moved else old.quote,
        before=new.before if moved else old.before,
        after=new.after if moved else old.after,
        sha256=new.sha256,
        placed=True,
        seen=new.seen,
    )


def added(step: Step, attachment: str) -> Annotation:
    """The file's annotation as a new one of the library; beside another version, under a new uid."""
    found = step.found
    uid = "" if step.fate == "twice" else found.annotation.uid
    nm = found.annotation.nm if found.name else ""
    return replace(found.annotation, attachment=attachment, uid=uid, nm="" if nm == uid else nm)
