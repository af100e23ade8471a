"""Open any PDF through the engine and say, stage by stage, how it went.

The program stays whole whatever the file does: every failure is an outcome.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any, Literal

from reader.domain.errors import ReaderError
from reader.domain.value import dataclass
from reader.pdf.engine import Document, Engine
from reader.pdf.protocol import (
    PdfCrashed,
    PdfEncrypted,
    PdfMemory,
    PdfQuarantined,
    PdfTimeout,
)

Outcome = Literal[
    "ok", "refused", "encrypted", "timed_out", "out_of_memory", "crashed", "skipped"
]  # fmt: skip

_PAGES = 3
_SCALE = 150 / 72  # pixels a point
_PIXELS = 4_000_000
_OUTCOMES: tuple[tuple[type[ReaderError], Outcome], ...] = (
    (PdfEncrypted, "encrypted"),
    (PdfTimeout, "timed_out"),
    (PdfMemory, "out_of_memory"),
    (PdfCrashed, "crashed"),
    (PdfQuarantined, "skipped"),
)


@dataclass(frozen=True, slots=True)
class StageReport:
    """How one stage went; `page` is 0-based, None for the document as a whole."""

    stage: str
    page: int | None
    outcome: Outcome
    reason: str
    ms: float


@dataclass(frozen=True, slots=True)
class Report:
    """What was found; `pages` is None and `sha256` "" where that could not be known."""

    file: str
    sha256: str
    pages: int | None
    stages: tuple[StageReport, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as `inspect --json` prints it."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "pages": self.pages,
            "stages": [
                {
                    "stage": stage.stage,
                    "page": stage.page,
                    "outcome": stage.outcome,
                    "reason": stage.reason,
                    "ms": stage.ms,
                }
                for stage in self.stages
            ],
        }


def inspect(engine: Engine, path: Path, password: str = "") -> Report:
    """Open the file and try every stage; the first three pages stand for all.

    Takes at most Limits.inspect seconds beside reading the file for its hash;
    stages that no time is left for are skipped.
    """
    digest = _hash(path)
    due = time.monotonic() + engine.limits.inspect
    doc, opened = _try(lambda: engine.open(path, password, background=True), "open", None, due)
    stages = [opened]
    if doc is None:
        reason = "The document was not opened."
        stages += [
            StageReport(name, None, "skipped", reason, 0) for name in ("metadata", "outline")
        ]
        return Report(str(path), digest, None, tuple(stages))
    try:
        stages += [_try(ask, name, page, due)[1] for name, page, ask in _stages(engine, doc)]
    finally:
        engine.forget(doc)
    return Report(str(path), digest, doc.info.pages, tuple(stages))


def _stages(
    engine: Engine, doc: Document
) -> Iterator[tuple[str, int | None, Callable[[], Future[Any]]]]:
    yield "metadata", None, lambda: engine.metadata(doc)
    yield "outline", None, lambda: engine.outline(doc)
    for page in range(min(_PAGES, doc.info.pages)):
        scale = _scale(doc, page)
        yield "render", page, lambda page=page, scale=scale: engine.render(doc, page, scale)
        yield "text", page, lambda page=page: engine.text(doc, page)
        yield "links", page, lambda page=page: engine.links(doc, page)
        yield "annotations", page, lambda page=page: engine.annotations(doc, page)


def _scale(doc: Document, page: int) -> float:
    """150 dpi, less for a page so large that the picture would be."""
    width, height = doc.info.geometry[page].size
    area = max(width * height, 1.0)
    return min(_SCALE, math.sqrt(_PIXELS / area))


def _try(
    ask: Callable[[], Future[Any]], stage: str, page: int | None, due: float
) -> tuple[Any, StageReport]:
    """The answer, None without one, and how it went."""
    start = time.monotonic()
    if start >= due:
        reason = "No time was left for it."
        return None, StageReport(stage, page, "skipped", reason, 0)
    value: Any = None
    outcome: Outcome = "ok"
    reason = ""
    future = ask()
    try:
        value = future.result(due - start)
    except TimeoutError:
        future.cancel()
        outcome, reason = "timed_out", "The time for the whole file was over."
    except CancelledError:
        outcome, reason = "skipped", "The engine was closed."
    except ReaderError as error:
        outcome, reason = _outcome(error), error.line()
    ms = round((time.monotonic() - start) * 1000, 1)
    return value, StageReport(stage, page, outcome, reason, ms)


def _outcome(error: ReaderError) -> Outcome:
    for kind, name in _OUTCOMES:
        if isinstance(error, kind):
            return name
    return "refused"


def _hash(path: Path) -> str:
    """The file's hash, "" when it is not a file or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
