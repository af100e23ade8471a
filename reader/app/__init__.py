"""Builds the desktop window: `build` for people, `picture` for a picture of it."""

from __future__ import annotations

from reader.app.build import open_window
from reader.app.picture import Shot, take_picture

__all__ = ["Shot", "open_window", "take_picture"]
