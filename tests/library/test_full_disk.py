"""A full disk: what cannot be saved is said, nothing is damaged, and it works again with space."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.domain.errors import StorageFullError
from reader.domain.paper import Paper
from reader.services import attaching, editing, safekeeping
from reader.services.import_plan import Plan, Planned
from reader.services.importing import commit
from tests.library.shelf import add, catch_up, facts_of, open_writer, titles, whole


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 3 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    if (done := subprocess.run(mount, capture_output=True, text=True)).returncode:
        pytest.skip(f"no small disk here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """A file that takes all the space there is."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    stream.write(b"x" * size)
            except OSError:
                continue
    return ballast


def test_a_note_on_a_full_disk(small: Path) -> None:
    folder = small / "library"
    with closing(open_writer(folder)) as writer:
        [uid] = add(writer, "A paper")
        note, _ = editing.save_note(writer, uid, "", "Saved before")
        catch_up(writer)
        # GIVEN a disk that fills up WHEN notes grow until one cannot be saved
        ballast = fill(small)
        kept, refused = "Saved before", None
        for size in range(1, 400):
            text = f"{size} " + "long " * size * 20
            try:
                note, _ = editing.save_note(writer, uid, note, text)
            except StorageFullError as error:
                refused = error
                break
            kept = text
        # THEN it says so, and what was acknowledged is there
        assert refused is not None
        assert "disk" in refused.message and "safe" in refused.message
        assert whole(folder)[uid].note == kept
        assert writer.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        # AND with space again the same writer goes on
        ballast.unlink()
        editing.save_note(writer, uid, note, "Saved after")
        catch_up(writer)
    assert whole(folder)[uid].note == "Saved after"
    assert titles(folder, "note:after") == ["A paper"]
    assert safekeeping.check(folder).faults == ()


def test_an_import_and_an_attachment_on_a_full_disk(small: Path, tmp_path: Path) -> None:
    folder = small / "library"
    pdf = tmp_path / "large.pdf"
    pdf.write_bytes(b"%PDF-" + b"x" * (1 << 20))
    with closing(open_writer(folder)) as writer:
        [uid] = add(writer, "A paper")
        catch_up(writer)
        ballast = fill(small)
        # WHEN a file, or many papers, do not fit
        with pytest.raises(StorageFullError):
            attaching.attach(writer, uid, pdf, facts_of)
        plan = Plan(
            tuple(
                Planned("x", Paper(f"Paper number {n}", abstract="text " * 2000), "add")
                for n in range(200)
            )
        )
        with pytest.raises(StorageFullError):
            for _ in commit(writer, plan):
                pass
        assert writer.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        # THEN no half file is left, and with space both work
        assert list((folder / "files").iterdir()) == []
        ballast.unlink()
        attaching.attach(writer, uid, pdf, facts_of)
        catch_up(writer)
    assert len(whole(folder)[uid].attachments) == 1
    assert safekeeping.check(folder).faults == ()


def test_a_library_made_on_a_full_disk(small: Path) -> None:
    # GIVEN no space at all WHEN a library is to be made THEN it says so, and later it works
    ballast = fill(small)
    with pytest.raises(StorageFullError):
        open_writer(small / "library")
    ballast.unlink()
    with closing(open_writer(small / "library")) as writer:
        add(writer, "A paper")
    assert titles(small / "library") == ["A paper"]


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_FSIZE")
def test_a_quota_is_a_full_disk_too(tmp_path: Path) -> None:
    # GIVEN a process whose files may not grow beyond 600 kB (no mount needed)
    folder = tmp_path / "library"
    code = """
import resource, signal, sys
from pathlib import Path
from contextlib import closing
from reader.domain.errors import StorageFullError
from reader.services import editing
from tests.library.shelf import add, open_writer, whole
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with closing(open_writer(folder)) as writer:
    [uid] = add(writer, "A paper")
    note, _ = editing.save_note(writer, uid, "", "Saved before")
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
    try:
        editing.save_note(writer, uid, note, "long " * 1_000_000)
    except StorageFullError as error:
        print(error.message)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert whole(folder)[uid].note == "Saved before"
    editing.save_note(writer, uid, note, "Saved after")
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert "safe" in done.stdout
    assert [paper.note for paper in whole(folder).values()] == ["Saved after"]
