"""The same paper? And a merge that only ever adds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.matching import alike, contradict, identifiers, matching_title, merge
from reader.domain.paper import Attachment, Author, Edition, Link, Note, PageEntry, Paper

WORD = st.sampled_from(["", "a", "b"])
EDITIONS = st.builds(
    Edition,
    kind=st.sampled_from(["unknown", "preprint", "published"]),
    version=st.sampled_from(["", "v1"]),
    published=st.sampled_from(["", "2024", "2025"]),
    venue=WORD,
    doi=st.sampled_from(["", "10.1000/a", "10.1000/b"]),
    arxiv_id=st.sampled_from(["", "2506.06276", "2506.06277"]),
)
NAMES = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple)
PAPERS = st.builds(
    Paper,
    title=st.sampled_from(["One", "Another title of a paper"]),
    authors=st.lists(st.builds(Author, WORD, WORD), max_size=2).map(tuple),
    abstract=WORD,
    editions=st.lists(EDITIONS, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, st.sampled_from(["u", "v", "u/"])), max_size=2).map(tuple),
    tags=NAMES,
    collections=NAMES,
    starred=st.booleans(),
    notes=st.lists(st.builds(Note, WORD, WORD), max_size=2).map(tuple),
    attachments=st.lists(st.builds(Attachment, WORD, WORD, WORD), max_size=2).map(tuple),
    pages=st.lists(
        st.builds(PageEntry, WORD, WORD, st.sampled_from([None, "2025-06-11"]), st.just(1)),
        max_size=2,
    ).map(tuple),
)


def kept(paper: Paper) -> Paper:
    """The paper as a library holds it: every edition has a uid of its own."""
    editions = (replace(edition, uid=f"e{n}") for n, edition in enumerate(paper.editions))
    return replace(paper, editions=tuple(editions))


LIBRARY_PAPERS = PAPERS.map(kept)


@given(LIBRARY_PAPERS, PAPERS)
def test_a_merge_loses_nothing_of_the_known_paper(known: Paper, new: Paper) -> None:
    merged = merge(known, new)
    for name in ("title", "uid", "reading_state", "starred", "added", "modified", "deleted"):
        assert getattr(merged, name) == getattr(known, name)
    for name in ("links", "tags", "collections", "notes", "attachments", "pages"):
        mine = getattr(known, name)
        assert getattr(merged, name)[: len(mine)] == mine
    assert known.authors in ((), merged.authors)
    assert known.abstract in ("", merged.abstract)
    for before, after in zip(known.editions, merged.editions, strict=False):
        for name in ("uid", "version", "published", "venue", "doi", "arxiv_id"):
            assert getattr(before, name) in ("", getattr(after, name))
        assert before.kind in ("unknown", after.kind)
    assert len(merged.editions) >= len(known.editions)


@given(LIBRARY_PAPERS, PAPERS)
def test_a_second_merge_adds_nothing(known: Paper, new: Paper) -> None:
    # GIVEN a record with one edition, as every source gives it
    new = replace(new, editions=new.editions[:1])
    once = merge(known, new)
    assert merge(once, new) == once


@given(LIBRARY_PAPERS)
def test_a_paper_has_nothing_to_gain_from_itself(paper: Paper) -> None:
    assert merge(paper, paper) == paper


def test_what_was_lacking_is_gained() -> None:
    # GIVEN a paper of a page, without authors and identifiers
    known = Paper("STARFlow: Scaling", editions=(Edition("e"),), notes=(Note("n", "mine"),))
    # WHEN it meets what a service knows of it
    new = Paper(
        "STARFlow",
        authors=(Author("Gu", "Jiatao"),),
        abstract="We present",
        editions=(Edition("", "preprint", "v1", "2025-06-06", "arXiv", "", "2506.06276"),),
        notes=(Note("", ""), Note("", "theirs")),
    )
    merged = merge(known, new)
    # THEN the gaps are filled, the title stays, an empty note is nothing
    assert (merged.title, merged.abstract) == (known.title, "We present")
    assert merged.editions == (replace(new.editions[0], uid="e"),)
    assert [note.text for note in merged.notes] == ["mine", "theirs"]


def test_a_preprint_gets_its_published_edition_beside_it() -> None:
    known = Paper("T", editions=(Edition("e", "preprint", arxiv_id="2506.06276"),))
    new = Paper("T", editions=(Edition("", "published", doi="10.1000/a", venue="Nature"),))
    assert [edition.doi for edition in merge(known, new).editions] == ["", "10.1000/a"]


def test_identifiers_are_listed_once() -> None:
    edition = Edition(doi="10.1000/a", arxiv_id="2506.06276")
    assert identifiers(Paper("T", editions=(edition, edition))) == (
        ("doi", "10.1000/a"),
        ("arxiv", "2506.06276"),
    )


def test_two_arxiv_ids_are_two_works_two_dois_need_not_be() -> None:
    def one(**given: str) -> Paper:
        return Paper("T", editions=(Edition(**given),))

    assert contradict(one(arxiv_id="2506.06276"), one(arxiv_id="2506.06277"))
    assert not contradict(one(arxiv_id="2506.06276"), one(arxiv_id="2506.06276"))
    assert not contradict(one(arxiv_id="2506.06276"), one(doi="10.1000/a"))
    assert not contradict(one(doi="10.1000/b"), one(doi="10.1000/a"))


def test_short_titles_need_more_than_themselves() -> None:
    assert matching_title(Paper("Introduction")) == "introduction"
    assert matching_title(Paper("Editorial")) == ""
    one = Paper("Mamba", abstract="A", pages=(PageEntry("Daily papers", "Jun 11", None, 1),))
    assert alike(one, Paper("Mamba", abstract="A"))
    assert alike(one, Paper("Mamba", pages=(PageEntry("Daily papers", "Jun 11", None, 7),)))
    assert not alike(one, Paper("Mamba", abstract="B"))
    assert not alike(one, Paper("Mamba"))
    assert alike(Paper("Mamba"), Paper("Mamba"))
    assert not alike(Paper("Mamba", attachments=(Attachment("a"),)), Paper("Mamba"))
