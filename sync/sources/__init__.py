"""Where submissions come from; every source is read the same way: index, compare, fetch."""
