"""The stages in their order: in one process or by workers, with the ledger of what is under way."""
