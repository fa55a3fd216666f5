"""Template tags of passes."""
