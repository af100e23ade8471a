"""The library on disk: library.db, search.db, files/ and backups/.  The only SQL."""
