"""The standards as data: one pack a cycle, and everything else follows from it."""
