"""Servers and phones: mirrors what they sent and publishes what they need."""
