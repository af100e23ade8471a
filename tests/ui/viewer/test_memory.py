"""What pictures cost: budgets that hold, and memory given back by a tab nobody sees."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from pytestqt.qtbot import QtBot

from reader.domain.annotation import ReadingPosition
from reader.pdf.engine import Engine
from reader.ui.viewer.pictures import THUMB_BYTES, TILE_BYTES, Pictures
from reader.ui.viewer.tiles import MOST_PIXELS
from tests.ui.viewer.fakes import FakeEngine, Viewer, pdf_of, settle

pytestmark = pytest.mark.shared  # the engine lives as long as the module


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty pages that are pictures of 2480 x 3508 pixels, as a scanner makes them."""
    doc = pymupdf.open()
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 2480, 3508))
    picture.clear_with(250)
    for line in range(60):
        picture.set_rect(pymupdf.IRect(200, 200 + 50 * line, 2200, 220 + 50 * line), (line * 4,))
    data = picture.tobytes("png")
    for _ in range(30):
        doc.new_page(width=595, height=842).insert_image(pymupdf.Rect(0, 0, 595, 842), stream=data)
    path = tmp_path_factory.mktemp("scans") / "scan.pdf"
    doc.save(path)
    doc.close()
    return path


@pytest.mark.parametrize("zoom", ["4", "16"])
def test_pictures_stay_within_their_bytes_on_a_scan(
    viewer: Viewer, engine: Engine, scan: Path, qtbot: QtBot, zoom: str
) -> None:
    # GIVEN a scan of thirty pages, enlarged
    page = viewer(engine, scan, position=ReadingPosition(0, 0.0, 0.0, zoom))
    canvas, most, largest = page.canvas, 0, 0

    def look() -> None:
        nonlocal most
        most = max(most, canvas.pictures.used)

    pdf_of(page).loader.arrived.connect(look)
    # WHEN the reader goes to many places of it
    for number in range(0, 30, 3):
        canvas.show_page(number)
        for _ in range(2):
            canvas.scroll_by(300, canvas.camera.height)
            settle(qtbot, page)
            largest = max(largest, _largest(page.canvas.pictures))
    # THEN the pictures never took more than they may, and no request was larger than a tile
    assert 0 < most <= TILE_BYTES + THUMB_BYTES
    assert 0 < largest <= MOST_PIXELS * 4


def _largest(pictures: Pictures) -> int:
    tiles = pictures._tiles  # the bytes are the point
    found = [tiles.get(key) for key in list(tiles)]
    return max(len(sheet.picture.pixels) for sheet in found if sheet is not None)


def test_little_more_than_the_view_is_drawn_of_a_page_enlarged(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a very large page at the largest zoom
    fake.sizes[0] = (3000.0, 4000.0)
    page = viewer(fake, position=ReadingPosition(0, 900.0, 1200.0, "16"))
    camera, pictures = page.canvas.camera, page.canvas.pictures
    qtbot.waitUntil(lambda: not pdf_of(page).requests.busy)
    # THEN what is kept of it is a few views, not a page of gigabytes
    seen = camera.width * camera.height * 4
    assert camera.page_size(0)[0] > 60_000
    assert pictures.used < 16 * seen


def test_a_hidden_view_gives_its_memory_back_and_is_there_again_at_once(
    viewer: Viewer, fake: FakeEngine, qtbot: QtBot
) -> None:
    # GIVEN a reader in the middle of a paper, whose tab is then hidden
    page = viewer(fake, position=ReadingPosition(6, 0.0, 200.0, "2"))
    canvas = page.canvas
    qtbot.waitUntil(lambda: not pdf_of(page).requests.busy)
    before = canvas.position()
    seen = list(canvas.camera.visible())
    page.hide()
    # WHEN it gives its memory back
    canvas.release()
    # THEN only the small pictures of what was in view are left, and nothing is asked for
    assert canvas.pictures.used <= 500_000 * len(seen)
    assert all(canvas.content.text(number) is None for number in range(fake.pages))
    fake.asks.clear()
    canvas.moved.emit()
    pdf_of(page).loader.plan()
    assert not fake.asks
    # AND shown again, the place is the same, something is painted at once, and sharp soon
    page.show()
    assert all(canvas.pictures.has_any(number) for number in seen)
    settle(qtbot, page)
    assert canvas.position() == before
    assert canvas.content.text(seen[0]) is not None
