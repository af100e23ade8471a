"""Paper Reader: a desktop reader for research papers with a local library."""

__version__ = "0.1.0"
