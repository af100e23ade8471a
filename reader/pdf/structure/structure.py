"""The structure of one document, found once; the mentions of a page when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.pdf.protocol import OutlineItem, PdfLink
from reader.pdf.structure.captions import Captions
from reader.pdf.structure.citing import Citer
from reader.pdf.structure.equations import Equations
from reader.pdf.structure.headings import Headings, outline_of, with_outline
from reader.pdf.structure.lines import Lines
from reader.pdf.structure.linking import Places
from reader.pdf.structure.mentions import Parts, from_text, with_links
from reader.pdf.structure.naming import Namer
from reader.pdf.structure.references import References
from reader.pdf.structure.values import Caption, Equation, Heading, Mention, Reference
from reader.pdf.text import PageText

_MOST_CHARACTERS = 2_000_000  # looked at to learn how a document cites


class Structure:
    """Headings, captions, equations, references and mentions of a document.

    `texts` are its pages in order, None for one that could not be read.
    `outline` is the file's own, () where it has none.  Safe to use from one
    thread at a time; building takes about 1 ms a page.
    """

    def __init__(
        self, texts: Sequence[PageText | None], outline: Sequence[OutlineItem] = ()
    ) -> None:
        self._texts = texts
        lines = Lines(texts)
        captions = Captions(lines, texts)
        headings = Headings(lines, texts, captions.lines)
        captions.place(headings.lines)
        references = References(lines, headings)
        taken = captions.lines | headings.lines | references.lines
        equations = Equations(lines, texts, taken)
        self.lines = lines
        self.headings: tuple[Heading, ...] = tuple(with_outline(headings.all, outline))
        self.captions: tuple[Caption, ...] = captions.all
        self.equations: tuple[Equation, ...] = equations.all
        self.references: tuple[Reference, ...] = references.all
        samples, raised = self._samples(references)
        citer = Citer(references, samples, raised)
        aside = lines.furniture | headings.lines | references.lines
        self._parts = Parts(
            texts,
            # Where "(5)" cites, an equation's number would too.
            aside | equations.lines if citer.parentheses else aside,
            lines,
            captions,
            headings,
            references,
            Namer(captions, headings, equations),
            citer,
            Places(lines, captions, headings, equations, references),
        )
        self._found: dict[int, tuple[Mention, ...]] = {}

    def outline(self) -> tuple[OutlineItem, ...]:
        """An outline made of the headings, for a file that has none."""
        return outline_of(self.headings)

    def mentions(self, page: int, links: Sequence[PdfLink] = ()) -> tuple[Mention, ...]:
        """The mentions of a page in the order of its text; `links` are the page's own."""
        text = self._texts[page]
        if text is None:
            return ()
        if page not in self._found:
            self._found[page] = tuple(from_text(self._parts, text, page))
        found = self._found[page]
        return tuple(with_links(self._parts, text, page, found, links)) if links else found

    def _samples(self, references: References) -> tuple[list[str], int]:
        """The text outside the bibliography, and how many superscripts are labels of entries."""
        samples: list[str] = []
        raised: set[str] = set()
        length = 0
        pages = {page for page, _ in references.lines}
        for number, page in enumerate(self._texts):
            if page is None or not references.all or length > _MOST_CHARACTERS:
                continue
            if number in pages:
                skipped = references.lines
                samples += [
                    " ".join(
                        line.text
                        for line in self.lines.pages[number]
                        if (number, line.number) not in skipped
                    )
                ]
            else:
                samples.append(page.chars)
                for at, style in enumerate(page.styles):
                    if style.raised:
                        stop = page.styles[at + 1].start if at + 1 < len(page.styles) else None
                        raised.update(re.findall(r"\d{1,3}", page.chars[style.start : stop][:40]))
            length += len(page.chars)
        return samples, len(raised & references.labels.keys())
