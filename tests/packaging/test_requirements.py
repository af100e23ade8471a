"""The pinned lists: whole on every system, hashed, and free of addresses."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "packaging" / "requirements.txt"
TEST = ROOT / "packaging" / "requirements-test.txt"
ENVIRONMENTS = [
    {
        "sys_platform": system,
        "platform_system": name,
        "os_name": os_name,
        "python_version": version,
        "python_full_version": f"{version}.0",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "extra": "",
    }
    for system, name, os_name in (
        ("linux", "Linux", "posix"),
        ("darwin", "Darwin", "posix"),
        ("win32", "Windows", "nt"),
    )
    for version in ("3.11", "3.12", "3.13")
]


def pins(path: Path) -> dict[str, Requirement]:
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [re.sub(r"--hash\S+", "", line).strip() for line in text.splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in found}


@pytest.mark.parametrize("path", [RUN, TEST], ids=lambda path: path.stem)
def test_every_pin_is_exact_and_hashed_and_no_address_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(pins(path)) > 10
    assert all(str(pin.specifier).startswith("==") for pin in pins(path).values())
    assert text.count("==") == len(
        re.findall(r"==\S+[^\n]*\\\n +--hash=sha256:[0-9a-f]{64}", text)
    ) + text.count("sys_platform ==")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted", text)


def test_the_test_list_holds_the_other_whole() -> None:
    assert {str(pin) for pin in pins(RUN).values()} <= {str(pin) for pin in pins(TEST).values()}


def test_the_lower_bounds_of_the_project_are_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    test = project["optional-dependencies"]["test"]
    for path, wanted in ((RUN, project["dependencies"]), (TEST, test)):
        for requirement in map(Requirement, wanted):
            version = str(pins(path)[canonicalize_name(requirement.name)].specifier)
            assert requirement.specifier.contains(version.removeprefix("=="))


@pytest.mark.parametrize("path", [RUN, TEST], ids=lambda path: path.stem)
def test_what_each_pin_needs_is_pinned_on_every_system(path: Path) -> None:
    pinned = pins(path)
    missing: set[str] = set()
    for name, pin in pinned.items():
        for environment in ENVIRONMENTS:
            if pin.marker and not pin.marker.evaluate(environment):
                continue
            for needed in needs(name):
                if needed.marker and not needed.marker.evaluate(environment):
                    continue
                found = pinned.get(canonicalize_name(needed.name))
                if not found or (found.marker and not found.marker.evaluate(environment)):
                    missing.add(f"{needed} for {name} on {environment['sys_platform']}")
    assert missing == set()


def needs(name: str) -> list[Requirement]:
    """What an installed distribution requires; what only other systems have requires nothing."""
    try:
        return [Requirement(text) for text in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        assert name == "colorama"
        return []
