"""The system's voice: a command that reads aloud what it gets on its standard input."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys

from reader.domain.errors import NotFoundError, ReaderError
from reader.domain.value import dataclass

_SAPI = (
    "Add-Type -AssemblyName System.Speech; "
    "$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "[Console]::InputEncoding = [System.Text.Encoding]::UTF8; "
    "$voice.Speak([Console]::In.ReadToEnd())"
)
# The first that is there is used.  The text never travels as an argument: other
# users of the machine can read those, and a sentence may begin with a dash.
_COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "linux": (
        ("spd-say", "--wait", "--pipe-mode"),  # its server goes on unless told: see _SILENCE
        ("espeak-ng", "--stdin"),
        ("espeak", "--stdin"),
        ("festival", "--tts"),
    ),
    "darwin": (("say", "-f", "-"),),
    "win32": (("powershell", "-NoProfile", "-NonInteractive", "-Command", _SAPI),),
}
_SILENCE = {"spd-say": ("spd-say", "--cancel")}
_HINTS = {
    "linux": "Install speech-dispatcher or espeak-ng with your system's package manager.",
    "darwin": "The program “say” belongs to macOS; check that /usr/bin/say is there.",
    "win32": "Windows reads with PowerShell and System.Speech; check that both are there.",
}
_LONGEST = 4_000  # characters; with its bytes it fits into the pipe's buffer


@dataclass(frozen=True, slots=True)
class Voice:
    """A way to speak that was found on this system."""

    command: tuple[str, ...]

    @property
    def name(self) -> str:
        """The program that speaks."""
        return self.command[0]

    def say(self, text: str) -> Saying:
        """Begin to speak; returns at once.  ReaderError when the program does not start.

        A text is cut at 4,000 characters.
        """
        try:
            process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise ReaderError(
                f"{self.name} could not be started, so nothing is read aloud.",
                _hint(),
                str(error),
            ) from None
        assert process.stdin is not None
        with contextlib.suppress(OSError), process.stdin as pipe:  # it may have ended already
            pipe.write(_line(text).encode("utf-8", "replace") + b"\n")
        return Saying(process, _SILENCE.get(self.name, ()))


class Saying:
    """A text that is being spoken."""

    def __init__(self, process: subprocess.Popen[bytes], silence: tuple[str, ...] = ()) -> None:
        self._process = process
        self._silence = silence

    @property
    def ended(self) -> bool:
        """Whether it is over; never waits."""
        return self._process.poll() is not None

    @property
    def failed(self) -> bool:
        """Whether it ended with an error of the program."""
        return self._process.returncode not in (None, 0)

    def stop(self) -> None:
        """Be silent at once."""
        if self._process.poll() is None:
            self._process.kill()  # nothing is lost with it, and the window does not wait
            self._process.wait()
            if self._silence:
                with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                    subprocess.run(self._silence, timeout=1, capture_output=True, check=False)


def find_voice() -> Voice:
    """The voice of this system; NotFoundError that says how to get one."""
    for command in _COMMANDS.get(_platform(), ()):
        if shutil.which(command[0]):
            return Voice(command)
    raise NotFoundError("This system has no voice to read aloud with.", _hint())


def _line(text: str) -> str:
    """One line: in the pipe mode of spd-say a line that begins with "!-!" is a command."""
    return " ".join(text[:_LONGEST].replace("\0", " ").split()).lstrip("!- ")


def _hint() -> str:
    return _HINTS.get(_platform(), _HINTS["linux"])


def _platform() -> str:
    return sys.platform if sys.platform in _COMMANDS else "linux"
