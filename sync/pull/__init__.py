"""What is there and not here is fetched: from which sources, when, and by how many at once."""
