"""The wheel: what `pip install .` gives works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from reader import __version__

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS, SUFFIX = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that holds the wheel, and sees the libraries of ours.

    A path file only adds its folders: the one that leads to the checkout is not read there.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = str(folder / SCRIPTS / f"python{SUFFIX}")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([python, "-I", "-c", ask], check=True, capture_output=True, text=True)
    libraries = Path(told.stdout.strip(), "libraries.pth")
    libraries.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    pip += ["--no-index", "--no-deps", "--no-cache-dir", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    return folder / SCRIPTS


def call(command: Path, *arguments: str, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(command), *arguments], capture_output=True, cwd=cwd, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_it_carries_resources_seeds_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {
        f"reader/_data/{path.relative_to(ROOT).as_posix()}"
        for folder in ("resources", "seeds")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped <= set(names)
    assert f"paper_reader-{__version__}.dist-info/licenses/LICENSE" in names
    assert {name.split("/")[0] for name in names} == {
        "reader",
        f"paper_reader-{__version__}.dist-info",
        f"paper_reader-{__version__}.data",
    }


def test_installed_its_addresses_are_registered_with_the_desktop(installed: Path) -> None:
    entry = installed.parent / "share" / "applications" / "paper-reader.desktop"
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert "Exec=paper-reader -- %U" in lines
    [types] = [line for line in lines if line.startswith("MimeType=")]
    assert "x-scheme-handler/paper-reader;" in types


def test_installed_it_loads_the_starter_library(installed: Path, tmp_path: Path) -> None:
    # GIVEN the installed program, and no checkout in sight
    python = installed / f"python{SUFFIX}"
    home = call(python, "-c", "import reader; print(reader.__file__)", cwd=tmp_path)
    assert Path(home.strip()).is_relative_to(installed.parent)
    # WHEN the starter papers are loaded
    program = installed / f"paper-reader{SUFFIX}"
    library = ["--library", str(tmp_path / "library")]
    call(program, *library, "starter", cwd=tmp_path)
    # THEN the page and the guide are there, the guide with its PDF
    papers = json.loads(call(program, *library, "list", "--json", cwd=tmp_path))
    assert len(papers) == 114
    (guide,) = [paper for paper in papers if paper["title"] == "A guide to Paper Reader"]
    assert [file["pages"] for file in guide["attachments"]] == [10]
