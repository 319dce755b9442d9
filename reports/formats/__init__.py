"""Files that other programs open: tables, archives and images of discs, by their content alone. Pure but for
the one function of each that writes.
"""
