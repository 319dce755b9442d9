"""What phones and servers hold, as rows: versions, files, entities, what cannot be used, what was deleted."""
