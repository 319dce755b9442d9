"""The standards as data: one pack per cycle, from which everything else follows."""
