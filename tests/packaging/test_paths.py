"""Where the program looks for its own files and the reader's."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

from reader import paths


def test_a_checkout_has_its_resources_and_seeds() -> None:
    assert (paths.seeds() / "trending-papers-jun-11.txt").is_file()
    assert paths.resource("fonts/Inter-Regular.ttf").is_file()


def test_an_installed_package_carries_them_inside(tmp_path: Path) -> None:
    # GIVEN the layout of an installed wheel
    package = tmp_path / "site-packages" / "reader"
    (package / "_data" / "resources").mkdir(parents=True)
    shutil.copy(paths.__file__, package / "paths.py")
    # WHEN the module is loaded from there
    spec = importlib.util.spec_from_file_location("installed_paths", package / "paths.py")
    assert spec and spec.loader
    installed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(installed)
    # THEN it looks inside the package
    assert installed.resource("guide.pdf") == package / "_data" / "resources" / "guide.pdf"
    assert installed.seeds() == package / "_data" / "seeds"


def test_the_environment_chooses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPER_READER_LIBRARY", "mine")
    monkeypatch.setenv("PAPER_READER_CONFIG", "~/s.json")
    assert paths.data_folder() == tmp_path / "mine"
    assert paths.config_file() == Path.home() / "s.json"


@pytest.mark.parametrize(
    "platform, data, config",
    [
        ("linux", ".local/share/paper-reader", ".config/paper-reader/settings.json"),
        (
            "darwin",
            "Library/Application Support/paper-reader",
            "Library/Application Support/paper-reader/settings.json",
        ),
        ("win32", "AppData/Local/paper-reader", "AppData/Local/paper-reader/settings.json"),
    ],
)
def test_each_platform_has_its_own_convention(
    monkeypatch: pytest.MonkeyPatch, platform: str, data: str, config: str
) -> None:
    for name in ("PAPER_READER_LIBRARY", "PAPER_READER_CONFIG", "LOCALAPPDATA"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(sys, "platform", platform)
    assert paths.data_folder() == Path.home() / data
    assert paths.config_file() == Path.home() / config


def test_xdg_folders_are_honoured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PAPER_READER_LIBRARY")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.data_folder() == tmp_path / "paper-reader"
