"""Connections and threads by whose they are, so that nobody keeps the others waiting."""
