"""Shares connections and threads between officers, so that none keeps the others waiting."""
