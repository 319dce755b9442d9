"""Where applicants were visited."""
