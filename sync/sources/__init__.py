"""Sources of submissions; every source is read the same way: index, compare, fetch."""
