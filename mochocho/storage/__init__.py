"""A home's storage: the database, the store of files, and both opened together."""
