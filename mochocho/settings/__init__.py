"""The settings of a home: read once at the start, mistakes explained in Thai."""
