"""Fetches what sources have and the mirror has not: from which sources, when, and with how many threads."""
