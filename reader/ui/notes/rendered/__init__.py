"""A note as it will be read: markdown-it's tree drawn by a QTextDocument that loads nothing."""
