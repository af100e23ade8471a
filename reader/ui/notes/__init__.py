"""Notes: written, styled where they are written, and shown as they will be read."""
