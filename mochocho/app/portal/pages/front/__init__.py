"""Where a person arrives."""
