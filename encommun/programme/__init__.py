"""Sessions, slots, the draft grid, its checks, and published versions."""
