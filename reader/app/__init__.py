"""Builds the desktop window: `start` for people, `picture` for a picture of it."""
