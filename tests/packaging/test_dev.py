"""packaging/dev.py: what it decides, shown with commands that only pretend."""

from __future__ import annotations

import importlib.util
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import HUNG

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "dev.py"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the pretended commands are sh")

# Answers as the program would: Qt starts unless a library or the display is missing.
PYTHON = """#!/bin/sh
echo "python $*" | head -n 1 >> "$LOG"
case "$1 $2" in
  "-m reader") shift 2
    case "$*" in
      *list*) cat "$STATE/papers" ;;
      *starter*) echo '[1]' > "$STATE/papers" ;;
      *snapshot*) exit "${SNAPSHOT:-0}" ;;
    esac ;;
  "-c "*QApplication*)
    [ -e "$STATE/no-library" ] && echo "libEGL.so.1: cannot open shared object file" && exit 1
    [ "$QT_QPA_PLATFORM" = offscreen ] && exit 0
    [ -e "$STATE/no-display" ] && echo "could not connect" && exit 134
    exit 0 ;;
esac
"""
APT = """#!/bin/sh
echo "apt-get $*" >> "$LOG"
[ -e "$STATE/offline" ] && echo "no network" >&2 && exit 100
[ "$1" = install ] && rm -f "$STATE/no-library" "$STATE/no-packages"
exit 0
"""
DPKG = """#!/bin/sh
[ -e "$STATE/no-packages" ] && exit 1
printf 'install ok installed'
"""


class Stage:
    """dev.py with a pretended machine: files in `state` say what is wrong with it."""

    def __init__(self, dev: ModuleType, folder: Path) -> None:
        self.dev = dev
        self.folder = folder
        self.log = folder / "log"

    def breaks(self, *names: str) -> None:
        for name in names:
            (self.folder / name).touch()

    @property
    def calls(self) -> list[str]:
        """What paper-reader and apt-get were called with."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        kept = [line.removeprefix("python -m ") for line in lines if "-c" not in line.split()]
        return [line for line in kept if line.startswith(("reader", "apt-get"))]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_script", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def script(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    dev = load()
    script(tmp_path / "apt-get", APT)
    script(tmp_path / "dpkg-query", DPKG)
    (tmp_path / "papers").write_text("[]")
    monkeypatch.setattr(dev, "PYTHON", script(tmp_path / "python", PYTHON))
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp.json")
    done = {name: dev.digest(path) for name, path in dev.LISTS.items()}
    (tmp_path / "stamp.json").write_text(json.dumps(done))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setenv("STATE", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.chdir(tmp_path)
    return Stage(dev, tmp_path)


LIST = "reader list --limit 1 --json"


def test_an_empty_library_gets_the_starter_papers_then_the_window(stage: Stage) -> None:
    assert stage.dev.main(["run"]) == 0
    assert stage.calls == [LIST, "reader starter", "reader"]


def test_a_filled_library_is_only_opened(stage: Stage) -> None:
    (stage.folder / "papers").write_text('[{"title": "kept"}]')
    assert stage.dev.main(["run"]) == 0
    assert stage.calls == [LIST, "reader"]


def test_the_program_keeps_what_was_compiled_of_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert stage.dev.main(["run"]) == 0
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_arguments_go_through_unchanged(stage: Stage) -> None:
    assert stage.dev.main(["run", "list", "-has:pdf", "--json"]) == 0
    assert stage.calls == ["reader list -has:pdf --json"]


def test_options_alone_are_still_the_main_job(stage: Stage) -> None:
    assert stage.dev.main(["run", "--library", "x", "--set=theme=dark"]) == 0
    options = "reader --library x --set=theme=dark"
    assert stage.calls == [f"{options} list --limit 1 --json", f"{options} starter", options]


@pytest.mark.parametrize("platform", ["", "offscreen"])
def test_without_a_display_the_window_becomes_a_picture(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    platform: str,
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert stage.dev.main(["run"]) == 0
    picture = stage.folder / "paper-reader.png"
    assert stage.calls == [LIST, "reader starter", f"reader snapshot {picture}"]
    said = capsys.readouterr().out
    assert "There is no display." in said
    assert str(picture) in said


def test_a_display_that_cannot_be_reached_becomes_a_picture(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.breaks("no-display")
    assert stage.dev.main(["run"]) == 0
    assert stage.calls[-1].startswith("reader snapshot")
    assert "The display :0 cannot be reached." in capsys.readouterr().out


def test_a_picture_that_fails_is_a_failure(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("SNAPSHOT", "3")
    assert stage.dev.main(["run"]) == 3


def test_root_gets_missing_libraries_installed(stage: Stage) -> None:
    stage.breaks("no-library", "no-packages")
    assert stage.dev.main(["run"]) == 0
    update, install = stage.calls[:2]
    assert update == "apt-get update"
    assert install.startswith("apt-get install -y --no-install-recommends libgl1 libegl1 ")
    assert stage.calls[-1] == "reader"


def test_others_get_the_one_command(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    stage.breaks("no-library", "no-packages")
    assert stage.dev.main(["run"]) == 1
    assert stage.calls == []
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "sudo apt-get install -y --no-install-recommends libgl1" in said


def test_without_network_the_one_command_is_named(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.breaks("no-library", "no-packages", "offline")
    assert stage.dev.main(["run"]) == 1
    assert "no network" in capsys.readouterr().err


def test_a_missing_display_library_is_named_and_the_picture_made(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    stage.breaks("no-display", "no-packages")
    assert stage.dev.main(["run"]) == 0
    assert stage.calls[-1].startswith("reader snapshot")
    assert "sudo apt-get install -y --no-install-recommends libxcb-cursor0" in (
        capsys.readouterr().out
    )


def test_a_changed_list_is_installed_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a stamp of an older list
    (stage.folder / "stamp.json").write_text(json.dumps({"run": "older"}))
    # WHEN run is called twice
    for _ in range(2):
        assert stage.dev.main(["run"]) == 0
    # THEN pip was called once, with hashes and without building anything
    pip = [line for line in stage.log.read_text().splitlines() if " -m pip " in line]
    assert len(pip) == 1
    assert "--require-hashes --only-binary :all:" in pip[0]


def test_after_test_run_needs_nothing_more(stage: Stage) -> None:
    (stage.folder / "stamp.json").unlink()
    stage.dev.prepare("test")
    stage.dev.prepare("run")
    pip = [line for line in stage.log.read_text().splitlines() if " -m pip " in line]
    assert len(pip) == 1


def test_test_runs_every_step_and_keeps_the_first_failure(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    bad = PYTHON + '\n[ "$2" = basedpyright ] && exit 7\nexit 0\n'
    monkeypatch.setattr(stage.dev, "PYTHON", script(stage.folder / "python2", bad))
    assert stage.dev.main(["test", "-k", "x"]) == 7
    log = stage.log.read_text()
    for step in ("ruff check", "ruff format --check", "basedpyright", "pytest -k x"):
        assert f"python -m {step}" in log
    said = capfd.readouterr().out
    assert "basedpyright  FAILED (7)" in said
    assert said.rstrip().endswith("FAILED")


def test_a_test_that_hangs_is_named_in_the_summary(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # GIVEN a suite with the hooks of this one, whose second test never ends
    (tmp_path / "conftest.py").write_text(
        "import tests.conftest as ours\n"
        "ours.HANGS = 1.0\n"
        "pytest_runtest_protocol = ours.pytest_runtest_protocol\n"
    )
    (tmp_path / "test_it.py").write_text(
        "import threading\ndef test_ends(): pass\ndef test_waits(): threading.Event().wait()\n"
    )
    # WHEN it runs
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        check=False,
    )  # fmt: skip
    # THEN the run ended as a failure, and the summary has the test and the place
    assert done.returncode == 1, done.stderr.decode()
    monkeypatch.setattr(stage.dev, "ROOT", tmp_path)
    monkeypatch.setattr(stage.dev, "HUNG", tmp_path / HUNG)
    rows = stage.dev.hung_at()
    assert rows[0] == "  hung: test_it.py::test_waits"
    assert '  File "test_it.py", line 3 in test_waits' in rows
    assert len(rows) < 8


def test_a_missing_venv_package_is_installed_by_root(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = '#!/bin/sh\n[ "$1" = -c ] && exit 1\necho "made $*" >> "$LOG"\n'
    stage.breaks("no-packages")
    monkeypatch.setattr(sys, "executable", str(script(stage.folder / "bare", broken)))
    stage.dev.make_venv()
    version = "{}.{}".format(*sys.version_info[:2])
    assert stage.calls[1].endswith(f"--no-install-recommends python{version}-venv")
    assert "made -m venv --clear" in stage.log.read_text()


@pytest.mark.needs("python3.10")
def test_an_old_python_gets_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        ["python3.10", str(SCRIPT), "run"], capture_output=True, text=True, cwd=tmp_path
    )
    if "not installed" in done.stderr or done.returncode == 127:
        pytest.skip("python3.10 is only a name here")
    assert done.returncode == 1
    assert done.stderr.startswith("Paper Reader needs Python 3.11 or newer; this is Python 3.10")


def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert load().main(["fly"]) == 2
    assert "packaging/dev.py run" in capsys.readouterr().err


def test_ci_runs_exactly_the_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert lines[-1] == "exec python3 packaging/dev.py test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
