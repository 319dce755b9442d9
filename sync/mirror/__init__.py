"""What phones and servers hold, as rows: versions, files, entities, quarantined items, deletions."""
