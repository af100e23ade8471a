"""Documents that are no PDF, made by hand: books, comics, pictures; sound ones and bombs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from tests.pdf import hostile

_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="c.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
_PACKAGE = (
    '<package version="2.0" xmlns="http://www.idpf.org/2007/opf" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>A Book</dc:title>'
    "<dc:creator>Ann Author</dc:creator></metadata><manifest>"
    '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine toc="n"><itemref idref="a"/><itemref idref="b"/></spine></package>'
)
_POINT = (
    '<navPoint id="{0}"><navLabel><text>{0}</text></navLabel><content src="{1}"/>{2}</navPoint>'
)
_NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{}</navMap></ncx>'
)
_HTML = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
_LINKS = (
    '<p><a href="b.xhtml">within</a> <a href="https://a.org/">out</a> '
    '<a href="file:///etc/passwd">file</a> <a href="javascript:alert(1)">script</a></p>'
)


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive; XML gets its declaration."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            text = '<?xml version="1.0"?>' + content if isinstance(content, str) else content
            archive.writestr(name, text)
    return out.getvalue()


def epub(
    first: str = "<h1>Chapter one</h1>", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A book of two chapters; the first one as given, with four links at its end."""
    points = _POINT.format("One", "a.xhtml", _POINT.format("Within", "a.xhtml", ""))
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "c.opf": _PACKAGE,
            "toc.ncx": _NCX.format(points + _POINT.format("Two", "b.xhtml", "")),
            "a.xhtml": _HTML.format(first + _LINKS),
            "b.xhtml": _HTML.format("<h1>Chapter two</h1><p>The end.</p>"),
            **(more or {}),
        }
    )


def deep_epub(depth: int = 20_000) -> bytes:
    """Chapters within chapters."""
    start = _POINT.split("{2}", maxsplit=1)[0].format("x", "a.xhtml")
    ncx = _NCX.format(start * depth + "</navPoint>" * depth)
    return epub(more={"toc.ncx": ncx})


@cache
def epub_bomb(size: int = 1 << 30) -> bytes:
    """A book of a few megabytes with a chapter that unpacks to a gigabyte."""
    out = io.BytesIO(epub())
    chapter = zipfile.ZipInfo("more.xhtml")
    chapter.compress_type = zipfile.ZIP_DEFLATED
    with (
        zipfile.ZipFile(out, "a", compresslevel=1) as archive,
        archive.open(chapter, "w") as stream,
    ):
        for _ in range(size >> 24):
            stream.write(bytes(1 << 24))
    return out.getvalue()


@cache
def lying_bomb() -> bytes:
    """A book whose table of contents says that a chapter of 300 MB is a hundred bytes long."""
    data = bytearray(epub(more={"a.xhtml": b"<p>" + b"word " * 60_000_000}))
    size = struct.pack("<I", 3 + 300_000_000)
    for at in (data.find(size), data.rfind(size)):
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def png(width: int, height: int, rows: bytes | None = None) -> bytes:
    """A picture of red pixels, or of the given rows (each begins with a 0)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    pixels = rows if rows is not None else (b"\0" + b"\xff\0\0" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(pixels, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def gif() -> bytes:
    return (
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00"
        b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    )


def bmp(width: int = 8, height: int = 4) -> bytes:
    pixels = b"\0\0\xff" * width * height
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + head + pixels


def tiff(width: int = 8, height: int = 4) -> bytes:
    pixels = b"\xff\0\0" * width * height
    tags = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 8 + len(pixels)), (259, 3, 1, 1),
        (262, 3, 1, 2), (273, 4, 1, 8), (277, 3, 1, 3), (278, 4, 1, height),
        (279, 4, 1, len(pixels)),
    ]  # fmt: skip
    bits = struct.pack("<HHH", 8, 8, 8)
    table = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    head = b"II*\0" + struct.pack("<I", 8 + len(pixels) + len(bits))
    return head + pixels + bits + struct.pack("<H", len(tags)) + table + bytes(4)


def cbz(pages: int = 3) -> bytes:
    return zipped({f"{number}.png": png(40 + number, 60) for number in range(pages)})


def huge_png(side: int = 60_000) -> bytes:
    """A picture that says to be 60,000 pixels wide and high, in a few kilobytes."""
    return png(side, side, bytes(1 << 22))


def huge_cbz() -> bytes:
    """A comic whose second page is such a picture."""
    return zipped({"1.png": png(40, 60), "2.png": huge_png(), "3.png": png(40, 60)})


@cache
def cbz_bomb() -> bytes:
    """A comic with a page that unpacks to 300 MB."""
    return zipped({"1.png": png(40, 60), "2.png": bytes(300 << 20)})


_XPS = "http://schemas.microsoft.com/xps/2005/06"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def xps() -> bytes:
    """A page of 300 x 600 points with a red square that leads to an address."""
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="fdseq" ContentType='
            '"application/vnd.ms-package.xps-fixeddocumentsequence+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" '
            f'Type="{_XPS}/fixedrepresentation" Target="/s.fdseq"/></Relationships>',
            "s.fdseq": f'<FixedDocumentSequence xmlns="{_XPS}"><DocumentReference '
            'Source="/d.fdoc"/></FixedDocumentSequence>',
            "d.fdoc": f'<FixedDocument xmlns="{_XPS}"><PageContent Source="/1.fpage" '
            'Width="400" Height="800"/></FixedDocument>',
            "1.fpage": f'<FixedPage xmlns="{_XPS}" Width="400" Height="800"><Path Fill="#FFFF0000" '
            'Data="M 0,0 L 100,0 100,100 0,100 Z" FixedPage.NavigateUri="https://a.org/"/>'
            "</FixedPage>",
        }
    )


def docx() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Override PartName="/word/document.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document'
            '.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" '
            f'Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}"></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r>'
            "<w:t>Hello from Word</w:t></w:r></w:p></w:body></w:document>",
        }
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "epub bomb": epub_bomb,
    "lying bomb": lying_bomb,
    "deep epub": deep_epub,
    "huge picture": huge_png,
    "huge comic": huge_cbz,
    "comic bomb": cbz_bomb,
    "truncated epub": lambda: epub()[:900],
    "truncated picture": lambda: png(100, 100)[:60],
    "program": lambda: zipped({"META-INF/MANIFEST.MF": b"", "logo.png": png(4, 4)}),
    "pdf in a zip": lambda: zipped({"paper.pdf": hostile.sound()}),
    "epub of nothing": lambda: zipped({"mimetype": b"application/epub+zip"}),
}
