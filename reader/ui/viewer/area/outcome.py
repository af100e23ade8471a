"""What is made of an area: a picture or a table, onto the clipboard or into a file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage, QTransform

from reader.domain.counting import counted
from reader.pdf.protocol import Picture
from reader.ui.tasks import Err, Ok, Tasks
from reader.ui.viewer import files_out
from reader.ui.viewer.area.band import Band
from reader.ui.viewer.pictures import sheet

if TYPE_CHECKING:
    from reader.ui.viewer.feature import Feature

_SHARPER = 2.5  # than the screen
_LEAST = 200 / 72  # pixels a point; print needs them even when the page is shown small
_MOST_PIXELS = 24_000_000
_PRIORITY = 150
_INCH = 0.0254  # metres


class Outcome(QObject):
    """Asks the engine for what an area holds, and hands it on."""

    def __init__(self, feature: Feature) -> None:
        super().__init__(feature)
        self._feature = feature
        self._tasks = Tasks(self)
        self._number = 0  # of the last wish; answers to older ones are dropped

    def stop(self) -> None:
        """Drop what is still being made."""
        self._number += 1

    def make(self, name: str, band: Band) -> None:
        """Make "picture", "save_picture", "table" or "save_table" of an area."""
        pdf = self._feature.page.pdf
        if pdf is None:
            return
        self._number += 1
        number = self._number
        scale = 0.0
        if name.endswith("picture"):
            scale = picture_scale(self._feature.page.canvas.camera.scale, band.rect)
            future = pdf.engine.render(
                pdf.doc, band.page, scale, clip=band.rect, priority=_PRIORITY
            )
        else:
            future = pdf.engine.table(pdf.doc, band.page, band.rect, priority=_PRIORITY)

        def made(answer: Ok[Any] | Err) -> None:
            if number != self._number:
                return
            match answer:
                case Ok(Picture() as picture):
                    self._pictured(picture, scale, name, band)
                case Ok(rows):
                    self._tabled(rows, name, band)
                case Err(error):
                    self._feature.page.statusChanged.emit(error.line())

        self._tasks.follow(future, made, self)

    def _pictured(self, picture: Picture, scale: float, name: str, band: Band) -> None:
        seen = QTransform().rotate(self._feature.page.canvas.camera.rotation)
        # A copy in any case: the pixels must not go with the picture.
        image = sheet(picture).image.copy().transformed(seen)
        dots = round(scale * 72 / _INCH)
        image.setDotsPerMeterX(dots)
        image.setDotsPerMeterY(dots)
        if name == "picture":
            QGuiApplication.clipboard().setImage(image)
            self._say(self.tr("Copied as a picture, {} × {}").format(image.width(), image.height()))
        else:
            self._save(
                self.tr("Save the picture"), band, "png", self.tr("PNG picture (*.png)"),
                lambda: png(image),
            )  # fmt: skip

    def _tabled(self, rows: Sequence[Sequence[str]], name: str, band: Band) -> None:
        if not any(any(row) for row in rows):
            self._say(self.tr("There is no text in this area"))
            return
        if name == "table":
            data = QMimeData()
            text = separated(rows)
            data.setText(text)
            data.setHtml(html(rows))  # spreadsheets paste this into their cells
            data.setData("text/csv", QByteArray(text.encode()))
            QGuiApplication.clipboard().setMimeData(data)
            high = counted(len(rows), self.tr("1 row"), self.tr("{} rows"))
            wide = counted(len(rows[0]), self.tr("1 column"), self.tr("{} columns"))
            self._say(self.tr("Copied as a table, {}, {}").format(high, wide))
        else:
            text = separated(rows)
            self._save(
                self.tr("Save the table"), band, "csv", self.tr("Table (*.csv)"),
                ("\ufeff" + text).encode,
            )  # fmt: skip

    def _save(self, title: str, band: Band, ending: str, kind: str, made: Any) -> None:
        page = self._feature.page
        home, pdf = page.home, page.pdf
        if home is None or pdf is None:
            return
        stem = (page.title or page.path.stem)[:60]
        name = f"{stem}, p. {pdf.label(band.page)}.{ending}"
        suggested = files_out.safe_name(name, f"page.{ending}")

        def to(path: Path) -> None:
            files_out.write(self._feature, home, path, lambda: (made(),))

        files_out.ask(self._feature, title, suggested, [kind], to)

    def _say(self, text: str) -> None:
        self._feature.page.statusChanged.emit(text)


def picture_scale(shown: float, rect: tuple[float, float, float, float]) -> float:
    """Pixels a point for a picture of an area that is shown at `shown` pixels a point."""
    x0, y0, x1, y1 = rect
    most = math.sqrt(_MOST_PIXELS / max((x1 - x0) * (y1 - y0), 1.0))
    return min(max(shown * _SHARPER, _LEAST), most)


def png(image: QImage) -> bytes:
    """An image as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


def separated(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as CSV: commas, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def html(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as a table for other programs."""
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
