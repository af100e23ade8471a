"""What can be done with the file that is shown: a copy, its folder, its properties."""

from reader.ui.viewer.file.feature import FileActions

__all__ = ["FileActions"]
