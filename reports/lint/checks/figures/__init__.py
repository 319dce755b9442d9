"""Checks of numbers in texts: sums, percents, districts counted."""
