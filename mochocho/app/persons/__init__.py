"""What this home holds of one person: where it stands, and as an archive to give to them."""
