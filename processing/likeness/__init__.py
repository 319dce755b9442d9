"""Which applicants may be the same: what they share, and what is asked about it."""
