"""Pin the lower bounds of pyproject.toml exactly: requirements.txt and requirements-test.txt.

Every file of a version gets its hash, so that one pair of lists serves Linux,
Windows and macOS.  Versions that are already pinned stay unless --upgrade is
given.  Needs pip-tools (`pip install pip-tools`).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = "# Written by packaging/lock.py from pyproject.toml; do not edit.\n"

# The lists are made on one system; what only another one needs is named here, with its
# marker.  tests/packaging/test_requirements.py says when a name is missing.
ELSEWHERE = {"colorama": "sys_platform == 'win32'"}


def main() -> None:
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    wanted = [*project["dependencies"], *ELSEWHERE]
    compile_list(HERE / "requirements.txt", wanted, upgrade)
    wanted += [*project["optional-dependencies"]["test"], "-c " + str(HERE / "requirements.txt")]
    compile_list(HERE / "requirements-test.txt", wanted, upgrade)


def compile_list(target: Path, wanted: list[str], options: list[str]) -> None:
    """Resolve `wanted` into `target`, with the hashes of all files and no addresses."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "wanted.in"
        source.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        quiet = ["--no-header", "--no-annotate", "--no-emit-index-url"]
        quiet += ["--no-emit-find-links", "--no-emit-trusted-host", "--no-emit-options"]
        command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes"]
        command += ["--allow-unsafe", "--strip-extras", *quiet, *options]
        subprocess.run([*command, "--output-file", str(target), str(source)], check=True)
    text = target.read_text(encoding="utf-8")
    for name, marker in ELSEWHERE.items():
        text = re.sub(rf"^({name}==\S+)", rf"\1 ; {marker}", text, flags=re.MULTILINE)
    target.write_text(HEADER + text, encoding="utf-8")
    print(f"wrote {target.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
