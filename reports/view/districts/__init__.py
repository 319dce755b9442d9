"""The papers of a district and of its applicants (rules.md 22, 28-30, J). Pure."""
