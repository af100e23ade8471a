"""What a page says of a paper, and the paper made of it."""

from __future__ import annotations

from dataclasses import field

from reader.domain.paper import Author, Edition, Link, PageEntry, Paper
from reader.domain.value import dataclass
from reader.formats.links import links_in

DAILY = "Daily papers"
TRENDING = "Trending papers"


@dataclass(slots=True)
class Draft:
    """All that one page says of one paper; "" and None where it is silent."""

    title: str
    abstract: str = ""
    arxiv_id: str = ""
    published: str = ""
    authors: tuple[Author, ...] = ()
    links: list[Link] = field(default_factory=list)
    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None
    submitted_by: str = ""
    organization: str = ""
    summary: str = ""
    date: str = ""
    iso: str | None = None


def merged(drafts: list[Draft]) -> list[Draft]:
    """The drafts in order, each paper once: pages for wide and narrow screens repeat them.

    Two are the same with one arXiv id, or one title and no two different ids or abstracts.
    """
    kept: list[Draft] = []
    by_key: dict[str, Draft] = {}
    for draft in drafts:
        title = "".join(draft.title.split()).casefold()
        keys = [f"id {draft.arxiv_id}"] if draft.arxiv_id else []
        keys.append(f"title {title}")
        twin = next((by_key[key] for key in keys if key in by_key), None)
        if twin is not None and _same(twin, draft):
            _fill(twin, draft)
            continue
        kept.append(draft)
        for key in keys:
            by_key[key] = draft
    return kept


def _same(first: Draft, second: Draft) -> bool:
    if first.arxiv_id and second.arxiv_id:
        return first.arxiv_id == second.arxiv_id
    return not first.abstract or not second.abstract or first.abstract == second.abstract


def _fill(draft: Draft, other: Draft) -> None:
    """Give the draft what only its twin knows."""
    for name in Draft.__slots__:
        if getattr(draft, name) in ("", None, ()):
            setattr(draft, name, getattr(other, name))
    draft.links += [link for link in other.links if link not in draft.links]


def paper(draft: Draft, position: int, page: str, source: str) -> Paper:
    """The draft as a paper without uid, with its place on the page."""
    links = {link.url: link for link in (*draft.links, *links_in(draft.abstract))}
    edition = Edition(
        kind="preprint" if draft.arxiv_id else "unknown",
        published=draft.published,
        arxiv_id=draft.arxiv_id,
    )
    entry = PageEntry(
        page=page,
        date=draft.date,
        iso=draft.iso,
        position=position,
        source=source,
        upvotes=draft.upvotes,
        comments=draft.comments,
        github_stars=draft.stars,
        submitted_by=draft.submitted_by,
        organization=draft.organization,
        summary=draft.summary,
    )
    return Paper(
        title=draft.title,
        authors=draft.authors,
        abstract=draft.abstract,
        editions=(edition,) if edition != Edition() else (),
        links=tuple(links.values()),
        pages=(entry,),
    )
