"""Ledgers of several offices, in and out."""
