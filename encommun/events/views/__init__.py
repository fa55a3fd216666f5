"""Pages of the event itself."""
