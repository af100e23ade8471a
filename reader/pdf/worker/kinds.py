"""What a file is, by its own bytes: names lie, and MuPDF's guesses follow them.

A ZIP archive is weighed by its table of contents before MuPDF unpacks any of it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import Any, BinaryIO, NamedTuple

from reader.pdf.worker.answers import RefusedError

_HEAD = 1024
_ENTRIES = 100_000
_MIMETYPE = 100
# RuntimeError is zipfile's word for an entry with a password.
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".jp2", ".jxr", ".webp")


class Kind(NamedTuple):
    """What a file is: our name for it, the type MuPDF is told, and how MuPDF then calls it."""

    name: str
    magic: str
    format: str


PDF = Kind("pdf", "application/pdf", "PDF")
EPUB = Kind("epub", "application/epub+zip", "EPUB")
XPS = Kind("xps", "application/oxps", "XPS")
CBZ = Kind("cbz", "application/vnd.comicbook+zip", "zip")
DOCX = Kind(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Office"
)
_IMAGES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Kind("image", "image/png", "Image")),
    (re.compile(rb"\xff\xd8\xff"), Kind("image", "image/jpeg", "Image")),
    (re.compile(rb"GIF8[79]a"), Kind("image", "image/gif", "Image")),
    # Two letters begin many a text; the head's length is one of a few.
    (
        re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL),
        Kind("image", "image/bmp", "BMP"),
    ),
    (re.compile(rb"II\*\0|MM\0\*"), Kind("image", "image/tiff", "TIFF")),
)
_STRANGE = (
    (b"<!doctype html", "The file is a web page, not a PDF."),
    (b"<html", "The file is a web page, not a PDF."),
    (b"<head", "The file is a web page, not a PDF."),
    (b"<body", "The file is a web page, not a PDF."),
    (b"<?xml", "The file is a web page or other XML, not a PDF."),
    (b"%!ps", "The file is PostScript, not a PDF."),
    (b"\x1f\x8b", "The file is a compressed archive, not a PDF."),
    (b"rar!", "The file is a RAR archive, not a PDF."),
    (b"7z\xbc\xaf", "The file is a 7-Zip archive, not a PDF."),
    (b"\xd0\xcf\x11\xe0", "The file is an old Office document, not a PDF."),
    (b"{\\rtf", "The file is an RTF document, not a PDF."),
)


def kind_of(source: BinaryIO, limits: dict[str, Any]) -> Kind:
    """The kind of a file that can be opened; RefusedError with a sentence for all others."""
    head = source.read(_HEAD)
    source.seek(0)
    if not head:
        raise RefusedError("The file is empty.")
    if head.startswith(b"PK\x03\x04"):
        return _archive(source, limits)
    for start, kind in _IMAGES:
        if start.match(head):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise RefusedError("The file is a WebP picture, which cannot be shown.")
    if b"%PDF-" in head:
        return PDF
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    for start, sentence in _STRANGE:
        if text.startswith(start):
            raise RefusedError(sentence)
    raise RefusedError("The file is not a PDF.")


def _archive(source: BinaryIO, limits: dict[str, Any]) -> Kind:
    """What a ZIP archive holds, when it unpacks to no more than the limits allow."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            kind = _kind_of_archive(archive, {entry.filename for entry in entries})
    except _BROKEN as error:
        raise RefusedError("The file is a damaged ZIP archive, not a PDF.") from error
    source.seek(0)
    sizes = [entry.file_size for entry in entries]
    # Pages of a comic are unpacked one at a time, a book's chapters all for its page count.
    whole = max(sizes, default=0) if kind == CBZ else sum(sizes)
    if whole > limits["unpacked"] or len(sizes) > _ENTRIES:
        most = limits["unpacked"] >> 20
        raise RefusedError(f"The file unpacks to more than the {most} MB that are allowed.")
    return kind


def _kind_of_archive(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if "META-INF/container.xml" in names or _mimetype(archive, names) == EPUB.magic.encode():
        return EPUB
    if "word/document.xml" in names:
        return DOCX
    if any(name.lower().endswith((".fdseq", ".fdoc")) for name in names):
        return XPS
    if any(name.lower().endswith(_PICTURES) for name in names) and not names & {
        "xl/workbook.xml",
        "ppt/presentation.xml",
        "META-INF/manifest.xml",
        "META-INF/MANIFEST.MF",
    }:
        return CBZ
    raise RefusedError("The file is a ZIP archive, not a PDF.")


def _mimetype(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    if "mimetype" not in names:
        return b""
    with archive.open("mimetype") as file:
        return file.read(_MIMETYPE).strip()
