"""Points and their sums, for one sheet or several, compared with the pass rule. Pure."""
