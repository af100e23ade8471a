"""What a document says of itself and what it is, as lines for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from reader.domain.value import dataclass
from reader.pdf.protocol import DocumentInfo, Metadata, Properties

_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?")
_LONGEST = 2_000
_PAPERS = {
    "A3": (842, 1191), "A4": (595, 842), "A5": (420, 595), "B5": (499, 709),
    "Letter": (612, 792), "Legal": (612, 1008),
}  # fmt: skip
_KINDS = {
    "epub": "EPUB", "xps": "XPS", "cbz": "CBZ", "docx": "DOCX",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A line: what, and its value."""

    name: str
    value: str


def tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)


def facts(
    path: Path, size: int, info: DocumentInfo, said: Metadata, known: Properties
) -> list[list[Fact]]:
    """Groups of lines; what a document does not say is left out."""
    groups = (
        (
            (tr("Title"), said.title or info.title),
            (tr("Authors"), said.author or info.author),
            (tr("Subject"), said.subject),
            (tr("Keywords"), said.keywords),
            (tr("Created"), date(said.created)),
            (tr("Changed"), date(said.modified)),
            (tr("Made with"), ", ".join(filter(None, (said.creator, said.producer)))),
        ),
        (
            (tr("Format"), _format(info, known)),
            (tr("Pages"), str(info.pages)),
            (tr("Page size"), sizes(known.sizes)),
            (tr("Protection"), _protection(info, known)),
            (tr("Allows"), ", ".join(map(_allowed, known.permissions)) if known.encryption else ""),
        ),
        (
            (tr("File"), path.name),
            (tr("Folder"), str(path.parent)),
            (tr("Size"), QLocale().formattedDataSize(size)),
            (tr("SHA-256"), info.sha256),
        ),
    )
    return [
        [Fact(name, _plain(value)) for name, value in group if value.strip()] for group in groups
    ]


def date(text: str) -> str:
    """A date as a PDF writes it ("D:20240131120000+01'00'"), in the reader's manner."""
    found = _DATE.match(text.strip())
    if found is None:
        return text
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        moment = datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0)  # noqa: DTZ001
    except ValueError:
        return text
    form = "%Y-%m-%d %H:%M" if hour is not None else "%Y-%m-%d"
    return moment.strftime(form)


def sizes(found: Sequence[tuple[float, float, int]]) -> str:
    """Page sizes in millimetres, with the paper's name where it has one."""
    return "; ".join(_size(width, height, many) for width, height, many in found[:4])


def _size(width: float, height: float, many: int) -> str:
    low, high = sorted((width, height))
    name = next(
        (
            paper
            for paper, (short, long) in _PAPERS.items()
            if abs(low - short) < 4 and abs(high - long) < 4
        ),
        "",
    )
    words = f"{width / 72 * 25.4:.0f} × {height / 72 * 25.4:.0f} mm"
    if name:
        words += f" ({name}{tr(', landscape') if width > height else ''})"
    return f"{words}, {many}×" if many > 1 else words


def _format(info: DocumentInfo, known: Properties) -> str:
    # MuPDF knows archives by what packs them: a comic is "zip" to it.
    parts = [_KINDS.get(info.kind) or known.version or info.kind.upper()]
    parts += [tr("tagged")] * known.tagged + [tr("for fast web view")] * known.linearized
    parts += [tr("with a form")] * known.forms + [tr("damaged, mended on opening")] * info.repaired
    return ", ".join(parts)


def _protection(info: DocumentInfo, known: Properties) -> str:
    if not known.encryption:
        return ""
    return known.encryption + (tr(", with a password") if info.needs_password else "")


def _allowed(permission: str) -> str:
    words = {
        "print": tr("printing"),
        "copy": tr("copying"),
        "change": tr("changes"),
        "annotate": tr("annotations"),
        "fill": tr("filling in forms"),
        "assemble": tr("rearranging pages"),
    }
    return words.get(permission, permission)


def fonts(known: Properties) -> Iterator[str]:
    """A line for each font."""
    for name, kind, embedded in known.fonts:
        where = tr("embedded") if embedded else tr("not embedded")
        yield _plain(f"{name.partition('+')[2] or name}  ·  {kind}, {where}")


def as_text(groups: Sequence[Sequence[Fact]], lines: Sequence[str]) -> str:
    """All of it, to be copied."""
    told = ["\n".join(f"{fact.name}: {fact.value}" for fact in group) for group in groups]
    if lines:
        told.append(tr("Fonts") + ":\n" + "\n".join(lines))
    return "\n\n".join(told)


def _plain(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
