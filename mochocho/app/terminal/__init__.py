"""What a person at a terminal sees: language, progress, errors as sentences, nothing secret."""
