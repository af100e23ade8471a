"""Annotations written into a note, and brought up to date there without touching what the reader wrote.

Each annotation is a block between two comments that no rendering shows:

    <!-- annotation UID MARK GROUP -->
    ...what the template makes of it...
    <!-- end -->

MARK is a short hash of what was written there.  A block whose text still fits
its mark is written anew when the annotation changed; one that the reader
edited is left as it is.  GROUP is one of the heading that it was written under:
a block that still stands there goes where the annotation belongs now (it has
another colour, say); one that the reader moved stays.  Everything between blocks is the reader's.  A block
that was taken out does not come back: the annotation remembers that it was
sent to this note.  A block of another document's annotation is not looked at,
so that several documents may share a note.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence, Set
from dataclasses import field, replace

from reader.domain.marking import Annotation
from reader.domain.marking_groups import Around, heading
from reader.domain.note_links import Place, address
from reader.domain.paper import Changes, new_uid
from reader.domain.value import dataclass
from reader.formats.markdown import escape
from reader.formats.text import one_line
from reader.library import annotations as stored
from reader.library import notes
from reader.library.notes import load as load_note
from reader.library.writing import Writer
from reader.services.noting import filled

_BLOCK = re.compile(
    r"^<!-- annotation (?P<uid>[0-9a-f-]{36}) (?P<mark>[0-9a-f]{8})(?: (?P<group>[0-9a-f]{8}))? -->\n"
    r"(?P<text>.*?)^<!-- end -->\n?",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^## (.*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sent:
    """How a note was brought up to date: blocks added, written anew, kept as the reader has them.

    `note` is its uid.
    """

    added: int = 0
    renewed: int = 0
    kept: int = 0
    removed: int = 0
    changes: Changes = field(default_factory=Changes)
    note: str = ""


def send(
    writer: Writer,
    note: str,
    attachment: str,
    template: str,
    grouping: str,
    around: Around,
    paper: str = "",
) -> Sent:
    """Write a document's annotations into a note (its uid), or bring it up to date; one step.

    Without a note into a new one of the paper.
    """
    found = stored.of_attachment(writer.connection, attachment)
    text = load_note(writer.connection, note).text if note else ""
    uid = note or new_uid()
    gone = {it.uid for it in stored.removed_of_attachment(writer.connection, attachment)}
    fresh, sent = brought_up_to_date(text, uid, found, gone, template, grouping, around)
    with writer.edit("Annotations to note") as edit:
        if note:
            edit.set("note", uid, "text", fresh)
        else:
            uid = notes.add(edit, paper, fresh, uid)
        for annotation in found:
            edit.set("annotation", annotation.uid, "note", uid)
    return replace(sent, changes=edit.changes(), note=uid)


def brought_up_to_date(
    text: str,
    note: str,
    found: Sequence[Annotation],
    gone: Set[str],
    template: str,
    grouping: str,
    around: Around,
) -> tuple[str, Sent]:
    """The note's text with its blocks as the annotations are now, and what was done.

    `found` are the document's annotations, `gone` the uids of those that were deleted.
    """
    wanted = {annotation.uid: annotation for annotation in found}
    added = renewed = kept = removed = 0
    pieces: list[str] = []
    at = 0
    over = ""  # the heading that the text stands under
    present: set[str] = set()
    leaving: set[str] = set()
    for block in _BLOCK.finditer(text):
        between = text[at : block.start()]
        pieces.append(between)
        over = (_HEADING.findall(between) or [over])[-1]
        at = block.end()
        uid = block["uid"]
        annotation = wanted.get(uid)
        if annotation is None and uid not in gone:
            pieces.append(block[0])
        elif uid in present or _mark(block["text"]) != block["mark"]:
            kept += 1
            pieces.append(block[0])
        elif annotation is None:
            removed += 1
        else:
            group = _mark(heading(annotation, grouping, around))
            if block["group"] not in (None, group) and block["group"] == _mark(over):
                leaving.add(uid)
                renewed += 1
            else:
                body = _body(annotation, template, around)
                renewed += body != block["text"]
                pieces.append(_block(annotation, body, block["group"] or group))
        present.add(uid)
    whole = "".join(pieces) + text[at:]
    for annotation in found:
        new = annotation.uid not in present and annotation.note != note
        if new or annotation.uid in leaving:
            whole = _put(whole, annotation, found, template, grouping, around)
            added += new
    return whole, Sent(added, renewed, kept, removed)


def _body(annotation: Annotation, template: str, around: Around) -> str:
    values = {
        "quote": " ".join(annotation.quote.split()),
        "comment": annotation.comment.strip(),
        "page": escape(one_line(around.label(annotation))) if annotation.placed else "not placed",
        "link": address(Place("annotation", annotation.uid)),
        "color": annotation.color,
        "meaning": around.meaning(annotation),
        "kind": annotation.kind.value,
        "tags": ", ".join(annotation.tags),
        "card": annotation.card,
        "date": annotation.created[:10],
    }
    # A quote of several lines must not leave its quotation; what has nothing to say is no line.
    lines = [filled(line, values).rstrip() for line in template.strip("\n").split("\n")]
    told = "\n".join(lines).replace("-->", "--&gt;")
    return re.sub(r"\n{3,}", "\n\n", told).strip("\n") + "\n"


def _block(annotation: Annotation, body: str, group: str) -> str:
    return f"<!-- annotation {annotation.uid} {_mark(body)} {group} -->\n{body}<!-- end -->\n"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _put(
    text: str,
    annotation: Annotation,
    found: Sequence[Annotation],
    template: str,
    grouping: str,
    around: Around,
) -> str:
    """The text with a new block: after the one before it in its group, else under its heading."""
    title = heading(annotation, grouping, around)
    mark = _mark(title)
    block = _block(annotation, _body(annotation, template, around), mark)
    group = [it.uid for it in found if heading(it, grouping, around) == title]
    # One that was written under another heading, and stays there, is no neighbour.
    blocks = {it["uid"]: it for it in _BLOCK.finditer(text) if it["group"] in (None, mark)}
    place = group.index(annotation.uid)
    for uid in reversed(group[:place]):
        if uid in blocks:
            end = blocks[uid].end()
            return text[:end] + "\n" + block + text[end:]
    for uid in group[place + 1 :]:
        if uid in blocks:
            start = blocks[uid].start()
            return text[:start] + block + "\n" + text[start:]
    line = re.search(rf"^## {re.escape(title)}[ \t]*(?:\n|\Z)", text, re.MULTILINE)
    if line:
        return text[: line.end()].rstrip("\n") + "\n\n" + block + text[line.end() :]
    before = text.rstrip("\n")
    return (before + "\n\n" if before else "") + f"## {title}\n\n" + block
