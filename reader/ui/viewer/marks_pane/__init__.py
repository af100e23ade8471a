"""The pane that lists the annotations of the document."""
