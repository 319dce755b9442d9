"""ผู้สมัคร: the list with its search, and one applicant with every number explained."""
