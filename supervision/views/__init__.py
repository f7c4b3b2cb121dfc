"""Pages of the supervision office: board, letters, file outbox, health."""
