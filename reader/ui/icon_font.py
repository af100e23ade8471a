"""qtawesome, by itself: the one module that is loaded after the first paint for its icons."""

from __future__ import annotations

import qtawesome

draw = qtawesome.icon
reset = qtawesome.reset_cache
