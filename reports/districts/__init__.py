"""A folder for each district: its papers, its applicants' and slips, readable without this program."""
