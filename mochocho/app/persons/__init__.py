"""What this home holds of one person: where it stands."""
