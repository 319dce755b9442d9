"""Whose data an erasure is about: the person, the rows that are theirs, and whether they still serve."""
