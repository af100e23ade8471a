"""Set the guide: packaging/guide/guide.md -> resources/guide.pdf.

The same text gives the same bytes, so that a test can set it anew and compare.
Blocks of the text: ## and ### headings, paragraphs, - lists, | tables (after
`::table WIDTH_OF_THE_FIRST_COLUMN`), `::figure NAME CAPTION`, `::equation
NAME`, `::caption`, and `::references`, whose lines begin with [1].
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pymupdf
from guide import figures
from guide.typeset import (
    ACCENT,
    LINE,
    MUTED,
    TEXT,
    Colour,
    Faces,
    Jump,
    Row,
    Style,
    draw_row,
    length,
    rows_of,
    write,
    write_centred,
)

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "resources" / "guide.pdf"
TITLE = "A guide to Paper Reader"
DATE = "D:20261124000000Z"

PAGE = (595.0, 842.0)
LEFT, TOP, BOTTOM = 90.0, 88.0, 768.0
WIDTH = figures.WIDTH
UNDER = 5.4  # between a row of a table and the next, the rule in its middle
FRONT = 2  # title and contents, numbered i and ii


@dataclass(slots=True)
class Heading:
    level: int
    text: str
    number: str
    page: int
    y: float

    @property
    def anchor(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.text.lower()).strip("-")


@dataclass(slots=True)
class Guide:
    """A document being set: the pen's place, and what is to be linked at the end."""

    document: pymupdf.Document
    faces: Faces
    page: pymupdf.Page
    y: float = TOP
    headings: list[Heading] = field(default_factory=list)
    anchors: dict[str, tuple[int, float]] = field(default_factory=dict)
    jumps: list[Jump] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    waiting: list[Callable[[], None]] = field(default_factory=list)  # for the next page's top

    @property
    def body(self) -> Style:
        return Style(self.faces.regular, 10.0, 15.2)

    @property
    def small(self) -> Style:
        return Style(self.faces.regular, 8.4, 12.6, MUTED)

    def need(self, height: float) -> None:
        """Start a new page unless `height` fits on this one."""
        if self.y + height > BOTTOM:
            self.page = self.document.new_page(-1, *PAGE)
            self.y = TOP
            waiting, self.waiting = self.waiting, []
            for put in waiting:
                put()

    def float_in(self, height: float, put: Callable[[], None]) -> None:
        """Put a figure or table here if it fits, else on the next page while the text goes on."""
        if self.y + height > BOTTOM or self.waiting:
            self.waiting.append(put)
        else:
            self.y += 5
            put()

    def text(self, text: str, style: Style, indent: float = 0.0, after: float = 8.0) -> None:
        """A paragraph; no page begins or ends with a single line of it."""
        rows = rows_of(text, style, self.faces, WIDTH - indent)
        for number, row in enumerate(rows):
            left = len(rows) - number
            first_of_many = number == 0 and left > 1
            self.need(style.leading * (2 if first_of_many or left == 2 else 1))
            self.put(row, LEFT + indent, style)
        self.y += after

    def put(self, row: Row, x: float, style: Style) -> None:
        self.y += style.leading
        baseline = self.y - style.leading * 0.28
        self.jumps += draw_row(self.page, row, x, baseline, style)

    def count(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    @property
    def place(self) -> int:
        return self.page.number or 0


# ---- blocks


def set_block(guide: Guide, block: str) -> None:
    if match := re.match(r"(##+) (.+)", block):
        set_heading(guide, len(match[1]) - 1, match[2])
    elif block.startswith("- "):
        set_list(guide, block)
    elif match := re.match(r"::table (\d+)\n(.+)\n::caption (.+)", block, re.DOTALL):
        set_table(guide, float(match[1]), match[2].splitlines(), match[3])
    elif match := re.match(r"::figure (\w+) (.+)", block):
        set_figure(guide, match[1], match[2])
    elif match := re.match(r"::equation (\w+)", block):
        guide.need(figures.HEIGHTS[match[1]])
        figures.draw(match[1], guide.page, LEFT, guide.y - 6, guide.faces)
        guide.y += figures.HEIGHTS[match[1]]
    elif block.startswith("::references"):
        set_references(guide, block.splitlines()[1:])
    else:
        guide.text(block, guide.body)


def set_heading(guide: Guide, level: int, text: str) -> None:
    size, before, after = ((17.0, 19.0, 9.0), (12.0, 9.0, 5.0))[level - 1]
    room = 110.0 if level == 1 else 76.0
    guide.need(room)
    if guide.y > TOP:
        guide.y += before
    chapter = sum(heading.level == 1 for heading in guide.headings) + (level == 1)
    section = 0
    for heading in guide.headings:
        section = 0 if heading.level == 1 else section + 1
    number = str(chapter) if level == 1 else f"{chapter}.{section + 1}"
    numbered = text != "References"
    heading = Heading(level, text, number if numbered else "", guide.place, guide.y)
    guide.headings.append(heading)
    guide.anchors[heading.anchor] = (guide.place, guide.y)
    guide.y += size * 1.25
    x = LEFT
    if numbered:
        x = write(guide.page, number, x, guide.y, guide.faces.regular, size, ACCENT) + size * 0.6
    write(guide.page, text, x, guide.y, guide.faces.semibold, size)
    guide.y += after


def set_list(guide: Guide, block: str) -> None:
    for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:]:
        guide.need(guide.body.leading * 2)
        dot = (LEFT + 5, guide.y + guide.body.leading * 0.72 - 3.4)
        guide.page.draw_circle(dot, 1.7, color=None, fill=ACCENT)
        guide.text(item.strip(), guide.body, indent=18, after=3)
    guide.y += 6


def set_table(guide: Guide, first: float, lines: list[str], caption: str) -> None:
    """A table of two columns, a rule under each row, kept on one page with its caption."""
    style = replace(guide.body, size=9.2, leading=13.2)
    header = replace(style, font=guide.faces.semibold)
    rows: list[tuple[Style, list[Row], list[Row]]] = []
    for number, line in enumerate(lines):
        left, right = (cell.strip() for cell in line.strip("| ").split(" | "))
        face = header if number == 0 else style
        rows.append(
            (
                face,
                rows_of(left, face, guide.faces, first - 8),
                rows_of(right, face, guide.faces, WIDTH - first),
            )
        )
    height = sum(face.leading * max(len(a), len(b)) + UNDER for face, a, b in rows)
    guide.float_in(height + 45, lambda: put_table(guide, first, rows, caption))


def put_table(
    guide: Guide, first: float, rows: list[tuple[Style, list[Row], list[Row]]], caption: str
) -> None:
    for number, (face, left, right) in enumerate(rows):
        top = guide.y
        for cells, x in ((left, LEFT), (right, LEFT + first)):
            guide.y = top
            for row in cells:
                guide.put(row, x, face)
        guide.y = top + face.leading * max(len(left), len(right)) + UNDER
        rule(guide, guide.y - UNDER / 2 + 0.6, TEXT if number == 0 else LINE)
    set_caption(guide, f"**Table {guide.count('table')}.** {caption}")


def set_figure(guide: Guide, name: str, caption: str) -> None:
    guide.float_in(figures.HEIGHTS[name] + 62, lambda: put_figure(guide, name, caption))


def put_figure(guide: Guide, name: str, caption: str) -> None:
    figures.draw(name, guide.page, LEFT, guide.y, guide.faces)
    guide.y += figures.HEIGHTS[name]
    set_caption(guide, f"**Figure {guide.count('figure')}.** {caption}")


def set_caption(guide: Guide, text: str) -> None:
    guide.y += 4
    guide.text(text, guide.small, after=14)


def set_references(guide: Guide, lines: list[str]) -> None:
    if guide.waiting:
        guide.need(BOTTOM)
    set_heading(guide, 1, "References")
    style = replace(guide.body, size=9.2, leading=14.0)
    for line in lines:
        number, _, text = line.partition("] ")
        guide.need(style.leading * 2)
        guide.anchors[f"ref-{number[1:]}"] = (guide.place, guide.y)
        baseline = guide.y + style.leading * 0.72
        write(guide.page, f"{number}]", LEFT, baseline, guide.faces.regular, style.size, MUTED)
        guide.text(text, style, indent=24, after=4)


def rule(guide: Guide, y: float, ink: Colour) -> None:
    guide.page.draw_line((LEFT, y), (LEFT + WIDTH, y), color=ink, width=0.6)


# ---- front matter, edges, links


def set_title(guide: Guide, page: pymupdf.Page, version: str) -> None:
    faces = guide.faces
    page.draw_rect(pymupdf.Rect(LEFT, 232, LEFT + 34, 236), color=None, fill=ACCENT)
    write(page, "A guide to", LEFT - 1, 288, faces.regular, 34, MUTED)
    write(page, "Paper Reader", LEFT - 2, 332, faces.bold, 44)
    lead = Style(faces.regular, 13, 21, TEXT)
    y = 374.0
    words = "Your papers, their abstracts and your notes side by side, in a folder of your own."
    for row in rows_of(words, lead, faces, 330):
        draw_row(page, row, LEFT, y, lead)
        y += lead.leading
    write(page, f"Version {version}", LEFT, 742, faces.medium, 9.5, TEXT)
    line = "A paper of the starter library: press Enter on it to read it in the program."
    write(page, line, LEFT, 757, faces.regular, 9.5, MUTED)


def set_contents(guide: Guide, page: pymupdf.Page) -> None:
    faces = guide.faces
    write(page, "Contents", LEFT, TOP + 22, faces.semibold, 18)
    y = TOP + 56.0
    for heading in guide.headings:
        chapter = heading.level == 1
        font, size = (faces.semibold, 10.5) if chapter else (faces.regular, 10)
        x = LEFT if chapter else LEFT + 22
        y += 10 if chapter else 0
        if heading.number:
            write(page, heading.number, x, y, font, size, ACCENT if chapter else MUTED)
        name = x if not heading.number else LEFT + (22 if chapter else 50)
        end = write(page, heading.text, name, y, font, size)
        label = str(heading.page - FRONT + 1)
        start = LEFT + WIDTH - length(font, label, size)
        write(page, label, start, y, font, size)
        if not chapter:
            page.draw_line(
                (end + 6, y - 1), (start - 6, y - 1), color=LINE, width=0.9, dashes="[0.9 3] 0"
            )
        area = pymupdf.Rect(x, y - size - 2, LEFT + WIDTH, y + 5)
        guide.jumps.append(Jump(page.number or 0, area, f"#{heading.anchor}"))
        y += 18


def set_edges(guide: Guide) -> None:
    """The running title above and the page's label below."""
    for number in range(1, guide.document.page_count):
        page = guide.document[number]
        label = "ii" if number < FRONT else str(number - FRONT + 1)
        write_centred(page, label, PAGE[0] / 2, 800, guide.faces.regular, 8.6, MUTED)
        if number < FRONT:
            continue
        chapters = [
            heading
            for heading in guide.headings
            if heading.level == 1 and (heading.page, heading.y) <= (number, TOP)
        ]
        write(page, TITLE, LEFT, 58, guide.faces.regular, 8.2, MUTED)
        name = chapters[-1].text
        right = LEFT + WIDTH - length(guide.faces.regular, name, 8.2)
        write(page, name, right, 58, guide.faces.regular, 8.2, MUTED)
        page.draw_line((LEFT, 66), (LEFT + WIDTH, 66), color=LINE, width=0.6)


def insert_links(guide: Guide) -> None:
    for jump in guide.jumps:
        page = guide.document[jump.page]
        if jump.target.startswith("#"):
            number, y = guide.anchors[jump.target[1:]]
            point = pymupdf.Point(0, max(y - 20, 0))
            link = {"kind": pymupdf.LINK_GOTO, "from": jump.rect, "page": number, "to": point}
        else:
            link = {"kind": pymupdf.LINK_URI, "from": jump.rect, "uri": jump.target}
        page.insert_link(link)


def finish(guide: Guide) -> bytes:
    """Outline, labels, metadata and only the used glyphs; the same bytes every time."""
    document = guide.document
    top = [[1, TITLE, 1], [1, "Contents", 2]]
    outline = [
        [
            heading.level,
            f"{heading.number} {heading.text}".strip(),
            heading.page + 1,
            {"kind": pymupdf.LINK_GOTO, "to": pymupdf.Point(0, max(heading.y - 20, 0)), "zoom": 0},
        ]
        for heading in guide.headings
    ]
    document.set_toc([*top, *outline])
    document.set_page_labels(
        [
            {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
            {"startpage": FRONT, "prefix": "", "style": "D", "firstpagenum": 1},
        ]
    )
    document.set_metadata(
        {
            "title": TITLE,
            "author": "The Paper Reader project",
            "subject": "How to use Paper Reader",
            "keywords": "papers, notes, PDF, library",
            "creator": "Paper Reader",
            "producer": "PyMuPDF",
            "creationDate": DATE,
            "modDate": DATE,
        }
    )
    document.subset_fonts()
    return document.tobytes(garbage=4, clean=True, deflate=True, use_objstms=1, no_new_id=True)


def make(version: str) -> bytes:
    """The guide as the bytes of a PDF."""
    document = pymupdf.open()
    faces = Faces()
    for _ in range(FRONT + 1):
        document.new_page(-1, *PAGE)
    guide = Guide(document, faces, document[FRONT])
    text = (HERE / "guide" / "guide.md").read_text(encoding="utf-8")
    for block in re.split(r"\n\n+", text.strip()):
        set_block(guide, block)
    set_title(guide, document[0], version)
    set_contents(guide, document[1])
    set_edges(guide)
    insert_links(guide)
    return finish(guide)


def version() -> str:
    text = (HERE.parent / "reader" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    return found[1] if found else ""


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_bytes(make(version()))
    print(f"wrote {target}")
