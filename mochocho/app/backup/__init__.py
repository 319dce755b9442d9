"""Saves a home to one file, and restores it into an empty home, on SQLite or PostgreSQL.

`rows` knows tables, `contents` what a home holds, `archive` the file format, `manifest_signature`
who made it; `make` and `restore` are the commands.
"""
