"""The ledger's template tags."""
