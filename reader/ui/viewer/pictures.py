"""The rendered pictures of a document's pages: sharp ones, old ones, small ones.

While a sharp picture is made, what was rendered before is shown scaled: the
tiles of the last zoom, else the small picture of the page.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from PySide6.QtGui import QImage

from reader.domain.value import dataclass
from reader.pdf.protocol import Picture
from reader.ui.viewer.cache import ByteCache
from reader.ui.viewer.camera import PixelRect

TILE_BYTES = 192 << 20
THUMB_BYTES = 40 << 20
_OLD_SCALES = 3  # zoom levels of a page that are looked through for something to show

TileKey = tuple[int, float, PixelRect]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pixels as an image.  The image points into `picture`, which must outlive it."""

    image: QImage
    picture: Picture


def sheet(picture: Picture) -> Sheet:
    """A picture as an image, without touching a pixel."""
    image = QImage(
        picture.pixels,
        picture.width,
        picture.height,
        picture.stride,
        QImage.Format.Format_RGB32,
    )
    return Sheet(image, picture)


class Pictures:
    """What is rendered, within a budget of bytes."""

    def __init__(self, tile_bytes: int = TILE_BYTES, thumb_bytes: int = THUMB_BYTES) -> None:
        self._tiles: ByteCache[TileKey, Sheet] = ByteCache(tile_bytes)
        self._thumbs: ByteCache[int, Sheet] = ByteCache(thumb_bytes)
        # Of a state of the file before, by page: shown until newer ones are there.
        self._before: dict[int, dict[tuple[float, PixelRect], Sheet]] = {}
        # Per page its scales, last used last, with their tiles.
        self._by_page: dict[int, dict[float, set[PixelRect]]] = {}

    @property
    def used(self) -> int:
        """Bytes held."""
        before = (sheet for tiles in self._before.values() for sheet in tiles.values())
        held = sum(len(sheet.picture.pixels) for sheet in before)
        return self._tiles.used + self._thumbs.used + held

    def put_tile(self, page: int, scale: float, tile: PixelRect, picture: Picture) -> None:
        self._outdate(page, scale, tile)
        self._by_page.setdefault(page, {}).setdefault(scale, set()).add(tile)
        for key in self._tiles.put((page, scale, tile), sheet(picture), len(picture.pixels)):
            self._forget(key)

    def put_thumb(self, page: int, picture: Picture) -> None:
        self._thumbs.put(page, sheet(picture), len(picture.pixels))

    def tile(self, page: int, scale: float, tile: PixelRect) -> Sheet | None:
        """The sharp picture of a tile."""
        return self._tiles.get((page, scale, tile))

    def has_tile(self, page: int, scale: float, tile: PixelRect) -> bool:
        return (page, scale, tile) in self._tiles

    def thumb(self, page: int) -> Sheet | None:
        """The small picture of a page."""
        return self._thumbs.get(page)

    def has_thumb(self, page: int) -> bool:
        """Whether there is the small picture of all that is on a page, as it is asked for."""
        found = self._thumbs.get(page)
        return found is not None and found.picture.whole

    def has_any(self, page: int) -> bool:
        """Whether there is anything to show of a page."""
        return page in self._thumbs or page in self._by_page or page in self._before

    def old_tiles(self, page: int, scale: float) -> Iterator[tuple[float, PixelRect, Sheet]]:
        """Tiles of a state before and of other zoom levels, best last, for under the sharp ones."""
        for (other, tile), found in self._before.get(page, {}).items():
            yield other, tile, found
        scales = [other for other in self._by_page.get(page, {}) if other != scale]
        scales.sort(key=lambda other: max(other / scale, scale / other), reverse=True)
        for other in scales[-_OLD_SCALES:]:
            for tile in list(self._by_page[page][other]):
                found = self._tiles.get((page, other, tile))
                if found is not None:
                    yield other, tile, found

    def drop_tiles(self) -> None:
        """Forget all but the small pictures."""
        self._tiles.clear()
        self._by_page.clear()
        self._before.clear()

    def grow_old(self, pages: Container[int]) -> None:
        """The file has changed: of some pages the tiles are shown until there are newer ones."""
        before: dict[int, dict[tuple[float, PixelRect], Sheet]] = {}
        for page, scale, tile in list(self._tiles):
            found = self._tiles.get((page, scale, tile)) if page in pages else None
            if found is not None:
                before.setdefault(page, {})[scale, tile] = found
        self.clear()
        self._before = before

    def _outdate(self, page: int, scale: float, tile: PixelRect) -> None:
        """Forget what a new tile takes the place of, and all of another zoom."""
        kept = {
            key: found
            for key, found in self._before.pop(page, {}).items()
            if key[0] == scale and key[1] != tile
        }
        if kept:
            self._before[page] = kept

    def keep_only(self, pages: Container[int]) -> None:
        """Forget all but the small pictures of some pages."""
        for page in [page for page in self._thumbs if page not in pages]:
            self._thumbs.drop(page)
        self.drop_tiles()

    def clear(self) -> None:
        self._tiles.clear()
        self._thumbs.clear()
        self._by_page.clear()
        self._before.clear()

    def _forget(self, key: TileKey) -> None:
        page, scale, tile = key
        scales = self._by_page.get(page, {})
        scales.get(scale, set()).discard(tile)
        if not scales.get(scale):
            scales.pop(scale, None)
        if not scales:
            self._by_page.pop(page, None)
