"""Run or test Paper Reader from a checkout; makes everything it needs by itself.

    python3 packaging/dev.py run [ARGUMENTS OF paper-reader]
    python3 packaging/dev.py test [ARGUMENTS OF pytest]

Standard library only, and readable by any Python 3 up to the version check,
so that an old one gets a sentence and not a SyntaxError.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "paper-reader-stamp.json"
LISTS = {
    "run": ROOT / "packaging" / "requirements.txt",
    "test": ROOT / "packaging" / "requirements-test.txt",
}
PICTURE = "paper-reader.png"
HUNG = ROOT / ".pytest_cache" / "hung.txt"  # the suite writes there which test it is at
HANGING = "Timeout ("  # and this, with the stacks of all threads, when that test hangs

OFFSCREEN_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0 libbrotli1"
)
XCB_PACKAGES = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)

# Qt aborts where it finds no display: only a child can find out, and it must leave no core file.
PROBE = """
import sys
if sys.platform != "win32":
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from PySide6.QtWidgets import QApplication
application = QApplication([])
print("platform", application.platformName())
"""
# Found from every folder and by every child, without an install: the same as an editable one.
LINK = """
import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "paper-reader.pth").write_text(sys.argv[1] + "\\n")
"""
# Qt's Python files lie packed in its library, and are compiled at every start: 40 of 150 ms.
UNPACKED = """
import compileall, pathlib, shiboken6
compileall.compile_dir(pathlib.Path(shiboken6.__file__).with_name("files.dir"), quiet=2)
"""
USABLE = "import pip, sys; sys.exit(sys.version_info < (3, 11))"


class SetupError(Exception):
    """The work cannot go on; the text says why and what to do."""


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036, an old Python is to get a sentence
        sys.exit(too_old())
    jobs = {"run": run, "test": test}
    if not arguments or arguments[0] not in jobs:
        print("\n".join((__doc__ or "").splitlines()[2:4]), file=sys.stderr)
        return 2
    try:
        return jobs[arguments[0]](arguments[1:])
    except SetupError as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def too_old() -> str:
    version = "{}.{}".format(*sys.version_info[:2])
    newer = next(
        (name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)), ""
    )
    advice = (
        f"Run: {newer} packaging/dev.py" if newer else "Install one from your system's packages"
    )
    return f"Paper Reader needs Python 3.11 or newer; this is Python {version}. {advice}"


# ---- run and test


def run(arguments: list[str]) -> int:
    prepare("run")
    # Compiled anew at each start, the program would take seconds to open.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    options, rest = split_options(arguments)
    problem = display_problem()
    if rest:
        return reader(arguments)
    if problem:
        return show_picture(options, problem)
    fill_empty_library(options)
    return reader(arguments)


def split_options(arguments: list[str]) -> tuple[list[str], list[str]]:
    """paper-reader's leading options, and from its command or first file on."""
    at = 0
    while at < len(arguments) and arguments[at].partition("=")[0] in ("--library", "--set"):
        at += 1 if "=" in arguments[at] else 2
    return arguments[:at], arguments[at:]


def show_picture(options: list[str], problem: str) -> int:
    """The main job where there is no screen: the starter library, drawn into a file."""
    print(f"{problem} Paper Reader draws its window into a picture instead.", flush=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    fill_empty_library(options)
    target = Path.cwd() / PICTURE
    code = reader([*options, "snapshot", str(target)], stdout=subprocess.DEVNULL)
    if code == 0:
        print(f"The window with the starter library is in {target}")
    return code


def fill_empty_library(options: list[str]) -> None:
    listing = [str(PYTHON), "-m", "reader", *options, "list", "--limit", "1", "--json"]
    answer = subprocess.run(listing, capture_output=True, check=False)
    if answer.returncode != 0:
        sys.stderr.buffer.write(answer.stderr)
    elif not json.loads(answer.stdout or b"[]"):
        reader([*options, "starter"])


def reader(arguments: list[str], stdout: int | None = None) -> int:
    with subprocess.Popen([str(PYTHON), "-m", "reader", *arguments], stdout=stdout) as child:
        while True:
            # Ctrl+C reaches the child too, which saves what was typed and then ends.
            with contextlib.suppress(KeyboardInterrupt):
                return child.wait()


def test(arguments: list[str]) -> int:
    prepare("test")
    require_qt()
    if "--onscreen" not in arguments:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    steps = {
        "ruff check": ["ruff", "check"],
        "ruff format": ["ruff", "format", "--check"],
        "basedpyright": ["basedpyright"],
        "pytest": ["pytest", *arguments],
    }
    rows: list[str] = []
    worst = 0
    for name, command in steps.items():
        print(f"\n== {name}", flush=True)
        start = time.monotonic()
        code = subprocess.call([str(PYTHON), "-m", *command], cwd=ROOT)
        took = time.monotonic() - start
        rows.append(f"  {name:<14}{'passed' if code == 0 else f'FAILED ({code})':<14}{took:6.1f} s")
        worst = worst or code
    rows += hung_at()
    print("\n== summary", *rows, "everything passed" if worst == 0 else "FAILED", sep="\n")
    return worst


def hung_at() -> list[str]:
    """The test that hung, and for each thread its innermost call and our own calls."""
    said = HUNG.read_text(encoding="utf-8", errors="replace") if HUNG.exists() else ""
    test, _, stacks = said.partition("\n")
    if not stacks.startswith(HANGING):
        return []
    rows = [f"  hung: {test}"]
    for stack in stacks.split("\n\n"):
        head, *calls = [line for line in stack.splitlines() if not line.startswith(HANGING)]
        own = [call for call in calls[1:] if str(ROOT) in call and ".venv" not in call]
        rows += [f"  {head}", *calls[:1], *own[:4]]
    return [row.replace(f"{ROOT}{os.sep}", "") for row in rows]


# ---- the environment


def prepare(kind: str) -> None:
    """Make .venv and install the pinned list, unless a stamp says that it is done."""
    names = ("run", "test") if kind == "test" else ("run",)
    wanted = {name: digest(LISTS[name]) for name in names}
    done: dict[str, str] = {}
    if PYTHON.exists() and STAMP.exists():
        done = json.loads(STAMP.read_text(encoding="utf-8"))
    if done.get(kind) == wanted[kind]:
        return
    if not PYTHON.exists() or subprocess.call([str(PYTHON), "-c", USABLE]) != 0:
        done = {}
        make_venv()
    print("Installing the pinned requirements; only the first time takes a while.", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    pip += ["--only-binary", ":all:", *quiet, "-r", str(LISTS[kind])]
    if subprocess.call(pip) != 0:
        raise SetupError(
            "the requirements could not be installed; what pip said is above. Try again."
        )
    subprocess.run([str(PYTHON), "-c", LINK, str(ROOT)], check=True)
    # Every start works without it; after another version is installed it must be done anew.
    unpacking = {**os.environ, "SBK_EMBED": "0"}
    subprocess.run([str(PYTHON), "-c", UNPACKED], env=unpacking, check=False)
    # The test list holds the other one whole, so that either job finds its own after it.
    STAMP.write_text(json.dumps(wanted if kind == "test" else {**done, **wanted}), encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes() + str(ROOT).encode()).hexdigest()


def make_venv() -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    # Debian ships the module venv without ensurepip, which is in a package of its own.
    if subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL):
        install(package, "Python's venv is missing")
    print(f"Making {VENV}", flush=True)
    if subprocess.call(command) != 0:
        raise SetupError(f"{VENV} could not be made; what Python said is above.")


# ---- Qt and the display


def require_qt() -> None:
    """Install or name the system libraries that Qt lacks; raises SetupError unless it starts then."""
    problem = probe("offscreen")
    if problem and sys.platform == "linux":
        install(OFFSCREEN_PACKAGES, f"Qt lacks system libraries ({problem})")
        problem = probe("offscreen")
    if problem:
        raise SetupError(f"Qt does not start: {problem}")


def display_problem() -> str:
    """Why no window can show, as a sentence; "" when one can.  Raises SetupError when Qt cannot load.

    An invisible window asked for by QT_QPA_PLATFORM does not count.
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    display = platform or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if sys.platform in ("win32", "darwin"):
        display = platform or "the desktop"
    if not display or platform.partition(":")[0] in ("offscreen", "minimal"):
        require_qt()
        return "There is no display."
    if not probe(""):
        return ""
    require_qt()
    try:
        install(XCB_PACKAGES, "Qt lacks system libraries for the display")
    except SetupError as stop:
        return f"{stop}\n"
    return f"The display {display} cannot be reached." if probe("") else ""


def probe(platform: str) -> str:
    """What is wrong with Qt on a platform ("" lets Qt choose); "" when it starts."""
    chosen = {"QT_QPA_PLATFORM": platform} if platform else {}
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", PROBE],
            env={**os.environ, **chosen},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=30,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "it does not answer"
    lines = answer.stdout.decode(errors="replace").strip().splitlines()
    return "" if answer.returncode == 0 else (lines or ["Qt ended without a word"])[-1]


# ---- system packages


def install(packages: str, why: str) -> None:
    """Install what is missing of `packages` as root with apt; else SetupError with the one command."""
    missing = [name for name in packages.split() if not installed(name)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    line = " ".join(command)
    if not shutil.which("apt-get"):
        raise SetupError(f"{why}. Install what Debian calls {' '.join(missing)}.")
    if os.geteuid() != 0:
        raise SetupError(f"{why}. This command mends it: sudo {line}")
    print(f"{why}: installing {' '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, env=environment, capture_output=True, check=False)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()
            raise SetupError(f"{why}; {said}\nThis command mends it: apt-get update && {line}")


def installed(package: str) -> bool:
    if not shutil.which("dpkg-query"):
        return False
    query = ["dpkg-query", "--show", "--showformat=${Status}", package]
    answer = subprocess.run(query, capture_output=True, check=False)
    return answer.stdout.endswith(b" ok installed")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
