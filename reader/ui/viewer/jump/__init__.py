"""Smart jump: a preview of what a mention or link leads to, and the way there."""
