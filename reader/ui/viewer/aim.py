"""How a camera comes to look at a place in a view of some size: arithmetic without Qt."""

from __future__ import annotations

from reader.domain.annotation import ReadingPosition
from reader.domain.value import dataclass
from reader.ui.viewer.camera import Camera, Spot

POINT = 96 / 72  # logical pixels a point has at 100 %
SMALLEST, LARGEST = 0.1, 16.0
FITS = ("width", "page", "text")
START = Spot(0, 0.0, 0.0)
_GAP, _MARGIN, _GUTTER = 14, 18, 6  # logical pixels


@dataclass(frozen=True, slots=True)
class View:
    """The size of a view in logical pixels, and the device pixels of one of them."""

    width: int
    height: int
    ratio: float


def zoom_of(position: ReadingPosition) -> str:
    """The zoom of a place, "width" for what is none."""
    zoom = position.zoom
    if zoom in FITS:
        return zoom
    try:
        return zoom if SMALLEST <= float(zoom) <= LARGEST else "width"
    except ValueError:
        return "width"


def anchor_of(position: ReadingPosition, pages: int) -> Spot:
    """What is at the top of the view, on a page that there is."""
    return Spot(min(max(position.page, 0), max(pages - 1, 0)), position.x, position.y)


def fit(camera: Camera, zoom: str, page: int, ratio: float) -> None:
    """Give a camera the scale that a zoom means for a page."""
    match zoom:
        case "width":
            wanted = camera.fit_width(page)
        case "page":
            wanted = camera.fit_page(page)
        case "text":
            wanted = camera.fit_text(page)
        case factor:
            wanted = float(factor) * POINT * ratio
    unit = POINT * ratio
    camera.scale = min(max(wanted, SMALLEST * unit), LARGEST * unit)


def measure(camera: Camera, view: View, zoom: str, anchor: Spot, fitted: int = -1) -> int:
    """Give a camera the size of a view, with a place at its top; which page it is fitted to.

    That stays the one `fitted` before as long as the view is as wide: bars that open and
    close above the pages do not change their size.
    """
    ratio, width = view.ratio, camera.width
    camera.width = max(1, round(view.width * ratio))
    camera.height = max(1, round(view.height * ratio))
    camera.gap, camera.margin = round(_GAP * ratio), round(_MARGIN * ratio)
    camera.gutter = round(_GUTTER * ratio)
    stays = camera.width == width and not camera.paged
    page = fitted if stays and fitted in range(camera.layout.pages) else anchor.page
    fit(camera, zoom, page, ratio)
    camera.put(anchor)
    if zoom == "text":
        camera.centre_text(anchor.page)
    elif zoom in FITS and camera.layout.pages:
        camera.centre(anchor.page)
    return page


def begin(camera: Camera, view: View, zoom: str, anchor: Spot) -> bool:
    """Look at a place anew; whether it is the start of a document, which is above its first page."""
    measure(camera, view, zoom, anchor)
    if anchor == START and camera.layout.pages:
        camera.put(camera.head(0))
        return True
    return False
