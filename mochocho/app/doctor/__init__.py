"""Checks for what would stop the work, each independent of the others; changes nothing."""
