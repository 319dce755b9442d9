"""A cycle's beginning and end: what the next one takes over, and that the old one is written no more."""
