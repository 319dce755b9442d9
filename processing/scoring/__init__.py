"""Points and their sums, of one sheet, of several, against the pass rule. Pure."""
