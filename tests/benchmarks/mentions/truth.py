"""What the links of a PDF say its text mentions, and whether the found target is that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf

from reader.domain.annotation import Rect
from reader.pdf.structure.values import Kind, Mention, Target

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("cite.", "citation"), ("figure.", "figure"), ("table.", "table"), ("equation.", "equation"),
    ("AMS.", "equation"), ("section.", "section"), ("subsection.", "section"),
    ("appendix.", "section"), ("chapter.", "section"), ("section*.", "section"),
)  # fmt: skip
_LABEL = re.compile(r"\\newlabel\{([fteis]\d+)\}\{\{(.*?)\}\{\d+\}\{.*?\}\{([^{}]+)\}\{\}\}$")
_CONTENTS = 10  # sections that only a table of contents links to from one page
_NEAR = 60.0  # points a thing's top or foot is off a link's point, where words tell nothing


@dataclass(frozen=True, slots=True)
class Truth:
    """A link: where it stands, and the place and the name it leads to."""

    page: int
    rect: Rect
    kind: Kind
    name: str
    target: int
    point: tuple[float, float]


@dataclass(slots=True)
class Score:
    """How many mentions of each kind land right, wrong, or were not found."""

    right: dict[Kind, int] = field(default_factory=dict)
    wrong: dict[Kind, int] = field(default_factory=dict)
    lost: dict[Kind, int] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        """Take the counts of another one too."""
        for mine, its in (
            (self.right, other.right), (self.wrong, other.wrong), (self.lost, other.lost)
        ):  # fmt: skip
            for kind, count in its.items():
                mine[kind] = mine.get(kind, 0) + count

    def count(self, counts: dict[Kind, int], kind: Kind) -> None:
        """One more of a kind."""
        counts[kind] = counts.get(kind, 0) + 1


def truths(path: Path) -> list[Truth]:
    """The links of a PDF that lead to a numbered thing or an entry, outside of contents."""
    found: list[Truth] = []
    with pymupdf.open(path) as doc:
        for number in range(doc.page_count):
            on_page = list(_on_page(doc, number, doc[number].get_links()))
            sections = {one.name for one in on_page if one.kind == "section"}
            contents = len(sections) >= _CONTENTS
            found += [one for one in on_page if not (contents and one.kind == "section")]
    return found


def _on_page(doc: Any, page: int, links: list[dict[str, Any]]) -> Iterator[Truth]:
    for link in links:
        name = str(link.get("nameddest") or link.get("name") or "")
        kind = _kind(name)
        point = link.get("to")
        if kind is None or point is None or link["page"] < 0:
            continue
        # The point of a named destination comes as it stands in the file, y up.
        point = pymupdf.Point(point) * doc[link["page"]].transformation_matrix
        x0, y0, x1, y1 = link["from"]
        yield Truth(page, (x0, y0, x1, y1), kind, name, link["page"], (point.x, point.y))


def _kind(name: str) -> Kind | None:
    for start, kind in _KINDS:
        if name.startswith(start):
            return kind
    return None


def labels(aux: Path) -> dict[str, tuple[str, str]]:
    """The label and the printed number of each destination, from LaTeX's own notes."""
    found: dict[str, tuple[str, str]] = {}
    for line in aux.read_text(errors="replace").splitlines():
        match = _LABEL.match(line)
        if match:
            number = re.sub(r"[\\{}]|relax|hbox|unhbox|voidb@x", "", match[2]).strip()
            found[match[3]] = match[1], number
    return found


def landed(
    truth: Truth, target: Target, marks: dict[str, str], names: dict[str, tuple[str, str]]
) -> bool:
    """Whether a target is what a link names: by its own word, by number, else by place."""
    label, number = names.get(truth.name, ("", ""))
    if truth.kind == "citation":
        label = truth.name.removeprefix("cite.")
    words = "".join(filter(str.isalpha, target.text)).lower()
    if label in marks:
        return marks[label] in words and (target.page == truth.target or truth.kind == "citation")
    if number and truth.kind == "equation":
        return target.page == truth.target and target.text.rstrip().endswith(f"({number})")
    x, y = truth.point
    x0, y0, x1, y1 = target.rect
    near = y0 - _NEAR <= y <= y1 + _NEAR and x0 - _NEAR <= max(x, x0) <= x1 + _NEAR
    return target.page == truth.target and near


def over(mention: Mention, rect: Rect) -> bool:
    """Whether a mention stands where a link stands."""
    for x0, y0, x1, y1 in mention.rects:
        wide = min(x1, rect[2]) - max(x0, rect[0])
        tall = min(y1, rect[3]) - max(y0, rect[1])
        if wide > 0.4 * min(x1 - x0, rect[2] - rect[0]) and tall > 0.3 * min(
            y1 - y0, rect[3] - rect[1]
        ):
            return True
    return False
