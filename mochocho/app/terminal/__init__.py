"""The terminal: language, progress, errors as sentences, secrets masked."""
