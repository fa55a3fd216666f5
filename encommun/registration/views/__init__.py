"""Pages about passes."""
