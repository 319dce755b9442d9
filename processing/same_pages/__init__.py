"""Is a page a copy of another: what is kept of each, which may be the same, how far they agree. Pure."""
