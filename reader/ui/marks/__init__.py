"""Annotations in lists: how a row looks, and the chips that filter it."""
