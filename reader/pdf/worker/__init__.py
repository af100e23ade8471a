"""The child process: the only place that loads PyMuPDF."""
