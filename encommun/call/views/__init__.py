"""Pages of the call."""
