"""When this happens, that follows: one table, and the worker that reads it."""
