"""The bookmarks, walked without recursion: they may be cyclic, huge, or 100,000 deep."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

from reader.pdf.worker.files import OpenFile
from reader.pdf.worker.structure import text_of
from reader.pdf.worker.targets import Resolver


def outline(
    file: OpenFile, _request: dict[str, Any], limits: dict[str, Any]
) -> tuple[list[list[Any]], None]:
    """[level, title, page, x, y] for every bookmark, in order; deeper ones are left out."""
    root = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(mupdf.pdf_trailer(file.pdf), "Root"), "Outlines")
    resolver = Resolver(file)
    items: list[list[Any]] = []
    seen: set[int] = set()
    waiting = [mupdf.pdf_dict_gets(root, "First")]
    while waiting and len(items) < limits["items"]:
        item = waiting.pop()
        number = mupdf.pdf_to_num(item)
        if not mupdf.pdf_is_dict(item) or number in seen:
            continue
        level = len(waiting) + 1
        if number:
            seen.add(number)
        target = resolver.target(item)
        where = [target.page, target.x, target.y] if target else [None, 0.0, 0.0]
        items.append([level, text_of(mupdf.pdf_dict_gets(item, "Title")), *where])
        waiting.append(mupdf.pdf_dict_gets(item, "Next"))
        if level < limits["outline_depth"]:
            waiting.append(mupdf.pdf_dict_gets(item, "First"))
    return items, None
