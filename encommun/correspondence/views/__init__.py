"""Pages of letters to groups."""
