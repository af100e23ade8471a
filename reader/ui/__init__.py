"""The desktop window: the only PySide6 and qtawesome."""
