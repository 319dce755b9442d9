"""Who may come in and what they may see: accounts, sessions, scopes, limits, the log of access."""
