"""PDF files written by hand: sound ones to read, and ones that hang, lie or crash.

Each generator returns the bytes of a file.  `HOSTILE` names those that no
program should trust.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Sequence

PASSWORD = "secret"
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_HELVETICA = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def pdf(objects: Sequence[bytes], trailer: bytes = b"", last: int = 0) -> bytes:
    """A file of these objects, numbered from 1; the first one is the catalog.

    `last` is the number of an object that the table lists and the file lacks.
    """
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets: list[int] = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    if last:
        out += b"%d 1\n0000000000 65535 f \n" % last
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (max(last, len(objects)) + 1, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pages(
    contents: Sequence[bytes],
    *,
    page: bytes = b"",
    catalog: bytes = b"",
    resources: bytes = _HELVETICA,
    box: bytes = b"[0 0 200 300]",
    more: Iterable[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """A document with a page per content stream.

    Pages are the objects 3, 5, 7...; `more` objects follow after the last
    content, `page`, `catalog` and `trailer` are added to those dictionaries.
    """
    kids = b" ".join(b"%d 0 R" % (3 + 2 * index) for index in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources%s/Contents %d 0 R%s>>"
            % (box, resources, 4 + 2 * index, page)
        )
        objects.append(stream(content))
    return pdf([*objects, *more], trailer)


def line(text: str, x: float = 20, y: float = 250, size: float = 12) -> bytes:
    """Content that shows a line of text (PDF string syntax)."""
    return b"BT /F %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode("latin-1"))


def sound(count: int = 3) -> bytes:
    """A document with nothing wrong."""
    return pages([line(f"Page number {number + 1}") for number in range(count)])


def truncated() -> bytes:
    data = sound(20)
    return data[: len(data) // 5]


def html() -> bytes:
    return b"<!DOCTYPE html><html><body><h1>Are you a robot?</h1></body></html>"


def zipped() -> bytes:
    return b"PK\x03\x04" + bytes(200)


def empty() -> bytes:
    return b""


def noise() -> bytes:
    return hashlib.shake_256(b"noise").digest(4096)


def header_only() -> bytes:
    return b"%PDF-1.7\n" + noise()


def encrypted() -> bytes:
    """Locked with PASSWORD by the standard handler, 40-bit RC4."""
    padded = (PASSWORD.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    identity = b"0123456789abcdef"
    key = hashlib.md5(padded + owner + b"\xfc\xff\xff\xff" + identity).digest()[:5]
    user = _rc4(key, _PAD)
    # A content stream that decrypts to nonsense: only the lock matters here.
    return pages(
        [b"q Q"],
        trailer=b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
        % (
            identity.hex().encode(),
            identity.hex().encode(),
            owner.hex().encode(),
            user.hex().encode(),
        ),
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def nested_forms(depth: int = 24, hanging_page: int = 0, count: int = 3) -> bytes:
    """A few kilobytes that draw for ever: each form draws the next one ten times."""
    first = 3 + 2 * count
    contents = [line(f"Page number {number + 1}") for number in range(count)]
    contents[hanging_page] = b"/X Do"
    forms: list[bytes] = []
    for level in range(depth):
        inside = b"/X Do " * 10 if level + 1 < depth else b"0 0 1 1 re f"
        resources = b"<</XObject<</X %d 0 R>>>>" % (first + level + 1)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 200 300]/Resources%s" % resources
        forms.append(stream(inside, entries))
    resources = _HELVETICA[:-2] + b"/XObject<</X %d 0 R>>>>" % first
    return pages(contents, resources=resources, more=forms)


def deep_outline(depth: int = 100_000) -> bytes:
    """Bookmarks within bookmarks: a recursive reader runs out of stack."""
    items = [
        b"<</Title(%d)/Parent %d 0 R/First %d 0 R/Last %d 0 R/Count 1/Dest[3 0 R/Fit]>>"
        % (number, number - 1, number + 1, number + 1)
        for number in range(6, 6 + depth)
    ]
    return pages(
        [line("Deep")],
        catalog=b"/Outlines 5 0 R",
        more=[b"<</First 6 0 R/Last 6 0 R/Count 1>>", *items, b"<</Title(last)>>"],
    )


def cyclic_outline() -> bytes:
    """Two bookmarks, each the next of the other and its own first child."""
    return pages(
        [line("Cyclic")],
        catalog=b"/Outlines 5 0 R",
        more=[
            b"<</First 6 0 R/Last 7 0 R/Count 2>>",
            b"<</Title(one)/Parent 5 0 R/Next 7 0 R/First 6 0 R/Dest[3 0 R/XYZ 20 250 0]>>",
            b"<</Title(two)/Parent 5 0 R/Next 6 0 R/First 7 0 R/Dest[99 0 R/Fit]>>",
        ],
    )


def huge_box() -> bytes:
    """A page a billion points wide and high."""
    return pages([line("Huge")], box=b"[0 0 1000000000 1000000000]")


def huge_image(side: int = 60_000) -> bytes:
    """An image of side * side pixels of three bytes, packed to a few kilobytes."""
    packed = zlib.compressobj(9)
    row = bytes(1 << 20)
    data = b"".join(packed.compress(row) for _ in range(64)) + packed.flush()
    image = stream(
        data,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Filter/FlateDecode" % (side, side),
    )
    return pages([b"200 0 0 300 0 0 cm /X Do"], resources=b"<</XObject<</X 5 0 R>>>>", more=[image])


def million_pages() -> bytes:
    """A tree of a million pages in a kilobyte: every branch is the same branch."""
    kids = [b" ".join([b"%d 0 R" % (number + 1)] * 100) for number in (2, 3, 4)]
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1000000/Kids[%s]/MediaBox[0 0 200 300]>>" % kids[0],
            b"<</Type/Pages/Parent 2 0 R/Count 10000/Kids[%s]>>" % kids[1],
            b"<</Type/Pages/Parent 3 0 R/Count 100/Kids[%s]>>" % kids[2],
            b"<</Type/Page/Parent 4 0 R>>",
        ],
        last=1_000_100,
    )


def many_annotations(count: int = 200_000) -> bytes:
    """One page with so many links."""
    mark = b"<</Type/Annot/Subtype/Link/Rect[10 10 20 20]/A<</S/URI/URI(http://a.org/)>>>>"
    return pages([line("Marked")], page=b"/Annots[" + mark * count + b"]")


def broken_tree() -> bytes:
    """The page tree is its own child and says to hold 50 pages."""
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 50/Kids[2 0 R 2 0 R]>>"])


def nul_text() -> bytes:
    """Text that maps to NULs and lone surrogates, in the page, the title and a bookmark."""
    cmap = (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap "
        b"1 begincodespacerange <00><FF> endcodespacerange "
        b"3 beginbfchar <41><0000> <42><D800> <43><0043> endbfchar endcmap end end"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    return pages(
        [b"BT /F 12 Tf 20 250 Td (ABCD) Tj ET"],
        resources=b"<</Font<</F 5 0 R>>>>",
        catalog=b"/Outlines 7 0 R",
        more=[
            font,
            stream(cmap),
            b"<</First 8 0 R/Last 8 0 R/Count 1>>",
            b"<</Title<FEFF0041D8000042>/Parent 7 0 R/Dest[3 0 R/Fit]>>",
            b"<</Title<FEFF00410000D8000042>/Author(A\\000B)>>",
        ],
        trailer=b"/Info 9 0 R",
    )


def cyclic_names() -> bytes:
    """A link whose destination is looked for in a tree of names that is its own child."""
    kids = b"/Limits[(a)(z)]/Kids[" + b"6 0 R " * 50 + b"]"
    link = b"<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/GoTo/D(x)>>>>"
    return pages(
        [line("Names")],
        catalog=b"/Names<</Dests 5 0 R/EmbeddedFiles 5 0 R>>/PageLabels 5 0 R",
        page=b"/Annots[" + link * 50 + b"]",
        more=[b"<<" + kids + b">>", b"<<" + kids.replace(b"6 0", b"5 0") + b">>"],
    )


def cyclic_fields() -> bytes:
    """A field of a form that is its own parent, and has neither name nor kind."""
    widget = b"<</Type/Annot/Subtype/Widget/Rect[1 1 9 9]/Parent 5 0 R>>"
    return pages(
        [line("Fields")],
        catalog=b"/AcroForm<</Fields[5 0 R]>>",
        page=b"/Annots[" + widget + b"]",
        more=[b"<</Parent 6 0 R/Kids[6 0 R]>>", b"<</Parent 5 0 R/Kids[5 0 R]/T(x)>>"],
    )


def cyclic_pages() -> bytes:
    """Pages whose parents go in a ring, so that what they inherit is never found."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[4 0 R]/Parent 3 0 R>>",
            b"<</Type/Pages/Count 1/Kids[4 0 R]/Parent 2 0 R>>",
            b"<</Type/Page/Parent 3 0 R/Contents 5 0 R>>",
            stream(line("Ring")),
        ]
    )


def endless_links(names: int = 100_000, links: int = 5_000) -> bytes:
    """Links whose destinations are looked for one by one among so many names, in no order."""
    mixed = b" ".join(b"(n%d)[3 0 R/Fit]" % (index * 7919 % names) for index in range(names))
    link = b"<</Type/Annot/Subtype/Link/Rect[10 10 20 20]/Dest(m%d)>>"
    return pages(
        [line("Page number 1")],
        catalog=b"/Names<</Dests 5 0 R>>",
        page=b"/Annots[" + b" ".join(link % index for index in range(links)) + b"]",
        more=[b"<</Names[" + mixed + b"]>>"],
    )


def endless_content() -> bytes:
    """Half a megabyte that unpacks to a page of ninety million operators."""
    packed = zlib.compressobj(9)
    piece = b"0 0 m 9 9 l S " * 100_000
    data = b"".join(packed.compress(piece) for _ in range(300)) + packed.flush()
    content = stream(data, b"/Filter/FlateDecode")
    return pages([line("Page number 1")]).replace(stream(line("Page number 1")), content)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "truncated": truncated,
    "html": html,
    "zip": zipped,
    "empty": empty,
    "noise": noise,
    "header only": header_only,
    "encrypted": encrypted,
    "nested forms": nested_forms,
    "deep outline": deep_outline,
    "cyclic outline": cyclic_outline,
    "huge box": huge_box,
    "huge image": huge_image,
    "million pages": million_pages,
    "many annotations": many_annotations,
    "broken tree": broken_tree,
    "nul text": nul_text,
    "cyclic names": cyclic_names,
    "cyclic fields": cyclic_fields,
    "cyclic pages": cyclic_pages,
    "endless content": endless_content,
    "endless links": endless_links,
}
