"""Commands that start and keep the site."""
