"""Those who take payments for us, a folder each. They know the network and nothing of bookings."""
