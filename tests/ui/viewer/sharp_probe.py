"""Shows a page of fine lines on a screen with a scaling, and says where a pixel is not sharp.

A program of its own, since Qt takes the scaling from the environment at the
start.  Prints the device pixel ratio, and how many rows of the page were found
to be exactly the renderer's.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from reader.pdf.engine import Engine
from reader.ui.theme import Theme
from reader.ui.viewer.page import ViewerPage


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(path: Path, left: int, top: int) -> None:
    """The viewer lies at an odd place of its window, so that nothing is whole by chance."""
    app = QApplication([])
    theme = Theme(app, "light")
    engine = Engine()
    window = QWidget()
    window.resize(900, 700)
    page = ViewerPage(engine, path, title="", theme=theme, parent=window)
    page.setGeometry(left, top, 801, 603)
    window.show()
    for _ in range(200):
        wait(20)
        pdf = page.pdf
        if pdf is not None and not pdf.requests.waits_for("tile", [0]) and not pdf.loader.busy:
            break
    wait(50)
    canvas = page.canvas
    camera = canvas.camera
    shot = window.grab().toImage()
    ratio = shot.devicePixelRatio()
    corner = canvas.viewport().mapTo(window, canvas.viewport().rect().topLeft())
    x0, y0 = round(corner.x() * ratio), round(corner.y() * ratio)
    page_x, page_y, width, height = camera.page_rect(0)
    picture = engine.render(engine.open(path).result(10), 0, camera.scale).result(10)
    same = rows = 0
    for row in range(40, min(height, camera.height - 40) - 40, 7):
        rows += 1
        y = y0 + page_y - camera.top + row
        start = row * picture.stride
        line = [
            picture.pixels[start + 4 * x]
            == shot.pixelColor(x0 + page_x - camera.left + x, y).blue()
            for x in range(40, min(width, camera.width) - 40, 3)
        ]
        same += all(line)
    print(ratio, rows, same)  # noqa: T201
    page.close_document()
    engine.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
