"""One annotation of every kind on a page of 200 by 300 points, and PDFs that hold hostile ones."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.annotation import Quad
from reader.domain.marking import Annotation, Kind, Part, Stroke
from tests.pdf import hostile

SAID = "A *comment* (é)\nin two lines"
FREE = "Free text that is wrapped to its box"
CREATED, MODIFIED = "2026-01-02T03:04:05.678Z", "2026-02-03T04:05:06.789Z"


def quad(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return x0, y1, x1, y1, x0, y0, x1, y0


INK: Stroke = tuple(
    (80.0 + 5 * step, 125.0 if step % 2 else 105.0, round(0.3 + 0.07 * step, 3))
    for step in range(10)
)
SECOND: Stroke = ((82.0, 121.0, 1.0), (90.0, 108.0, 1.0), (98.0, 121.0, 1.0))
# Kind -> where it lies, and where one of its coloured points is (user space).
PLACES: dict[Kind, tuple[Part, tuple[float, float]]] = {
    Kind.HIGHLIGHT: (Part(0, (quad(20, 247, 160, 262), quad(20, 227, 100, 242))), (21.0, 261.0)),
    Kind.UNDERLINE: (Part(0, (quad(110, 207, 180, 222),)), (111.0, 208.05)),
    Kind.STRIKEOUT: (Part(0, (quad(20, 207, 90, 222),)), (20.5, 213.6)),
    Kind.SQUIGGLY: (Part(0, (quad(20, 187, 100, 202),)), (21.2, 188.6)),
    Kind.NOTE: (Part(0, (quad(170, 260, 188, 278),)), (173.0, 266.0)),
    Kind.TEXT: (Part(0, (quad(20, 140, 180, 180),)), (23.4, 173.0)),
    Kind.AREA: (Part(0, (quad(20, 100, 70, 130),)), (20.5, 115.0)),
    Kind.INK: (Part(0, (quad(80, 105, 125, 125),), (INK, SECOND)), (125.0, 124.8)),
    Kind.RECTANGLE: (Part(0, (quad(140, 100, 190, 130),)), (140.7, 115.0)),
    Kind.ELLIPSE: (Part(0, (quad(20, 50, 70, 90),)), (20.7, 70.0)),
    Kind.LINE: (Part(0, (), (((80.0, 50.0, 1.0), (120.0, 90.0, 1.0)),)), (100.0, 70.0)),
    Kind.ARROW: (Part(0, (), (((130.0, 50.0, 1.0), (180.0, 90.0, 1.0)),)), (155.0, 70.0)),
}
COLORS = ("yellow", "blue", "red", "green", "orange", "purple", "gray", "magenta", "#123456",
          "green", "red", "blue")  # fmt: skip


def uid_of(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-00000000000a"


def one_of_each(attachment: str = "") -> list[Annotation]:
    """One of each kind, said to be of `attachment`; the first runs over two pages."""
    made: list[Annotation] = []
    for number, (kind, (part, _)) in enumerate(PLACES.items()):
        made.append(
            Annotation(
                kind, (part,), attachment, COLORS[number], uid=uid_of(number), author="Ada Lovelace",
                created=CREATED, modified=MODIFIED,
                comment=FREE if kind is Kind.TEXT else SAID if kind is Kind.NOTE else "",
            )
        )  # fmt: skip
    second = Part(1, (quad(20, 277, 80, 292),))
    made[0] = replace(
        made[0], parts=(*made[0].parts, second), comment=SAID, tags=("other", "proof"),
        card="claim", quote="Words to be marked", before="b", after="a",
    )  # fmt: skip
    area = next(at for at, one in enumerate(made) if one.kind is Kind.AREA)
    made[area] = replace(made[area], note=uid_of(900), picture=uid_of(901))
    return made


def document() -> bytes:
    """Two pages of words for the annotations."""
    lines = [("Words to be marked here", 20, 250), ("Second line", 20, 230), ("Struck", 20, 210),
             ("Squiggly", 20, 190), ("Under words", 110, 210)]  # fmt: skip
    first = b"".join(hostile.line(*line) for line in lines)
    return hostile.pages([first, hostile.line("Page two begins", 20, 280)])


def foreign(*marks: bytes, more: tuple[bytes, ...] = (), page: bytes = b"") -> bytes:
    """One page of words with annotations as another program writes them: dictionary entries.

    `more` objects are numbered from 5.
    """
    inside = b"".join(b"<</Type/Annot%s>>" % mark for mark in marks)
    words = hostile.line("Words to be marked here", 20, 250)
    return hostile.pages([words], page=b"/Annots[" + inside + b"]" + page, more=more)


HIGHLIGHT = (
    b"/Subtype/Highlight/Rect[19 246 161 263]/QuadPoints[20 262 54 262 20 247 54 247]"
    b"/C[1 0.8 0]/T(Bo)/Contents(Their words)/NM(their-1)/M(D:20250102030405Z)/F 4"
)
HOSTILE = (
    (b"/Subtype/Highlight/Rect[0 0 1 1]/QuadPoints[1 2 3]/NM(odd)",
     "It does not say which words it is on."),
    (b"/Subtype/Highlight/Rect[0 0 1 1]/QuadPoints[1 2 3 4 (x) 6 7 8]",
     "Its place is not made of numbers."),
    (b"/Subtype/Square/Rect[0 0 nan 1]", "Its place is not made of numbers."),
    (b"/Subtype/Square/Rect[0 0 9999999 1]", "It lies far outside of every page."),
    (b"/Subtype/Square/Rect[0 0 1]", "It does not say where it is."),
    (b"/Subtype/Circle", "It does not say where it is."),
    (b"/Subtype/Ink/Rect[0 0 1 1]/InkList 7", "It has no line."),
    (b"/Subtype/Line/Rect[0 0 1 1]/L[1 2]", "It has no line."),
    (b"/Subtype/Polygon/Rect[0 0 1 1]/Vertices[(a)]", "Its place is not made of numbers."),
)  # fmt: skip
