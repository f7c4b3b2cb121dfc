"""Who sees and does what, over every door."""
