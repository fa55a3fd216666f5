"""Pages of the door, and the ticket of a seat."""
