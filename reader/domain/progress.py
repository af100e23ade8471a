"""How far a reader is in a document, and how long the rest may take at their pace."""

from __future__ import annotations

from collections.abc import Iterable

from reader.domain.value import dataclass

SEEN = 2.0  # seconds in view that make a page seen


@dataclass(frozen=True, slots=True)
class PageTime:
    """How long a page (0-based) has been looked at."""

    page: int
    seconds: float

    @property
    def seen(self) -> bool:
        return self.seconds >= SEEN


@dataclass(frozen=True, slots=True)
class Progress:
    """Of `pages` pages so many were seen, in so many seconds of reading."""

    pages_seen: int = 0
    pages: int = 0
    seconds: float = 0.0

    @property
    def share(self) -> float:
        """From 0.0 (nothing seen) to 1.0."""
        return min(self.pages_seen / self.pages, 1.0) if self.pages else 0.0


def progress(times: Iterable[PageTime], pages: int) -> Progress:
    """The progress that times of pages tell; pages behind the end count for nothing."""
    inside = [time for time in times if time.page < pages]
    seen = sum(time.seen for time in inside)
    return Progress(seen, pages, round(sum(time.seconds for time in inside), 1))


def seconds_left(times: Iterable[PageTime], pages: int) -> float | None:
    """How long the pages not seen yet take at the median pace of those seen; None while unknown."""
    paces = [time.seconds for time in times if time.seen and time.page < pages]
    if not paces:
        return None
    return _median(paces) * (pages - len(paces))


def _median(values: list[float]) -> float:
    # Not that of `statistics`, which every start of the window would load with all it needs.
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
