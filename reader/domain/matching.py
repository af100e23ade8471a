"""Is it the same paper, and which of two values wins?

Two records are the same work when they share an identifier, or, where neither
contradicts the other, the folded title.  A paper that is already there gains
only what it lacked: nothing the reader or an earlier source wrote is replaced.
"""

from __future__ import annotations

from dataclasses import replace

from reader.domain.fold import title_key
from reader.domain.paper import Edition, Paper

# Shorter titles ("Introduction", "Editorial") name too many different papers.
_SHORTEST_TITLE = 12


def identifiers(paper: Paper) -> tuple[tuple[str, str], ...]:
    """(scheme, value) of every identifier of every edition, in order."""
    found: list[tuple[str, str]] = []
    for edition in paper.editions:
        if edition.doi:
            found.append(("doi", edition.doi))
        if edition.arxiv_id:
            found.append(("arxiv", edition.arxiv_id))
    return tuple(dict.fromkeys(found))


def matching_title(paper: Paper) -> str:
    """The folded title to match by, "" when it is too short to mean one paper."""
    key = title_key(paper.title)
    return key if len(key) >= _SHORTEST_TITLE else ""


def alike(one: Paper, other: Paper) -> bool:
    """Whether two papers whose short titles are equal are the same: the text or the place says so.

    "Mamba" on the same page, or with the same abstract or authors, is one paper;
    so are two records that are nothing but that title.
    """
    places = {(entry.page, entry.date, entry.iso) for entry in one.pages}
    return (
        any((entry.page, entry.date, entry.iso) in places for entry in other.pages)
        or (one.abstract != "" and one.abstract == other.abstract)
        or (one.authors != () and one.authors == other.authors)
        or (_bare(one) and _bare(other))
    )


def _bare(paper: Paper) -> bool:
    texts = (paper.abstract, *(note.text for note in paper.notes))
    return not (any(texts) or paper.authors or paper.attachments or identifiers(paper))


def contradict(one: Paper, other: Paper) -> bool:
    """Whether both have an identifier of one scheme and share none of that scheme."""
    mine, theirs = identifiers(one), identifiers(other)
    for scheme in ("doi", "arxiv"):
        left = {value for name, value in mine if name == scheme}
        right = {value for name, value in theirs if name == scheme}
        # A preprint and its journal version have different DOIs: only arXiv ids
        # name one work each.
        if scheme == "arxiv" and left and right and not left & right:
            return True
    return False


def _merged_edition(known: Edition, new: Edition) -> Edition:
    return replace(
        known,
        kind=new.kind if known.kind == "unknown" else known.kind,
        version=known.version or new.version,
        published=known.published or new.published,
        venue=known.venue or new.venue,
        doi=known.doi or new.doi,
        arxiv_id=known.arxiv_id or new.arxiv_id,
    )


def _merged_editions(known: Paper, new: Paper) -> tuple[Edition, ...]:
    editions = list(known.editions)
    for edition in new.editions:
        if edition == Edition():
            continue
        index = _place_of(edition, editions)
        if index is not None:
            editions[index] = _merged_edition(editions[index], edition)
        elif edition.doi or edition.arxiv_id:
            editions.append(edition)
    return tuple(editions)


def _place_of(edition: Edition, editions: list[Edition]) -> int | None:
    """Which edition this one is: by uid, else by identifier, else the first that has none."""
    for index, mine in enumerate(editions):
        if edition.uid == mine.uid != "":
            return index
    for index, mine in enumerate(editions):
        if edition.arxiv_id == mine.arxiv_id != "" or edition.doi == mine.doi != "":
            return index
    for index, mine in enumerate(editions):
        if not (mine.doi or mine.arxiv_id) and mine.kind in ("unknown", edition.kind):
            return index
    return None


def merge(known: Paper, new: Paper) -> Paper:
    """`known` with what it lacked taken from `new`; equal to `known` when it lacked nothing."""
    urls = {link.url.rstrip("/") for link in known.links}
    places = {(entry.page, entry.date, entry.iso) for entry in known.pages}
    texts = {note.text for note in known.notes}
    return replace(
        known,
        authors=known.authors or new.authors,
        abstract=known.abstract or new.abstract,
        remark=known.remark or new.remark,
        editions=_merged_editions(known, new),
        links=known.links + tuple(link for link in new.links if link.url.rstrip("/") not in urls),
        tags=known.tags + tuple(tag for tag in new.tags if tag not in known.tags),
        collections=known.collections
        + tuple(name for name in new.collections if name not in known.collections),
        notes=known.notes + tuple(note for note in new.notes if note.text not in {"", *texts}),
        pages=known.pages
        + tuple(entry for entry in new.pages if (entry.page, entry.date, entry.iso) not in places),
        attachments=known.attachments
        + tuple(
            item
            for item in new.attachments
            if item.sha256 not in {mine.sha256 for mine in known.attachments}
        ),
    )
