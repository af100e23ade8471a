"""Builds the desktop window: `start` for people, `picture` for a picture of it."""

from __future__ import annotations

from reader.app.picture import Shot, take_picture
from reader.app.start import open_window

__all__ = ["Shot", "open_window", "take_picture"]
