"""Encommun: run a gathering as a commons."""
