"""Bookmarks of a file that is not in the library, kept until it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from reader.domain.bookmark import Bookmark, clean_name
from reader.ui.viewer.kept import Kept

_FEATURE = "bookmarks"
_TEXTS = ("uid", "created", "modified")


def kept_of(kept: Kept, path: str) -> tuple[Bookmark, ...]:
    """What is kept of a file, in the order of its pages."""
    found = kept.of(_FEATURE, path).get("all")
    read = map(_of_json, found if isinstance(found, list) else ())
    return tuple(sorted((one for one in read if one is not None), key=lambda one: one.place))


def keep(kept: Kept, path: str, bookmarks: Iterable[Bookmark]) -> None:
    """Keep these and no others; none forgets the file."""
    items = [asdict(one) for one in bookmarks]
    kept.keep(_FEATURE, path, {"all": items} if items else {})


def _of_json(item: object) -> Bookmark | None:
    if not isinstance(item, Mapping):
        return None
    page, x, y = (item.get(name) for name in ("page", "x", "y"))
    mark = item.get("mark")
    if not isinstance(page, int) or page < 0 or not _number(x) or not _number(y):
        return None
    texts: dict[str, Any] = {
        name: value for name in _TEXTS if isinstance(value := item.get(name), str)
    }
    if not texts.get("uid") or not isinstance(mark, str) or len(mark) > 1:
        return None
    name = clean_name(str(item.get("name", "")))
    return Bookmark(page, x, y, name, mark, **texts)  # pyright: ignore[reportArgumentType]


def _number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
