"""Scans of signed papers, attached back to the meeting that they are of."""
