"""The small picture of a page whose full one takes long to make."""

from __future__ import annotations

from functools import partial
from typing import Any

from reader.pdf.worker import images, pages, sketch
from reader.pdf.worker.excerpt import excerpt
from reader.pdf.worker.files import OpenFile

# Pixels of the pictures on a page.  Drawn small, these are unpacked at a part of their size;
# of text and lines a small drawing takes as long as a large one.
_MANY = 1_000_000
# Of the asked scale.  Colours of profiles are reckoned pixel by pixel, which takes longer than
# to unpack them; this picture is seen for the tenth of a second.
_COARSE = 0.5


def glance(
    file: OpenFile, request: dict[str, Any], limits: dict[str, Any]
) -> tuple[dict[str, int] | None, memoryview | None]:
    """What `render` answers, for a page that takes long; nothing for another.

    Large pictures are unpacked at a part of their size, and drawn at less than the asked
    scale; those that take long all the same are grey.  Of very many lines the first are drawn.
    """
    part = excerpt(file, request["page"], limits)
    if part is not None:
        try:
            size, pixels = _look(part, request, limits) or pages.render(part, request, limits)
            file.answered = part.answered
        except Exception:  # the whole page tells what is wrong with it, if anything is
            return None, None
        finally:
            part.close()
        return size | {"whole": False}, pixels
    size, pixels = _look(file, request, limits) or (None, None)
    return size and size | {"whole": False}, pixels


def _look(
    file: OpenFile, request: dict[str, Any], limits: dict[str, Any]
) -> tuple[dict[str, int], memoryview] | None:
    """The small picture of a page of large pictures; None for another."""
    drawing = file.drawing(request["page"], request["annotations"], tuple(request["without"]))
    found = sketch.pictures(drawing)
    if found.seconds > images.SECONDS:
        colors = request["colors"] and [*request["colors"][:2], False]  # none to keep
        sketched = partial(sketch.without_pictures, found.places)
        return pages.drawn(file, request | {"colors": colors}, limits, sketched)
    if found.pixels >= _MANY:
        return pages.render(file, request | {"scale": request["scale"] * _COARSE}, limits)
    return None
