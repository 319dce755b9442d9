"""Excel files as people and offices really have them: read with suspicion, written the same each time."""
