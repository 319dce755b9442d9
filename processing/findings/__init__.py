"""What checks may find: the catalogue of every finding, making one, and saying it. Pure."""
