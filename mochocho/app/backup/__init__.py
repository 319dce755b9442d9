"""A home in one file, of either kind, and back into an empty home of either kind.

`rows` knows tables, `contents` what a home holds, `archive` the file; `make` and `restore` are the commands.
"""
