"""Pass types, quotas, bookings and seats."""
