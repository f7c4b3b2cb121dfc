"""Signing in, departments, people and their import."""
