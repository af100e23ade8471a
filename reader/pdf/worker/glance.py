"""The small picture of a page whose full one takes long to make."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

from reader.pdf.worker import pages
from reader.pdf.worker.excerpt import excerpt
from reader.pdf.worker.files import OpenFile

# Pixels of the pictures on a page.  Drawn small, these are unpacked at a part of their size;
# of text and lines a small drawing takes as long as a large one.
_MANY = 1_000_000
# Of the asked scale.  Colours of profiles are reckoned pixel by pixel, which takes longer than
# to unpack them; this picture is seen for the tenth of a second.
_COARSE = 0.5


class _PixelCounter(mupdf.FzDevice2):
    """Counts the pixels of images; text and lines do not even reach Python."""

    def __init__(self) -> None:
        super().__init__()
        self.use_virtual_fill_image()
        self.pixels = 0

    def fill_image(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, _context: Any, image: Any, _ctm: Any, _alpha: float, _color: Any
    ) -> None:
        self.pixels += image.w * image.h


def glance(
    file: OpenFile, request: dict[str, Any], limits: dict[str, Any]
) -> tuple[dict[str, int] | None, memoryview | None]:
    """What `render` answers, for a page that takes long; nothing for another.

    Large pictures are unpacked at a part of their size, and drawn at less than the asked
    scale; of very many lines the first are drawn.
    """
    part = excerpt(file, request["page"], limits)
    if part is not None:
        try:
            size, pixels = _drawn(part, request, limits, _scale(part, request) or request["scale"])
            file.answered = part.answered
        except Exception:  # the whole page tells what is wrong with it, if anything is
            return None, None
        finally:
            part.close()
        return size, pixels
    scale = _scale(file, request)
    return _drawn(file, request, limits, scale) if scale else (None, None)


def _drawn(
    file: OpenFile, request: dict[str, Any], limits: dict[str, Any], scale: float
) -> tuple[dict[str, int], memoryview]:
    size, pixels = pages.render(file, request | {"scale": scale}, limits)
    return size | {"whole": False}, pixels


def _scale(file: OpenFile, request: dict[str, Any]) -> float:
    """The scale for a page of large pictures; 0.0 for another."""
    without = tuple(request["without"])
    drawing = file.drawing(request["page"], request["annotations"], without)
    return request["scale"] * _COARSE if _pixels(drawing) >= _MANY else 0.0


def _pixels(drawing: mupdf.FzDisplayList) -> int:
    counter = _PixelCounter()
    everything = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)
    mupdf.fz_run_display_list(drawing, counter, mupdf.FzMatrix(), everything, mupdf.FzCookie())
    mupdf.fz_close_device(counter)
    return counter.pixels
