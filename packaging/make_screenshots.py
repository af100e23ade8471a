"""Draw the pictures of the README: the real window, offscreen, on a library made for them.

`python packaging/make_screenshots.py [NAME...]` writes packaging/screenshots/NAME.png,
without a name all of them.  The library holds what the program comes with, and what is
written and marked below; the window has a place of its own to remember things.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from reader.app.build import App
from reader.app.start import make_application
from reader.domain.annotation import ReadingPosition
from reader.pdf.engine import Engine
from reader.services.findings import Mention
from reader.settings import Settings, WindowState
from reader.ui.viewer.aids.presentation import Presentation
from reader.ui.viewer.aids.ruler import Ruler
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.found import Found
from reader.ui.viewer.hints import Hints
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.portal import Portal
from reader.ui.viewer.jump.view import of_mention
from reader.ui.viewer.page import ViewerPage
from reader.ui.viewer.reflow.feature import Reflow
from reader.ui.viewer.study import Study
from reader.ui.viewer.things import Things
from reader.ui.viewer.thumbnails import Thumbnails

ROOT = Path(__file__).resolve().parent.parent
OUT = Path(__file__).resolve().parent / "screenshots"
SIZE = (1280, 800)
GUIDE = "7a9e1c52-5f0b-4f0e-9c3d-0d1f5b8e2a11"
FREE_NOTE = r"""# How far have I read?

A place is a page $k$ and an offset $y$. With the heights $h_i$ of the pages,

$$
p(k, y) = \frac{\sum_{i<k} h_i + y}{\sum_{i<N} h_i}, \qquad 0 \le p \le 1
$$

so $p$ does **not** depend on the zoom.

- [x] read the chapter on annotating
- [x] try {key}
- [ ] mark the next paper with these colours

| Colour | Means  | Key |
|:-------|:-------|----:|
| yellow | important | 1 |
| green  | result    | 3 |
| blue   | method    | 4 |

> Notes save themselves while you type.
""".replace("{key}", "`Ctrl+Shift+E`")

FREE = (
    "# Words to look up\n\nlogit-normal, stop-gradient, rectified flow",
    "# To read next week\n\n- [ ] two surveys of the reading group",
    FREE_NOTE,
)
NOTE = """# Read this first

- the **three promises** are on page 1
- keys of annotating: table 5
- what does *write-ahead* mean? See [6]

- [x] try the viewer
- [ ] bring my own papers in
"""

# (page from 0, the words, kind, colour, comment)
MARKS = (
    (2, "with your own notes beside them", "highlight", "yellow", ""),
    (2, "Nothing you wrote is ever lost.", "highlight", "green", "The first of three *promises*: "
     "compare it with **table 6**."),
    (2, "a damaged PDF cannot stop it", "underline", "red", ""),
    (2, "says which papers", "highlight", "blue", ""),
    (2, "a line in the command palette", "squiggly", "purple", ""),
    (2, "It has an outline, page labels, links and references", "highlight", "blue", ""),
    (2, "the 113 papers of a saved", "strikeout", "orange", ""),
)  # fmt: skip


def fill(library: Path) -> None:
    """The library of the pictures, by the program's own commands."""
    command = partial(_command, library)
    command("starter")
    command("note", GUIDE, "--text", NOTE)
    for page, words, kind, color, comment in MARKS:
        command(
            "annotate", GUIDE, "--page", str(page), "--quote", words,
            "--kind", kind, "--color", color, "--comment", comment,
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as temporary:
        for number, text in enumerate(FREE):
            file = Path(temporary, f"{number}.md")
            file.write_text(text, encoding="utf-8")
            command("import", "--format", "notes", str(file))
    command("tag", GUIDE, "+handbook")
    command("state", GUIDE, "reading")


def _command(library: Path, *words: str) -> None:
    program = [sys.executable, "-m", "reader", "--library", str(library), *words]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr}")


@dataclass(slots=True)
class Shown:
    """One window, with what a picture needs of it."""

    app: App

    def library(self) -> None:
        """Select the guide, beside its note."""
        order = self.app.reader.order_of(GUIDE)
        self.app.page.list.select_order(order)
        pane = self.app.page.paper
        settle(lambda: pane.paper is not None and pane.paper.uid == GUIDE, 0.6)

    def viewer(self, page: int = 2, y: float = 0.0, zoom: str = "width") -> ViewerPage:
        """Open the guide at a page and wait until it is studied."""
        paper = self.app.reader.paper(GUIDE)
        self.app.tabs.open_paper(paper, position=ReadingPosition(page, 0, y, zoom))
        settle(lambda: self._ready() is not None, 1.2)
        viewer = self._ready()
        assert viewer is not None
        return viewer

    def command(self, name: str) -> None:
        """Do what a menu entry does."""
        self.app.window.commands.action(name).trigger()

    def _ready(self) -> ViewerPage | None:
        page = self.app.tabs.current()
        ready = page is not None and page.pdf is not None and page.feature(Study).done
        return page if ready else None


# ---- the pictures


def library(window: Shown) -> None:
    window.library()


def viewer(window: Shown) -> None:
    page = window.viewer()
    page.show_outline(on=True)
    settle(page.panel.isVisible, 0.6)


def marked(window: Shown) -> None:
    page = window.viewer()
    page.show_notes(on=False)
    annotate = page.feature(Annotate)
    annotate.show_tools()
    [told] = [one for one in annotate.store.all.values() if one.comment]
    annotate.picked.choose([told.uid])
    annotate.comment()
    settle(annotate.words.card.isVisible, 0.6)


def note(window: Shown) -> None:
    late = window.app.late
    assert late is not None
    window.app.window.commands.action("window.sidebar").trigger()
    free = late.note_side.free
    free.go()
    settle(lambda: free.list.count() == len(FREE), 0.5)
    free.list.setCurrentRow(0)
    settle(lambda: free.editor.edit.toPlainText().strip() == FREE_NOTE.strip(), 1.5)


def find(window: Shown) -> None:
    page = window.viewer(3)
    page.show_notes(on=False)
    page.feature(Found).show_here()
    page.find_bar.field.setText("note")
    settle(lambda: page.pdf is not None and page.pdf.find.current is not None, 1.2)


def jump(window: Shown) -> None:
    page = window.viewer(5, 480.0)
    page.show_notes(on=False)
    settle(page.isVisible, 0.8)  # a preview goes when the pages are arranged anew
    cited = next(one for one in _mentions(page) if one.text == "[4]")
    x0, y0, x1, y1 = cited.rects[0]
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    links = page.canvas.content.links(cited.page) or ()
    link = next(
        one for one in links if one.rect[0] < x < one.rect[2] and one.rect[1] < y < one.rect[3]
    )
    preview = page.feature(Jump)
    preview.preview_of(link)
    settle(lambda: preview.preview is not None and preview.preview.isVisible(), 0.6)


def portals(window: Shown) -> None:
    page = window.viewer(2, 300.0)
    page.show_notes(on=False)
    assert page.pdf is not None
    findings = page.feature(Study).findings
    for one in _mentions(page):
        if one.text in ("Figure 1", "Figure 2", "Table 3") and one.target is not None:
            sight = of_mention(one, findings, page.pdf.size_of(one.target.page))
            assert sight is not None
            page.feature(Portal).add(sight)
    settle(lambda: bool(page.feature(Portal).pins), 1.5)


def pages(window: Shown) -> None:
    page = window.viewer(4)
    page.show_notes(on=False)
    page.feature(Thumbnails).show_pages()
    settle(page.panel.isVisible, 1.5)


def figures(window: Shown) -> None:
    page = window.viewer(5)
    page.show_notes(on=False)
    page.feature(Things).show_things()
    settle(page.panel.isVisible, 0.6)


def ruler(window: Shown) -> None:
    page = window.viewer(2, 120.0)
    page.show_notes(on=False)
    window.command("view.dark" if window.app.theme.is_dark() else "view.sepia")
    page.feature(Ruler).toggle(on=True)
    settle(lambda: page.feature(Ruler).on, 1.0)


def hints(window: Shown) -> None:
    page = window.viewer(5, 300.0)
    page.show_notes(on=False)
    settle(page.isVisible, 0.8)
    page.feature(Hints).start()
    settle(lambda: bool(page.feature(Hints).shown()), 0.4)


def split(window: Shown) -> None:
    page = window.viewer(2)
    page.show_notes(on=False)
    window.command("window.split_right")
    tab = window.app.tabs.front()
    assert tab is not None
    settle(lambda: all(half.page and half.page.pdf for half in tab.halves), 1.0)
    other = tab.halves[-1].page
    assert other is not None
    other.go_to_page(6)
    settle(other.isVisible, 1.0)


def full_screen(window: Shown) -> None:
    page = window.viewer(3)
    page.show_notes(on=False)
    window.app.window.toggle_full_screen()
    settle(lambda: not window.app.window.top.isVisible(), 8.0)  # until the notice has gone


def presentation(window: Shown) -> QWidget:
    page = window.viewer(4)
    presented = page.feature(Presentation)
    presented.start()
    stage = presented.stage
    assert stage is not None
    settle(stage.isVisible, 1.5)
    return stage


def reading(window: Shown) -> None:
    page = window.viewer(7)
    page.show_notes(on=False)
    page.feature(Reflow).toggle(on=True)
    settle(lambda: page.feature(Reflow).on, 1.5)


def _mentions(page: ViewerPage) -> list[Mention]:
    found = page.feature(Study).findings.mentions
    return [one for sheet in sorted(found) for one in found[sheet]]


# What is shown, in which theme, with which settings.
PICTURES: dict[str, tuple[Callable[[Shown], QWidget | None], str, tuple[str, ...]]] = {
    "annotations-light": (marked, "light", ()),
    "annotations-dark": (marked, "dark", ("page_colors=auto",)),
    "note-light": (note, "light", ("note_view=beside",)),
    "note-dark": (note, "dark", ("note_view=beside",)),
    "portals-light": (portals, "light", ()),
    "portals-dark": (portals, "dark", ("page_colors=auto",)),
    "presentation": (presentation, "light", ()),
    **{
        f"{show.__name__.replace('_', '-')}-{theme}": (show, theme, ())
        for show in (library, viewer, find, jump, reading, pages, figures, ruler, hints, split)
        for theme in ("light", "dark")
    },
    "full-screen-light": (full_screen, "light", ()),
    "full-screen-dark": (full_screen, "dark", ()),
}


def draw(application: QApplication, folder: Path, name: str) -> None:
    """One picture, from a window of its own."""
    show, theme, changes = PICTURES[name]
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(Path(temporary, "settings.json"))
        for change in (f"theme={theme}", "spelling=off", "animations=false", *changes):
            settings.override(change)
        state = WindowState(Path(temporary, "window.json"), folder)
        with closing(Engine()) as engine:
            app = App(application, folder, settings, engine, state)
            app.window.resize(*SIZE)
            app.show()
            settle(lambda: app.readable and app.late is not None)
            seen = show(Shown(app)) or app.window
            picture = few_colors(seen.grab().toImage())
            if not picture.save(str(OUT / f"{name}.png"), None, 0):
                sys.exit(f"{name}.png could not be written")
            app.end()


def few_colors(image: QImage) -> QImage:
    """A picture with its 256 commonest colours: letters have many shades that look alike."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = memoryview(image.constBits()).cast("I").tolist()  # no bytes between rows: 4 a pixel
    counts = Counter(pixels)
    table = [color for color, _ in counts.most_common(256)]
    parts = [(color >> 16 & 255, color >> 8 & 255, color & 255) for color in table]

    def nearest(color: int) -> int:
        red, green, blue = color >> 16 & 255, color >> 8 & 255, color & 255
        return min(
            range(len(parts)),
            key=lambda at: (
                (parts[at][0] - red) ** 2 + (parts[at][1] - green) ** 2 + (parts[at][2] - blue) ** 2
            ),
        )

    places = {color: at for at, color in enumerate(table)}
    places |= {color: nearest(color) for color in counts.keys() - places.keys()}
    data = bytes(map(places.__getitem__, pixels))
    found = QImage(data, width, height, width, QImage.Format.Format_Indexed8).copy()
    found.setColorTable(table)
    return found


def settle(reached: Callable[[], bool], still: float = 0.3) -> None:
    """Run the window until something is so, and `still` seconds more."""
    end = time.monotonic() + 30
    while not reached():
        if time.monotonic() > end:
            sys.exit("waited too long")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    end = time.monotonic() + still
    while time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        screen = Path(temporary, "screen.json")
        size = {"name": "screen", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1], "dpr": 1}
        screen.write_text(json.dumps({"screens": [size]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        application = make_application()
        folder = Path(temporary, "library")
        fill(folder)
        for name in names or PICTURES:
            draw(application, folder, name)
            print(f"{name}.png, {(OUT / name).with_suffix('.png').stat().st_size // 1000} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
