"""The compiled form of the data: one SQLite file in the user's cache, built once, read by every query."""
