"""What a tab is: one or two halves, each an open PDF with its own place; and its remembered form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.domain.annotation import ReadingPosition
from reader.domain.value import dataclass

if TYPE_CHECKING:
    from reader.ui.tabs.view import TabView
    from reader.ui.viewer.page import ViewerPage

_PARTS = {
    "page": int, "x": float, "y": float, "zoom": str, "layout": str, "rotation": int,
}  # fmt: skip
_LEAST_SHARE, _MOST_SHARE = 0.1, 0.9


@dataclass(slots=True, eq=False)
class Half:
    """An open PDF: of a paper (its uid and the attachment's), or a file of its own.

    `page` is None until it is first looked at; `seen` is when it was last on
    the screen (seconds of the monotonic clock); `resting` once it gave its
    memory back; `sha256` of the file as it was opened.  `people` and `abstract` are the paper's,
    as far as they were at hand.
    """

    title: str
    path: Path
    paper: str = ""
    attachment: str = ""
    position: ReadingPosition | None = None
    page: ViewerPage | None = None
    seen: float = 0.0
    resting: bool = False
    sha256: str = ""
    people: str = ""
    abstract: str = ""

    @property
    def words(self) -> tuple[str, str, str]:
        """What is shown of the document until it is open: title, people, abstract."""
        return self.title or self.path.stem, self.people, self.abstract

    def twin(self) -> Half:
        """The same document once more, at the same place."""
        place = self.page.position() if self.page is not None else self.position
        twin = Half(self.title, self.path, self.paper, self.attachment, place)
        twin.people, twin.abstract = self.people, self.abstract
        return twin


@dataclass(slots=True, eq=False)
class Tab:
    """One half, or two side by side or one below the other; `share` is the first one's part.

    `geometry` is that of its own window (base64), "" while it stands in the bar.
    """

    halves: list[Half]
    below: bool = False
    share: float = 0.5
    active: int = 0
    geometry: str = ""
    view: TabView | None = field(default=None, repr=False)

    @property
    def half(self) -> Half:
        """The half that has the keys."""
        return self.halves[min(self.active, len(self.halves) - 1)]

    @property
    def page(self) -> ViewerPage | None:
        return self.half.page

    @property
    def title(self) -> str:
        return self.halves[0].title

    @property
    def path(self) -> Path:
        return self.half.path

    @property
    def paper(self) -> str:
        return self.half.paper

    def split(self) -> bool:
        return len(self.halves) > 1


def remembered(tab: Tab) -> dict[str, Any]:
    """A tab as JSON."""
    return {
        "halves": [_half(half) for half in tab.halves],
        "below": tab.below,
        "share": round(tab.share, 4),
        "active": tab.active,
        "geometry": tab.geometry,
    }


def recalled(item: object, held: Callable[[str], Path | None]) -> Tab | None:
    """A remembered tab; None when it is none, or none of its files is there any more.

    `held` gives the file an attachment (its uid) has now: another one may have taken the
    place of the one that is remembered.
    """
    if not isinstance(item, dict):
        return None
    stored = item.get("halves", [item])
    found = (_recall(one, held) for one in (stored if isinstance(stored, list) else []))
    halves = [half for half in found if half]
    if not halves:
        return None
    share, active = item.get("share"), item.get("active")
    return Tab(
        halves[:2],
        item.get("below") is True,
        min(max(share, _LEAST_SHARE), _MOST_SHARE) if isinstance(share, float) else 0.5,
        1 if active == 1 and len(halves) > 1 else 0,
        str(item.get("geometry", "")),
    )


def _half(half: Half) -> dict[str, Any]:
    return {
        "title": half.title,
        "path": str(half.path),
        "paper": half.paper,
        "attachment": half.attachment,
        "position": place_to_json(half.position),
    }


def _recall(item: object, held: Callable[[str], Path | None]) -> Half | None:
    if not isinstance(item, dict):
        return None
    title, paper, attachment = (str(item.get(key, "")) for key in ("title", "paper", "attachment"))
    remembered_path = Path(str(item.get("path", "")))
    now = held(attachment) if attachment else None
    path = next((path for path in (now, remembered_path) if path and _there(path)), None)
    place = place_of_json(item.get("position"))
    return Half(title, path, paper, attachment, place) if path else None


def _there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def place_to_json(place: ReadingPosition | None) -> dict[str, Any] | None:
    """A place as JSON."""
    if place is None:
        return None
    return asdict(place)


def place_of_json(item: object) -> ReadingPosition | None:
    """A place that was remembered, None for anything else."""
    if not isinstance(item, Mapping):
        return None
    known = {key: item[key] for key, kind in _PARTS.items() if isinstance(item.get(key), kind)}
    return ReadingPosition(**known) if {"page", "x", "y", "zoom"} <= known.keys() else None
