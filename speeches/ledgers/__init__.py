"""Ledgers that offices keep in Excel: read, shown as they would be taken, and only then made drafts."""
