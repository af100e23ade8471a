"""The system's voice: what it is told, and what happens when there is none."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from reader.domain.errors import NotFoundError, ReaderError
from reader.system import voices
from reader.system.voices import Voice, find_voice


def program(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}")
    path.chmod(0o755)
    return path


def wait(saying: voices.Saying) -> None:
    deadline = time.monotonic() + 10
    while not saying.ended and time.monotonic() < deadline:
        time.sleep(0.01)
    assert saying.ended


def test_the_text_travels_on_the_standard_input_as_one_line(tmp_path: Path) -> None:
    # GIVEN a voice that writes down what it hears
    out = tmp_path / "heard"
    listen = f"import sys; open({str(out)!r}, 'w').write(repr((sys.argv[1:], sys.stdin.read())))"
    voice = Voice((str(program(tmp_path, "speak", listen)), "--stdin"))
    # WHEN a text with line ends, a NUL and a command of spd-say's is said
    saying = voice.say("!-!!-! SET SELF\nLate one\0 night – ünï")
    wait(saying)
    # THEN it comes whole, in one line, never as an argument
    assert out.read_text() == repr((["--stdin"], "SET SELF Late one night – ünï\n"))
    assert not saying.failed


def test_silence_comes_at_once(tmp_path: Path) -> None:
    saying = Voice((str(program(tmp_path, "slow", "import time; time.sleep(60)")),)).say("words")
    assert not saying.ended
    before = time.monotonic()
    saying.stop()
    assert saying.ended and time.monotonic() - before < 5


def test_a_voice_that_fails_says_so(tmp_path: Path) -> None:
    saying = Voice((str(program(tmp_path, "bad", "raise SystemExit(3)")),)).say("words")
    wait(saying)
    assert saying.failed
    with pytest.raises(ReaderError, match="could not be started"):
        Voice((str(tmp_path / "nowhere"),)).say("words")


@pytest.mark.skipif(sys.platform != "linux", reason="the programs of Linux")
def test_the_first_voice_that_is_there_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    # GIVEN no voice THEN the error says how to get one
    with pytest.raises(NotFoundError) as caught:
        find_voice()
    assert "speech-dispatcher" in caught.value.hint
    # AND with two of them the better one is used
    program(tmp_path, "espeak", "")
    assert find_voice().name == "espeak"
    program(tmp_path, "spd-say", "")
    assert find_voice().name == "spd-say"


@pytest.mark.needs("espeak-ng")
def test_a_real_voice_speaks() -> None:
    # Without a sound card it fails, but it must have been started and have ended.
    saying = Voice(("espeak-ng", "--stdin", "-q")).say("Hello")
    wait(saying)
    assert not saying.failed
