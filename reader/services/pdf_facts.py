"""What a PDF says of itself: title, authors, identifiers, pages; through the engine only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from reader.domain.marking import clean_text
from reader.domain.paper import Author, Edition, Paper, parse_arxiv
from reader.domain.value import dataclass

_JUNK_TITLE = re.compile(
    r"^(microsoft word\b|microsoft powerpoint\b|untitled|title$|document\d*$|pii:|doi:|arxiv:|"
    r"slide 1$|.*\.(dvi|tex|docx?|indd|pdf|rtf|pptx?|fm|qxd|ps|eps|svg|png|jpe?g|tiff?)$|[\W\d_]*$)",
    re.IGNORECASE,
)
# The stamp arXiv prints up the margin of page 1: certain, unlike a bare number.
_STAMP = re.compile(r"arXiv:(\S+?)(v\d+)?\s+\[[a-z-]+(?:\.[A-Za-z-]+)?\]\s+\d{1,2} \w{3} \d{4}")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """A PDF's own words.  `pages` is None where a password hides them.

    `largest` is the largest text of page 1, "" when there is none.
    """

    pages: int | None = None
    title: str = ""
    author: str = ""
    largest: str = ""
    first_page: str = ""


ReadPdf = Callable[[Path], PdfFacts]


def sound_title(text: str) -> str:
    """A metadata title fit to be shown, "" when a program wrote it and no person."""
    title = " ".join(clean_text(text).split())
    return "" if len(title) < 4 or _JUNK_TITLE.match(title) else title


def plain_text(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8, which no database takes, are replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def draft(path: Path, facts: PdfFacts, parse_name: Callable[[str], Author]) -> Paper:
    """The paper a PDF becomes: title from metadata, else page 1, else the file's name."""
    title = sound_title(facts.title) or " ".join(clean_text(facts.largest).split())[:300]
    stem = clean_text(plain_text(path.stem)).replace("_", " ")
    title = title or " ".join(stem.split()) or "Untitled"
    stamp = _STAMP.search(facts.first_page)
    found = parse_arxiv(stamp[1]) if stamp else parse_arxiv(path.stem)
    edition = Edition()
    if found:
        version = (stamp[2] or "") if stamp else found[1]
        edition = Edition(kind="preprint", version=version, arxiv_id=found[0])
    people = tuple(
        parse_name(name)
        for name in re.split(r"\s*(?:;|,? and |\n)\s*", clean_text(facts.author))
        if name.strip()
    )
    return Paper(title=title, authors=people, editions=(edition,))
