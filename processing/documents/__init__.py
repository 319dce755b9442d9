"""Checks of the documents an applicant must send: one file per check, all pure."""
