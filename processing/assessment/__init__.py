"""What the rules say of each applicant: computed where its inputs changed, appended, read by papers."""
