"""Pages and doors about money."""
