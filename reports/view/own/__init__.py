"""What a dossier shows of the applicant's own part: its forms, and what it gained between them."""
