"""The command line; click is used only here."""
