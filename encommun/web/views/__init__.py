"""Pages of the instance, and errors."""
