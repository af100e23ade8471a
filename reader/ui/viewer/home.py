"""Where a shown document belongs: the window's way to the library, and the paper it is of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from reader.domain.value import dataclass
from reader.ui.desk import Desk
from reader.ui.live_settings import LiveSettings
from reader.ui.viewer.kept import Kept
from reader.ui.viewer.passwords import Passwords


@dataclass(frozen=True, slots=True)
class Home:
    """What features of the viewer may ask of the window.

    `paper` and `attachment` are uids, "" for a file that is not in the library; `add`
    puts such a file there.  `reads_on` says whether the place the library keeps of the file
    is where this page is, and not another one that shows the same file.
    """

    desk: Desk
    paper: str = ""
    attachment: str = ""
    passwords: Passwords = field(default_factory=Passwords)
    kept: Kept = field(default_factory=Kept)
    settings: LiveSettings | None = None
    add: Callable[[], None] | None = None
    reads_on: Callable[[], bool] = bool  # not known: each page goes on where it is
