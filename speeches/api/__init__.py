"""Speeches and drafts over HTTP: the same querysets and verbs as the pages."""
