"""Parts of a dossier about the applicant itself: who it is, and the documents it handed in."""
