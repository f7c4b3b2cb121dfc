"""The set-up: settings, start, outbox, packaging."""
