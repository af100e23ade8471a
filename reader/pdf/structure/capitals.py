"""Capital letters of Latin alphabets, for patterns that tell names."""

from __future__ import annotations

# What stands in a character class; the letters of Latin Extended-A take turns with small ones.
CAPITALS = "A-Z\u00c0-\u00d6\u00d8-\u00de" + "".join(
    char for char in map(chr, range(0x100, 0x180)) if char.isupper()
)
