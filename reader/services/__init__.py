"""Use cases, one verb a module: what the program does.  No Qt, no SQL."""
