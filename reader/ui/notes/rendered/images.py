"""Pictures of notes that the library holds: read and decoded on a worker, kept for a while."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from reader.ui.notes.kit import Kit, Picture

_MOST_BYTES = 64_000_000  # of decoded pictures that are kept
_MOST_PIXELS = 40_000_000
_WIDEST = 2_000  # pixels; wider ones are made smaller when they are decoded
_KINDS = (b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp")


class Images(QObject):
    """The pictures of all notes of a window, by paper and name."""

    arrived = Signal()

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._known: OrderedDict[tuple[str, str], QImage | None] = OrderedDict()
        self._under_way: set[tuple[str, str]] = set()

    def get(self, paper: str, name: str) -> QImage | None:
        """A picture if it is there; if it was never asked for it is read."""
        key = (paper, name)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key not in self._under_way:
            self._under_way.add(key)
            self._kit.read(
                _read, self._kit.picture, paper, name,
                then=lambda image: self._keep(key, image),
                failed=lambda _error: self._keep(key, None), owner=self,
            )  # fmt: skip
        return None

    def forget(self) -> None:
        """Read pictures anew when they are asked for: some may have come."""
        self._known = OrderedDict(
            (key, image) for key, image in self._known.items() if image is not None
        )

    def _keep(self, key: tuple[str, str], image: QImage | None) -> None:
        self._under_way.discard(key)
        self._known[key] = image
        while sum(kept.sizeInBytes() for kept in self._known.values() if kept) > _MOST_BYTES:
            self._known.popitem(last=False)
        if image is not None:
            self.arrived.emit()


def _read(picture: Picture, paper: str, name: str) -> QImage | None:
    """A picture's pixels, at most _WIDEST wide; None for what is none."""
    data = picture(paper, name)
    if not data:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if bytes(reader.format().data()) not in _KINDS or size.isEmpty():
        return None
    if size.width() * size.height() > _MOST_PIXELS:
        return None
    if size.width() > _WIDEST:
        reader.setScaledSize(
            size.scaled(QSize(_WIDEST, 1 << 20), Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    return None if image.isNull() else image
