"""Fetched roots as rows: many at once where they are plain, one by one where they are not."""
