"""The form of a document, filled in where it stands; the file itself is left as it is."""

from reader.ui.viewer.form.feature import Form

__all__ = ["Form"]
