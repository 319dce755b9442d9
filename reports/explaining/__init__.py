"""Every figure of a dossier taken back to its answer, file, rule and rounding (`mochocho explain`)."""
