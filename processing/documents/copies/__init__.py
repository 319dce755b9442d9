"""Pages that are somewhere else too: found when they come, kept, and looked up for each applicant."""
