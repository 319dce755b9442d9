"""Where a home keeps things: the database, the store of files, and both opened together."""
