"""The accounts' commands."""
