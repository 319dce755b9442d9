"""The stages in their order, run in one process or by workers, with the ledger of what is under way."""
