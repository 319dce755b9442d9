"""Checks of letters: their numbers, labels, enclosures, addressees and signatures."""
