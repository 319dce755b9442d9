"""The packet of one meeting: which papers in which order and volume, their inputs, bound into PDFs."""
