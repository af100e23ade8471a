"""The walls of the house: each is a function that names what breaks it, by the syntax tree.

A wall is proven twice: the whole of reader/ keeps it, and a snippet that
breaks it is caught (`BROKEN`), while one that looks alike is not (`SOUND`).
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {".ci", "packaging", "reader", "resources", "seeds", "tests"}
FILES = {".gitignore", "pyproject.toml", "LICENSE"} | {
    f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "DECISIONS")
}
AT_LEAST = 125  # files of reader/ seen when this number was last raised; it only grows

FLOORS = {
    "domain": 1, "settings": 1, "paths": 1, "log": 1, "arguments": 1,
    "library": 2, "formats": 2, "sources": 2, "pdf": 2, "system": 2,
    "services": 3, "ui": 4, "app": 5, "cli": 5, "__main__": 6,
}  # fmt: skip
WINGS = {room for room, floor in FLOORS.items() if floor == 2}

# Who may import what: the paths that begin with one of the prefixes.
QT = ("reader/ui/", "reader/app")
NETWORK = ("reader/sources/http/", "reader/sources/mail.py")
DOORS: dict[str, tuple[str, ...]] = {
    "PySide6": QT,
    "shiboken6": QT,
    "qtawesome": ("reader/ui/",),
    "PySide6.QtNetwork": ("reader/ui/single_instance.py",),
    "PySide6.QtSql": (),
    "sqlite3": ("reader/library/",),
    "sqlite_utils": ("reader/library/",),
    "pymupdf": ("reader/pdf/worker",),
    "fitz": (),
    "subprocess": ("reader/pdf/", "reader/system/"),
    "click": ("reader/cli",),
    **dict.fromkeys(
        (
            "socket",
            "http",
            "urllib.request",
            "smtplib",
            "ftplib",
            "asyncio",
            "httpx2",
            "httpcore2",
            "hishel",
            "requests",
        ),
        NETWORK,
    ),
}
# The functions that may import: a start must not load what it does not use.
LATE_IMPORTS = {
    ("reader/__main__.py", "main"),
    ("reader/pdf/worker/__init__.py", "main"),
    ("reader/app/build.py", "after_first_paint"),
    ("reader/app/build.py", "load_viewer"),
    ("reader/app/build.py", "load_features"),
    ("reader/app/build.py", "load_library"),
    ("reader/cli/picture.py", "snapshot"),
}
LONGEST_FILE, LONGEST_FUNCTION = 400, 60

# Calls whose words a person reads, in ui/.
SHOWN = re.compile(
    r"^(set(Text|ToolTip|StatusTip|WhatsThis|WindowTitle|PlaceholderText|Title|TabText|LabelText"
    r"|InformativeText|DetailedText|AccessibleName|AccessibleDescription|Prefix|Suffix)"
    r"|add(Action|Menu|Tab|Row|Section|ToolBar)|showMessage|Q(Label|Action|Menu|GroupBox|DockWidget)"
    r"|Q(PushButton|CheckBox|RadioButton|ToolButton|CommandLinkButton|ToolBar|ProgressDialog))$"
)
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its path from the root with slashes, its text and its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return self.path.split("/")[1].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of all that is imported; `from a import b` gives a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{name.name}") for name in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


# ---- the walls


def floors(module: Module) -> Iterator[str]:
    """Nobody looks up, wings do not see each other, ui sees of the wings only pdf.protocol."""
    for line, name in imports(module.tree):
        parts = name.split(".")
        if parts[0] != "reader" or len(parts) < 2 or parts[1] not in FLOORS:
            continue
        if not _may_see(module, parts[1], name):
            yield f"{module.path}:{line} imports {name}"


def _may_see(module: Module, room: str, name: str) -> bool:
    mine = module.room
    if room == mine or mine == "__init__":
        return room == mine
    if mine == "domain":
        return False
    if mine == "ui" and room in WINGS:
        return name.startswith("reader.pdf.protocol") or name == "reader.pdf"
    if module.path == "reader/cli/picture.py" and room == "app":
        return True
    return FLOORS[room] < FLOORS[mine] or FLOORS[room] == FLOORS[mine] == 1


def doors(module: Module) -> Iterator[str]:
    """A library with power has one door: Qt, SQL, PDF, network, processes."""
    for line, name in imports(module.tree):
        for guarded, allowed in DOORS.items():
            inside = name == guarded or name.startswith(guarded + ".")
            if inside and not module.path.startswith(allowed or ("nowhere",)):
                yield f"{module.path}:{line} imports {name}"


def foundation(module: Module) -> Iterator[str]:
    """Floor 1 is the standard library alone."""
    if FLOORS.get(module.room) != 1:
        return
    for line, name in imports(module.tree):
        top = name.split(".")[0]
        if top != "reader" and top not in sys.stdlib_module_names:
            yield f"{module.path}:{line} imports {name}"


def imports_at_the_top(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        if (module.path, function.name) in LATE_IMPORTS:
            continue
        for line, name in imports(function):
            yield f"{module.path}:{line} imports {name} inside {function.name}"


def sizes(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines >= LONGEST_FILE:
        yield f"{module.path} has {lines} lines"
    for function in functions(module.tree):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines >= LONGEST_FUNCTION:
            yield f"{module.path}:{function.lineno} {function.name} has {lines} lines"


def prints(module: Module) -> Iterator[str]:
    """Only the command line writes to the terminal."""
    if module.room == "cli":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _called(node) == "print":
            yield f"{module.path}:{node.lineno} prints"


def translated(module: Module) -> Iterator[str]:
    """What a person reads in the window passes tr or translate."""
    if module.room != "ui":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and SHOWN.match(_called(node)):
            for value in [*node.args, *(keyword.value for keyword in node.keywords)]:
                if words := _words(value):
                    yield f"{module.path}:{node.lineno} {_called(node)} shows {words!r} without tr"


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _words(node: ast.expr) -> str:
    """The literal words in a shown value, "" when there are none."""
    match node:
        case ast.Constant(value=str(text)) if WORD.search(text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_words(value) for value in values)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return _words(left) or _words(right)
        case _:
            return ""


ADOPTING = {"focusWidget", "nextInFocusChain", "previousInFocusChain"}


def no_adoption(module: Module) -> Iterator[str]:
    """PySide takes what these return for a child of the widget asked; `focus_in` undoes it."""
    if module.room != "ui" or module.path == "reader/ui/widgets/outwards.py":
        return
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or _called(node) not in ADOPTING:
            continue
        if (asked := ast.unparse(node.func)) != "QApplication.focusWidget":
            yield f"{module.path}:{node.lineno} asks {asked}"


def ignores_with_reasons(module: Module) -> Iterator[str]:
    """An ignore names the rule it ignores."""
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT and BLANKET.search(token.string):
            yield f"{module.path}:{token.start[0]} {token.string}"


BLANKET = re.compile(
    r"#\s*(noqa(?!:\s*[A-Z]+\d)|(type|pyright):\s*ignore(?!\[)|(ruff|flake8):\s*noqa"
    r"|fmt:\s*off|mypy:)",
    re.IGNORECASE,
)

Wall = Callable[[Module], Iterator[str]]
WALLS: tuple[Wall, ...] = (
    floors,
    doors,
    foundation,
    imports_at_the_top,
    sizes,
    prints,
    translated,
    no_adoption,
    ignores_with_reasons,
)


# ---- the house stands


def read(folder: str) -> list[Module]:
    return [
        Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


HOUSE = read("reader")


def test_the_whole_house_was_seen() -> None:
    assert len(HOUSE) >= AT_LEAST
    assert {module.room for module in HOUSE} - {"__init__"} <= FLOORS.keys()


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.__name__)
def test_every_module_keeps_the_wall(wall: Wall) -> None:
    assert [line for module in HOUSE for line in wall(module)] == []


@pytest.mark.parametrize("folder", ["tests", "packaging"])
def test_tests_and_scripts_ignore_no_rule_without_naming_it(folder: str) -> None:
    assert [line for module in read(folder) for line in ignores_with_reasons(module)] == []


@pytest.mark.needs("git")
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_nothing_else_at_the_top() -> None:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=True)
    names = listing.stdout.decode().splitlines()
    assert len(names) > AT_LEAST
    assert {name.split("/")[0] for name in names if "/" in name} <= FOLDERS
    assert {name for name in names if "/" not in name} <= FILES


# ---- each wall is tight

BROKEN: tuple[tuple[Wall, str, str], ...] = (
    (floors, "reader/domain/paper.py", "from reader.library import papers"),
    (floors, "reader/domain/paper.py", "from reader import settings"),
    (floors, "reader/paths.py", "import reader.services.importing"),
    (floors, "reader/library/papers.py", "from reader.formats.bibtex import FORMAT"),
    (floors, "reader/pdf/engine.py", "from reader import system"),
    (floors, "reader/services/importing.py", "from reader.ui.tasks import Tasks"),
    (floors, "reader/ui/window.py", "from reader.library.papers import add"),
    (floors, "reader/ui/viewer/page.py", "from reader.pdf.engine import Engine"),
    (floors, "reader/ui/window.py", "from reader import app"),
    (floors, "reader/cli/listing.py", "from reader.app import main"),
    (floors, "reader/app.py", "from reader.cli import main"),
    (doors, "reader/services/importing.py", "from PySide6.QtCore import QObject"),
    (doors, "reader/services/importing.py", "import sqlite3"),
    (doors, "reader/ui/models/papers.py", "from PySide6 import QtSql"),
    (doors, "reader/ui/window.py", "from PySide6.QtNetwork import QLocalServer"),
    (doors, "reader/pdf/engine.py", "import pymupdf"),
    (doors, "reader/pdf/worker/main.py", "import fitz"),
    (doors, "reader/sources/arxiv.py", "from urllib import request"),
    (doors, "reader/sources/arxiv.py", "import http.client"),
    (doors, "reader/services/lookup.py", "from subprocess import run"),
    (doors, "reader/app.py", "import click"),
    (doors, "reader/cli/icons.py", "import qtawesome as qta"),
    (foundation, "reader/settings.py", "import msgspec"),
    (foundation, "reader/domain/people.py", "from rapidfuzz import fuzz"),
    (imports_at_the_top, "reader/ui/window.py", "def show():\n    import json"),
    (imports_at_the_top, "reader/app.py", "async def start():\n    if x:\n        from a import b"),
    (sizes, "reader/ui/window.py", "x = 1\n" * LONGEST_FILE),
    (sizes, "reader/app.py", "class A:\n def f(self):\n" + "  x = 1\n" * (LONGEST_FUNCTION - 1)),
    (prints, "reader/services/importing.py", "print('done')"),
    (translated, "reader/ui/window.py", "self.setWindowTitle('Paper Reader')"),
    (translated, "reader/ui/window.py", "label = QLabel('No papers', self)"),
    (translated, "reader/ui/window.py", "self.count.setText(f'{n} papers')"),
    (translated, "reader/ui/window.py", "box.setToolTip('Hide' if shown else self.tr('Show'))"),
    (no_adoption, "reader/ui/window.py", "before = self.window().focusWidget()"),
    (ignores_with_reasons, "reader/app.py", "import json  # noqa"),
    (ignores_with_reasons, "reader/app.py", "x = f()  # type: ignore"),
    (ignores_with_reasons, "reader/app.py", "x = f()  # pyright: ignore"),
    (ignores_with_reasons, "reader/app.py", "# ruff: noqa: F401"),
)

SOUND: tuple[tuple[Wall, str, str], ...] = (
    (floors, "reader/paths.py", "from reader.domain.errors import ReaderError"),
    (floors, "reader/services/importing.py", "from reader.library import papers"),
    (floors, "reader/ui/viewer/page.py", "from reader.pdf.protocol import Picture"),
    (floors, "reader/cli/picture.py", "def snapshot():\n    from reader.app import build"),
    (floors, "reader/cli/listing.py", "from reader import __version__"),
    (doors, "reader/sources/arxiv.py", "from urllib.parse import urlsplit"),
    (doors, "reader/formats/html.py", "from html.parser import HTMLParser"),
    (doors, "reader/ui/single_instance.py", "from PySide6.QtNetwork import QLocalServer"),
    (doors, "reader/library/database.py", "import sqlite3, sqlite_utils"),
    (foundation, "reader/services/x.py", "import msgspec"),
    (imports_at_the_top, "reader/app/build.py", "def after_first_paint():\n    import json"),
    (sizes, "reader/app.py", "x = 1\n" * (LONGEST_FILE - 1)),
    (prints, "reader/cli/listing.py", "print('done')"),
    (translated, "reader/ui/window.py", "self.setWindowTitle(self.tr('Paper Reader'))"),
    (translated, "reader/ui/window.py", "label.setText(f'{page} / {pages}')"),
    (translated, "reader/ui/window.py", "label.setObjectName('title')"),
    (no_adoption, "reader/ui/window.py", "now = QApplication.focusWidget()"),
    (ignores_with_reasons, "reader/app.py", "import json  # noqa: F401\nx = '# noqa'"),
)


@pytest.mark.parametrize("wall, path, text", BROKEN)
def test_a_broken_wall_is_seen(wall: Wall, path: str, text: str) -> None:
    assert list(wall(Module(path, text))) != []


@pytest.mark.parametrize("wall, path, text", SOUND)
def test_sound_code_is_left_alone(wall: Wall, path: str, text: str) -> None:
    assert list(wall(Module(path, text))) == []


def test_every_wall_is_proven() -> None:
    assert {row[0] for row in BROKEN} == set(WALLS) == {row[0] for row in SOUND}
