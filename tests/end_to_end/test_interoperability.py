"""What other programs see of the annotations in a copy: PyMuPDF, PDFium, poppler, pdf.js.

Each kind is looked for by what a program reads (subtype, text, author, dates) and
in the pixels it draws: its colour at its place.  The table of the README is what
`--long -s` prints.  PDFium comes by pypdfium2, poppler by pdftocairo and pdfinfo's
package, pdf.js from the npm registry.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from reader.domain.marking import Annotation, Kind, rgb_of
from reader.domain.pdf_marks import SUBTYPES, drawn
from reader.pdf.engine import Engine
from tests.pdf import marked

SCALE = 6.0  # pixels a point
HEIGHT = 300
CREATED, MODIFIED = "D:20260102030405Z", "D:20260203040506Z"
PDFJS, CANVAS = "pdfjs-dist@5.6.205", "@napi-rs/canvas@1.1.1"
MISSING = "-"  # what a program does not tell of any annotation

Pixel = Callable[[float, float], tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Told:
    """An annotation as another program reads it; MISSING where it has no way to."""

    subtype: str
    contents: str = MISSING
    author: str = MISSING
    created: str = MISSING
    modified: str = MISSING


@dataclass(slots=True)
class Sight:
    """What a program sees of the first page: by name (/NM) or place in the list, and pixels."""

    pixel: Pixel
    told: dict[int, Told] = field(default_factory=dict)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with an annotation of every kind in it."""
    folder = tmp_path_factory.mktemp("copies")
    source = folder / "source.pdf"
    source.write_bytes(marked.document())
    with closing(Engine()) as engine:
        doc = engine.open(source).result(60)
        marks = [mark for item in marked.one_of_each() for mark in drawn(item, {})]
        made = engine.annotated(doc, marks).result(60)
    path = folder / "copy.pdf"
    path.write_bytes(source.read_bytes() + made.data)
    return path


def seen_right(sight: Sight) -> dict[Kind, str]:
    """For each kind what is not as it was written, "" where all is."""
    return {
        item.kind: ", ".join(_wrong(sight, number, item))
        for number, item in enumerate(marked.one_of_each())
    }


def _wrong(sight: Sight, number: int, item: Annotation) -> list[str]:
    x, y = marked.PLACES[item.kind][1]
    share = 0.5 if item.kind is Kind.HIGHLIGHT else 1.0
    wanted = [255 - (255 - part) * share for part in bytes.fromhex(rgb_of(item.color)[1:])]
    pixel = sight.pixel(x * SCALE, (HEIGHT - y) * SCALE)
    wrong: list[str] = []
    if max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) > 48:
        wrong.append(f"drawn {pixel}, not {wanted}")
    if not sight.told:
        return wrong
    told = sight.told[number]
    for name, found, expected in (
        ("subtype", told.subtype, SUBTYPES[item.kind]),
        ("contents", told.contents.replace("\r", "\n"), item.comment),
        ("author", told.author, item.author),
        ("created", told.created, CREATED),
        ("modified", told.modified, MODIFIED),
    ):
        if found not in (expected, MISSING):
            wrong.append(f"{name} {found!r}")
    return wrong


def report(program: str, sight: Sight) -> None:
    """Every kind is right; with -s a row of the table."""
    wrong = {kind: why for kind, why in seen_right(sight).items() if why}
    fields = ("subtype", "contents", "author", "created", "modified")
    first = sight.told.get(0)
    reads = [name for name in fields if first and getattr(first, name) != MISSING]
    read = ", ".join(reads) or "nothing (draws only)"
    sys.stdout.write(
        f"\n| {program} | {len(SUBTYPES) - len(wrong)} of {len(SUBTYPES)} | {read} |\n"
    )
    assert wrong == {}


def of_samples(samples: Any, width: int, stride: int, step: int, order: tuple[int, ...]) -> Pixel:
    del width

    def pixel(x: float, y: float) -> tuple[int, int, int]:
        at = int(y) * stride + int(x) * step
        red, green, blue = (samples[at + part] for part in order)
        return red, green, blue

    return pixel


def of_png(path: Path) -> Pixel:
    """The pixels of a PNG file."""
    pixmap: Any = pymupdf.Pixmap(str(path))
    return of_samples(pixmap.samples, pixmap.width, pixmap.stride, pixmap.n, (0, 1, 2))


def numbered(found: dict[str, Told]) -> dict[int, Told]:
    """By the place of the annotation among those that were written."""
    return {int(name.split("-")[0], 16): told for name, told in found.items() if "~" not in name}


def test_pymupdf(copy: Path) -> None:
    with pymupdf.open(copy) as doc:
        page: Any = doc[0]
        pixmap = page.get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE))
        sight = Sight(of_samples(pixmap.samples, pixmap.width, pixmap.stride, 3, (0, 1, 2)))
        found = {
            it.info["id"]: Told(it.type[1], it.info["content"], it.info["title"],
                                it.info["creationDate"], it.info["modDate"])
            for it in page.annots()
        }  # fmt: skip
    sight.told = numbered(found)
    report("PyMuPDF", sight)


def test_pdfium(copy: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    raw = pdfium.raw
    with closing(pdfium.PdfDocument(copy)) as doc, closing(doc[0]) as page:
        bitmap = page.render(scale=SCALE)
        samples, stride = bytes(bitmap.buffer), bitmap.stride
        blue_first = (2, 1, 0) if not bitmap.rev_byteorder else (0, 1, 2)
        sight = Sight(of_samples(samples, bitmap.width, stride, bitmap.n_channels, blue_first))
        subtypes = {getattr(raw, f"FPDF_ANNOT_{name.upper()}"): name for name in SUBTYPES.values()}
        found: dict[str, Told] = {}
        for index in range(raw.FPDFPage_GetAnnotCount(page)):
            item = raw.FPDFPage_GetAnnot(page, index)
            kind = subtypes.get(raw.FPDFAnnot_GetSubtype(item))
            if kind:
                texts = [_pdfium_text(raw, item, key) for key in
                         (b"NM", b"Contents", b"T", b"CreationDate", b"M")]  # fmt: skip
                found[texts[0]] = Told(kind, *texts[1:])
            raw.FPDFPage_CloseAnnot(item)
    sight.told = numbered(found)
    report("PDFium (pypdfium2)", sight)


def _pdfium_text(raw: Any, item: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(item, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(item, key, buffer, size)
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le")


@pytest.mark.needs("pdftocairo")
def test_poppler(copy: Path, tmp_path: Path) -> None:
    dots = str(round(72 * SCALE))
    target = tmp_path / "page"
    subprocess.run(
        ["pdftocairo", "-png", "-r", dots, "-f", "1", "-l", "1", "-singlefile", copy, target],
        check=True, capture_output=True,
    )  # fmt: skip
    report("poppler (pdftocairo)", Sight(of_png(target.with_suffix(".png"))))


SCRIPT = """
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import * as canvas from "@napi-rs/canvas";
import fs from "fs";
for (const name of ["Path2D", "DOMMatrix", "ImageData"]) globalThis[name] = canvas[name];
const [file, scale, target] = process.argv.slice(2);
const data = new Uint8Array(fs.readFileSync(file));
const doc = await getDocument({ data, verbosity: 0 }).promise;
const page = await doc.getPage(1);
const viewport = page.getViewport({ scale: +scale });
const sheet = canvas.createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
await page.render({ canvas: sheet, canvasContext: sheet.getContext("2d"), viewport }).promise;
fs.writeFileSync(target, sheet.toBuffer("image/png"));
console.log(JSON.stringify((await page.getAnnotations()).map(it => [
  it.id, it.subtype, it.contentsObj?.str ?? "", it.titleObj?.str ?? "",
  it.creationDate ?? "", it.modificationDate ?? ""])));
"""


@pytest.mark.long
@pytest.mark.needs("node")
@pytest.mark.needs("npm")
def test_pdfjs(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"type": "module"}')
    npm = ["npm", "install", "--no-audit", "--no-fund", "--prefix", tmp_path, PDFJS, CANVAS]
    if subprocess.run(npm, capture_output=True).returncode:
        pytest.skip("the npm registry does not answer")
    script, target = tmp_path / "see.mjs", tmp_path / "page.png"
    script.write_text(SCRIPT)
    done = subprocess.run(
        ["node", script, copy, str(SCALE), target], check=True, capture_output=True, text=True
    )
    with pymupdf.open(copy) as doc:
        page: Any = doc[0]
        names = {f"{it.xref}R": it.info["id"] for it in page.annots()}
    found = {names[row[0]]: Told(*row[1:]) for row in json.loads(done.stdout) if row[0] in names}
    sight = Sight(of_png(target), numbered(found))
    report(f"pdf.js ({PDFJS.split('@')[1]})", sight)


def test_a_wrong_sight_is_seen(copy: Path) -> None:
    """The measure itself: a page without annotations, and one that tells wrong things, fail."""
    blank = Sight(lambda _x, _y: (255, 255, 255))
    assert all(why.startswith("drawn") for why in seen_right(blank).values())
    right = Told("Highlight", marked.SAID, "Ada Lovelace", CREATED, MODIFIED)
    sight = Sight(lambda _x, _y: (248, 223, 148), dict.fromkeys(range(12), right))
    wrong = seen_right(sight)
    assert wrong[Kind.HIGHLIGHT] == "" and "subtype 'Highlight'" in wrong[Kind.ARROW]
