"""Annotations under headings: by what their colour means, by section, by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from reader.domain.marking import PALETTE, Annotation, pages_of
from reader.domain.value import dataclass

GROUPINGS = ("page", "section", "meaning")
UNPLACED = "Not placed"  # what the present file has no place for has no page and no section in it


def _came_with() -> Mapping[str, str]:
    return {color.name: color.meaning for color in PALETTE}


@dataclass(frozen=True, slots=True)
class Around:
    """What the annotations of a document are told with.

    `meanings` are what the palette's colours mean, `label(annotation)` is the printed
    name of its page, "3–4" of its pages, `section(annotation)` the heading it stands under, ""
    where none is known.
    """

    meanings: Mapping[str, str] = field(default_factory=_came_with)
    label: Callable[[Annotation], str] = lambda it: pages_of(it, lambda page: str(page + 1))
    section: Callable[[Annotation], str] = lambda _: ""

    def meaning(self, annotation: Annotation) -> str:
        """What the annotation's colour means: a word of the palette, else the colour itself."""
        return self.meanings.get(annotation.color, annotation.color)


MakeAround = Callable[[Mapping[str, str], Sequence[Annotation]], Around]  # of meanings, and of whom


def heading(annotation: Annotation, grouping: str, around: Around) -> str:
    """The heading an annotation stands under."""
    if not annotation.placed and grouping != "meaning":
        return UNPLACED
    match grouping:
        case "page":
            begins = replace(annotation, parts=annotation.parts[:1])
            return f"Page {around.label(begins)}"
        case "section":
            return around.section(annotation) or "Without a section"
        case _:
            word = around.meaning(annotation)
            return word[:1].upper() + word[1:]


def grouped(
    found: Iterable[Annotation], grouping: str, around: Around
) -> list[tuple[str, list[Annotation]]]:
    """The annotations under their headings, each group in the given order.

    Pages and sections follow that order too, with what is not placed at their end;
    meanings follow the palette's.
    """
    groups: dict[str, list[Annotation]] = {}
    for annotation in found:
        groups.setdefault(heading(annotation, grouping, around), []).append(annotation)
    if grouping != "meaning":
        return sorted(groups.items(), key=lambda it: it[0] == UNPLACED)
    order = [word[:1].upper() + word[1:] for word in around.meanings.values()]
    return sorted(
        groups.items(), key=lambda it: order.index(it[0]) if it[0] in order else len(order)
    )
