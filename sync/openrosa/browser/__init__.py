"""A form filled in a browser: for paper sheets typed at the office, and corrections by a link. On trial."""
