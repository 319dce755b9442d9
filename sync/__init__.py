"""Servers and phones: what they sent is mirrored, what they should have is published."""
