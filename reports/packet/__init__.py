"""The packet of one meeting: which papers, in which order and volume, from what, bound, named."""
