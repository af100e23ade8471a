"""What patterns tell names by: the capital letters of Latin alphabets, and small words."""

from __future__ import annotations

# What stands in a character class; the letters of Latin Extended-A take turns with small ones.
CAPITALS = "A-Z\u00c0-\u00d6\u00d8-\u00de" + "".join(
    char for char in map(chr, range(0x100, 0x180)) if char.isupper()
)
# What stands before a family name and belongs to it; for a group of a pattern.
PARTICLES = "van|von|vom|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|zu|el|al|bin"
