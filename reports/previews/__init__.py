"""A paper whose texts somebody edits, as its pages will look."""
