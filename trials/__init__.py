"""Heavy proofs: ``python -m trials NAME`` prints JSON and ends with 0 when the bar holds."""
