"""Copies for a committee: without what identifies people or is signed by them."""
