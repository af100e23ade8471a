"""The PDF engine: untrusted files are opened in child processes, never in the window's.

`engine` is the parent's side, `worker` the only part that loads PyMuPDF,
`protocol` what both of them, and the window, speak.
"""
