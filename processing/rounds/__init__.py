"""The rounds of a cycle: when each is due, and forms that came late, early, twice or in another order."""
