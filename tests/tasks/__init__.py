"""The ledger: rules, clocks, numbers, evidence, API."""
