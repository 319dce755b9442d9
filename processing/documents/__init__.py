"""Checks of the documents an applicant must send: one file a check, all pure."""
