"""Pages of notes and resources."""
