"""Notes of sessions, and the resources published from them, with licence, authors and provenance."""
