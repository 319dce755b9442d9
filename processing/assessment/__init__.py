"""Assessing applicants by the rules: computed where inputs changed, appended, read by papers."""
