"""The settings of a home: read once at the edge, what is wrong told in Thai."""
